#pragma once
// Cookies of requests and answers, signed if wanted; @fastify/cookie for C++.

#include <fastify/decorator.hpp>
#include <fastify/json.hpp>
#include <fastify/plugin.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace fastify {

class Reply;
class Request;

/// The attributes of a cookie that is set. See @fastify/cookie: "setCookie options".
struct CookieSerializeOptions {
  std::string domain;
  /// Empty: none is sent, and the browser takes the request's folder.
  std::string path;
  std::optional<std::chrono::system_clock::time_point> expires;
  /// Seconds.
  std::optional<std::int64_t> maxAge;
  bool httpOnly = false;
  /// "auto": as the request's protocol is https or not.
  std::variant<bool, std::string> secure = false;
  bool partitioned = false;
  /// low, medium or high.
  std::string priority;
  /// strict, lax or none; true is strict, false leaves it away. Absent: `setCookie` takes lax, `serializeCookie` none.
  std::optional<std::variant<bool, std::string>> sameSite;
  /// Signs the value with the plugin's secret (`signed` is a keyword).
  bool sign = false;
  /// Makes the value fit for a cookie. Empty: `encodeURIComponent`, only where the value needs it.
  std::function<std::string(std::string_view)> encode;
};

struct UnsignResult {
  bool valid = false;
  /// Signed with a secret that is not the newest: set the cookie anew.
  bool renew = false;
  std::optional<std::string> value;
};

/// Signs and checks values. The first secret signs, all of them check. Safe from any thread.
class CookieSigner {
 public:
  /// `algorithm` is a hash that OpenSSL knows. Throws FastifyError when it does not, or when there is no secret.
  CookieSigner(std::vector<std::string> secrets, std::string algorithm = "sha256");
  /// `value.signature`, base64 without padding.
  std::string sign(std::string_view value) const;
  /// Takes the same time for every wrong signature of the right length.
  UnsignResult unsign(std::string_view signedValue) const;

 private:
  std::string signatureOf(std::string_view value, const std::string& secret) const;
  std::vector<std::string> secrets_;
  std::string algorithm_;
};

/// One secret, several (the first signs), or functions of the program's own.
class CookieSecret {
 public:
  using Sign = std::function<std::string(std::string_view)>;
  using Unsign = std::function<UnsignResult(std::string_view)>;
  CookieSecret() = default;
  CookieSecret(const char* secret) : secrets_{secret} {}
  CookieSecret(std::string secret) : secrets_{std::move(secret)} {}
  CookieSecret(std::initializer_list<std::string> secrets) : secrets_(secrets) {}
  CookieSecret(std::vector<std::string> secrets) : secrets_(std::move(secrets)) {}
  CookieSecret(Sign sign, Unsign unsign) : sign_(std::move(sign)), unsign_(std::move(unsign)) {}

  const std::vector<std::string>& secrets() const noexcept { return secrets_; }
  const Sign& sign() const noexcept { return sign_; }
  const Unsign& unsign() const noexcept { return unsign_; }

 private:
  std::vector<std::string> secrets_;
  Sign sign_;
  Unsign unsign_;
};

struct CookieOptions {
  CookieSecret secret;
  /// The hash below the signatures.
  std::string algorithm = "sha256";
  /// When cookies are read: onRequest, preParsing, preValidation or preHandler; "false": not before one is set.
  std::string hook = "onRequest";
  /// What every cookie that is set starts from.
  CookieSerializeOptions parseOptions;
  /// Reads the value of a received cookie. Empty: `decodeURIComponent`, or the text as it is when that fails.
  std::function<std::string(std::string_view)> decode;
};

/// `request[cookies]`: the received cookies by name; the first of several with one name counts. Empty until the hook
/// ran.
inline const Decorator<JsonObject> cookies{"cookies"};

/// The members of a Cookie header, in their order, the first of each name. Never fails.
JsonObject parseCookie(std::string_view header, const std::function<std::string(std::string_view)>& decode = {});
/// The value of a Set-Cookie header. Throws FastifyError for a name, value or attribute that has no place in one.
std::string serializeCookie(std::string_view name, std::string_view value, const CookieSerializeOptions& options = {});

/// `reply.setCookie(…)`: is sent with the answer; a later one of the same name, domain and path replaces it. Throws
/// FastifyError when `sign` is wanted and the plugin has no secret; what cannot be sent fails when the answer is sent.
Reply& setCookie(Reply& reply, std::string_view name, std::string_view value, CookieSerializeOptions options);
/// With the plugin's `parseOptions` alone.
Reply& setCookie(Reply& reply, std::string_view name, std::string_view value);
/// `reply.clearCookie(…)`: makes the browser forget it; domain and path as when it was set (the path is `/` when
/// empty).
Reply& clearCookie(Reply& reply, std::string_view name, CookieSerializeOptions options);
Reply& clearCookie(Reply& reply, std::string_view name);

/// Throw FastifyError when the plugin has no secret.
std::string signCookie(Request& request, std::string_view value);
std::string signCookie(Reply& reply, std::string_view value);
UnsignResult unsignCookie(Request& request, std::string_view signedValue);
UnsignResult unsignCookie(Reply& reply, std::string_view signedValue);

namespace detail {
Task<> startCookie(Fastify& instance, const CookieOptions& options);
}

/// `app.registerPlugin(fastify::cookie, {.secret = "…"})`.
inline constexpr Plugin<CookieOptions> cookie{detail::startCookie, "@fastify/cookie", "5.x"};

}  // namespace fastify
