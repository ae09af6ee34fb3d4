#pragma once
// The headers of a request, read by name in any case.

#include <fastify/json.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace fastify {

class Exchange;

/// `request.headers()`: values are trimmed; a name that came twice is joined as Node joins it (", ", "; " for cookie,
/// the first one wins for single ones such as authorization). Views live as long as the request.
class RequestHeaders {
 public:
  /// The value, or nullopt when the request has no such header.
  std::optional<std::string_view> operator[](std::string_view name) const;
  std::optional<std::string_view> get(std::string_view name) const { return (*this)[name]; }
  bool contains(std::string_view name) const { return (*this)[name].has_value(); }

  /// All of them as JavaScript's `request.headers`: lower-case names, in order of arrival, and as a headers schema
  /// coerced them. Made when first asked for.
  JsonObject& json() const;

  explicit RequestHeaders(Exchange& exchange) noexcept : exchange_(&exchange) {}

 private:
  Exchange* exchange_;
};

}  // namespace fastify
