#pragma once
// The Frontend API below a path of the app.

#include <clerk/fastify.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace clerk::proxy {

/// What the proxy knows of its app.
struct Settings {
  std::string publishableKey;
  std::string secretKey;
  FrontendApiProxyOptions options;
  /// Whether X-Forwarded-Host and -Proto are believed from everybody.
  bool believesForwardedHeaders = false;
  /// As the reference: the proxy's URL has no port, and the client's word on its address is passed on unread.
  Strictness strictness = Strictness::Strict;
  std::shared_ptr<Runtime> runtime;
};

/// Safe from any thread.
class FrontendApiProxy {
 public:
  explicit FrontendApiProxy(Settings settings);

  /// The path without a slash at its end, such as `/__clerk`.
  const std::string& path() const noexcept { return path_; }
  /// True when it may be on for some request at all.
  bool mayBeEnabled() const;
  /// Whether it is on for this request, whose browser then reaches the Frontend API by it.
  bool isEnabledFor(fastify::Request& request) const;
  /// Whether this request is for it: its path, with dot segments resolved, is the proxy's or below.
  bool serves(fastify::Request& request) const;

  /// Passes the request on and streams the answer back. `body` is passed on as it comes when the method has one, and no
  /// faster than the Frontend API takes it.
  fastify::Task<> forward(fastify::Request& request, fastify::Reply& reply, fastify::Stream body) const;

 private:
  std::string originOf(fastify::Request& request) const;
  fetch::Headers headersFor(fastify::Request& request, const std::string& host) const;

  Settings settings_;
  std::string path_;
};

}  // namespace clerk::proxy
