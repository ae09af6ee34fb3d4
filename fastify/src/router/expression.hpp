#pragma once
// Regular expressions of routes: written for JavaScript, run by RE2 in linear time.

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace fastify::router {

/// A JavaScript expression in RE2's spelling: named groups and \u escapes.
std::string translateExpression(std::string_view expression);

/// Throws RouterError when RE2 does not take it.
std::unique_ptr<re2::RE2> compileExpression(const std::string& translated);

}  // namespace fastify::router
