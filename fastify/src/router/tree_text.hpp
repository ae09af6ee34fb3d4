#pragma once
// A tree of routes as lines of text.

#include "tree.hpp"

#include <string>

namespace fastify::router {

/// Of one method's tree, or of all methods' (`options.method` absent: each route is shown with its methods).
std::string treeText(const Tree& tree, const PrintOptions& options);

}  // namespace fastify::router
