#pragma once
// One call of the Backend API: its request, its answer, its errors, and when it is tried again.

#include <clerk/api/call_options.hpp>
#include <clerk/api/request_policy.hpp>
#include <clerk/errors.hpp>
#include <clerk/jwt.hpp>
#include <clerk/runtime.hpp>

#include <async/task.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk {

inline constexpr std::string_view kClerkApiVersion = "2026-05-12";
inline constexpr std::string_view kUserAgent = "@clerk/backend@3.25.0";
/// Of the client and the plugin that a framework's user gets without asking.
inline constexpr std::string_view kFrameworkUserAgent = "@clerk/fastify@3.1.79";

namespace request {

/// Where the Backend API is and how it is called.
struct Connection {
  std::string secretKey;
  std::string apiUrl = "https://api.clerk.com";
  std::string apiVersion = "v1";
  std::string userAgent{kUserAgent};
  RequestPolicy policy;
  Strictness strictness = Strictness::Strict;
  std::shared_ptr<Runtime> runtime;
  CallObserver observer;
};

enum class Retry { WhenReading, Never };

struct Call {
  std::string method = "GET";
  /// Below the version: `/users/user_1`.
  std::string path;
  /// With the SDK's names.
  boost::json::object query;
  /// With the wire's names; nothing is sent for an empty object or list, nor with GET.
  std::optional<boost::json::value> body;
  /// Already encoded, with its content type; instead of `body`.
  std::optional<std::pair<std::string, std::string>> rawBody;
  bool versioned = true;
  bool needsSecretKey = true;
  /// Instead of the secret key.
  std::optional<std::string> bearer;
  std::vector<std::pair<std::string, std::string>> headers;
  Retry retry = Retry::WhenReading;
  CallOptions options;
  /// For the observer: see CallReport. They live longer than the call.
  std::string_view name;
  std::string_view route;
};

/// The answer's JSON (or its text, when it is no JSON); absent for 204. Throws ClerkAPIResponseError, and clerk::Error
/// before anything is sent.
async::Task<std::optional<boost::json::value>> send(Connection connection, Call call);

/// One of the errors in an answer.
ClerkAPIError errorOf(const boost::json::value& wire);
/// Throws clerk::Error when it is empty.
void requireSecretKey(std::string_view secretKey);
/// The headers of every call.
std::vector<std::pair<std::string, std::string>> standardHeaders(std::string_view bearer, std::string_view userAgent);

}  // namespace request
}  // namespace clerk
