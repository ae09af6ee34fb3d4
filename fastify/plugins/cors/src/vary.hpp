#pragma once
// The Vary header, added to without saying a name twice.

#include <string>
#include <string_view>

namespace fastify::detail {

/// `header` with `name` in it; as it is when it names it already, in any case, or is `*`.
std::string withVary(std::string_view header, std::string_view name);

}  // namespace fastify::detail
