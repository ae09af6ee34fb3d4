#pragma once
// The framework's request as the SDK looks at it.

#include <clerk/authenticate_request.hpp>

#include <fastify/request.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace clerk::plugin {

/// How a request is read.
struct Reading {
  /// X-Forwarded-Host and -Proto are believed as they come; else only what the framework makes of them counts.
  bool believesForwardedHeaders = false;
  /// Handshake cookies and parameters are not seen.
  bool hidesHandshakes = false;
};

/// The headers of a request. Lives no longer than the request.
class RequestHeaders final : public HeaderSource {
 public:
  RequestHeaders(fastify::Request& request, Reading reading);

  std::optional<std::string_view> get(std::string_view lowerCaseName) const override;
  void each(const std::function<void(std::string_view, std::string_view)>& visit) const override;
  const Reading& reading() const noexcept { return reading_; }

 private:
  fastify::Request& request_;
  Reading reading_;
  std::optional<std::string> cookies_;  // when some are hidden
};

/// The request's target without the parameters that bring the end of a handshake.
std::string withoutHandshake(std::string_view target);

}  // namespace clerk::plugin
