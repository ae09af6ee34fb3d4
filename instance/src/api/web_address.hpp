#pragma once
// http and https addresses that browsers are sent to or come from.

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance::api {

/// An absolute address, strictly read: no user name, no back-slashes, no control characters, so that every browser
/// reads it as we do.
class WebAddress {
 public:
  /// Absent for anything that is no such address.
  static std::optional<WebAddress> parse(std::string_view text);

  const std::string& text() const noexcept { return text_; }
  /// Lower case, without port; an IPv6 address without its brackets.
  const std::string& host() const noexcept { return host_; }
  /// `scheme://host[:port]`, as a browser's Origin header says it.
  const std::string& origin() const noexcept { return origin_; }
  bool isSecure() const noexcept { return secure_; }
  /// This machine, by name or address: localhost, *.localhost, 127.0.0.0/8, ::1.
  bool isLoopback() const noexcept;
  /// The address with one more query parameter (before the fragment); both texts are escaped as needed.
  std::string withQuery(std::string_view name, std::string_view value) const;

 private:
  std::string text_;
  std::string host_;
  std::string origin_;
  bool secure_ = false;
};

/// True for the names and addresses of this machine; `host` in lower case, without port and brackets.
bool isLoopbackHost(std::string_view host) noexcept;

/// For a query: everything but RFC 3986's unreserved characters is escaped.
std::string percentEncode(std::string_view text);

}  // namespace clerk::instance::api
