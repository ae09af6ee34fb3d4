#pragma once
// What is known of a request before it has a route.

#include <optional>
#include <string_view>

namespace fastify {

class Exchange;

/// A request before anything is known of it but its head.
class RawRequest {
 public:
  explicit RawRequest(Exchange& exchange) noexcept : exchange_(&exchange) {}
  std::string_view method() const noexcept;
  std::string_view url() const noexcept;
  std::optional<std::string_view> header(std::string_view name) const;
  std::string_view remoteAddress() const noexcept;
  /// "1.0", "1.1" or "2.0".
  std::string_view httpVersion() const noexcept;

 private:
  Exchange* exchange_;
};

}  // namespace fastify
