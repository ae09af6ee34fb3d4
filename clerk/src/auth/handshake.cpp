#include "auth/handshake.hpp"

#include "json/json_reader.hpp"
#include "request/backend_request.hpp"

#include <ecmascript/number.hpp>

namespace clerk::auth {
namespace {

using namespace std::chrono_literals;

constexpr double kMaximumRedirects = 3;
constexpr std::string_view kLoop =
    "Clerk: Refreshing the session token resulted in an infinite redirect loop. This usually means that your Clerk "
    "instance keys do not match - make sure to copy the correct publishable and secret keys from the Clerk dashboard.";
constexpr std::string_view kSatelliteLoop =
    "Clerk: Satellite-domain authentication resulted in an infinite redirect loop. Check that this request is using a "
    "configured primary or satellite domain for the production instance. For preview deployments, use a "
    "development/staging Clerk instance or a supported configured preview-domain setup.";
/// Development machines sleep and their clocks drift: a session that came by a handshake may be that old.
constexpr auto kDevelopmentSkew = 86'400'000ms;

/// `https://clerk.example.com/v1/client/handshake?…`
std::string handshakeUrl(const RequestContext& context, std::string_view reason) {
  auto page = context.url();
  auto pageQuery = context.query();
  pageQuery.remove("__clerk_db_jwt");
  pageQuery.remove("__dev_session");
  // Written back even when nothing was removed: the query is normalised as form data.
  url::setSearch(page, pageQuery);

  auto base = context.frontendApi();
  if (!base.starts_with("http")) base = "https://" + base;
  while (base.ends_with('/')) base.pop_back();

  url::SearchParams query;
  query.append("redirect_url", page.href());
  query.append("__clerk_api_version", std::string(kClerkApiVersion));
  query.append("suffixed_cookies", context.usesSuffixedCookies() ? "true" : "false");
  query.append("__clerk_hs_reason", std::string(reason));
  query.append("format", "nonce");
  auto session = context.sessionCookie();
  if (!session) session = context.headerToken();
  if (session) query.append("__session", std::string(*session));
  const auto devBrowser = context.devBrowserToken();
  if (context.configuration().isDevelopment() && devBrowser) query.append("__clerk_db_jwt", std::string(*devBrowser));
  if (const auto target = context.configuration().organizationSync.match(page.path)) {
    query.append("organization_id", target->value);
  }
  return base + "/v1/client/handshake?" + query.toString();
}

Headers handshakeHeaders(const RequestContext& context, std::string_view reason) {
  return {{"location", handshakeUrl(context, reason)}};
}

std::vector<std::string> textsOf(const boost::json::value* list) {
  std::vector<std::string> texts;
  if (!list || !list->is_array()) return texts;
  for (const auto& item : list->get_array()) {
    if (item.is_string()) texts.emplace_back(item.get_string());
  }
  return texts;
}

async::Task<std::vector<std::string>> directivesByNonce(const RequestContext& context, std::string nonce) {
  request::Call call{.path = "/clients/handshake_payload", .query = {{"nonce", nonce}}, .retry = request::Retry::Never};
  call.name = "clients.getHandshakePayload";
  call.route = "/clients/handshake_payload";
  std::string problem;
  try {
    const auto answer = co_await request::send(context.configuration().connection, std::move(call));
    if (answer) co_return textsOf(json::member(*answer, "directives"));
  } catch (const ClerkAPIResponseError& error) {
    problem = std::string("ClerkAPIResponseError: ") + error.what();
  } catch (const std::exception& error) {
    problem = error.what();
  }
  if (!problem.empty())
    context.runtime().log(LogLevel::Error, "Clerk: HandshakeService: error getting handshake payload: " + problem);
  co_return std::vector<std::string>();
}

/// The directives in a handshake token. Its signature counts, its times do not.
async::Task<boost::system::result<std::vector<std::string>, jwt::Refusal>> directivesByToken(
    const RequestContext& context, std::string token) {
  const auto& keys = context.configuration().keys;
  const auto decoded = jwt::decode(token, keys.strictness());
  if (!decoded) co_return decoded.error();
  const auto& category = (*decoded)->header.cat;
  if (category.kind != jwt::Field::Kind::Undefined && !category.is(TokenCategory::Session) &&
      !category.is(TokenCategory::Ignore)) {
    co_return jwt::Refusal{jwt::Reason::TokenInvalid, "Invalid handshake token category.", jwt::Action::EnsureClerkJWT};
  }
  auto key = co_await keys.find((*decoded)->header, "Failed to resolve JWK during handshake verification.");
  if (!key) co_return key.error();
  static const std::vector<std::string> anyType;
  if (auto bad = checkHeader((*decoded)->header, anyType, keys.strictness())) co_return *bad;
  if (auto bad = checkSignature(**decoded, **key)) {
    if (bad->reason == jwt::Reason::TokenInvalidSignature) bad->message = "Handshake signature is invalid.";
    co_return *bad;
  }
  co_return textsOf(json::member((*decoded)->payload.value(), "handshake"));
}

Headers headersOf(const RequestContext& context, const std::vector<std::string>& directives) {
  Headers headers{{"access-control-allow-origin", "null"}, {"access-control-allow-credentials", "true"}};
  for (const auto& directive : directives) {
    if (!isHeaderValue(directive)) {
      throw Error("TypeError: Headers.append: \"" + directive + "\" is an invalid header value.");
    }
    headers.emplace_back("set-cookie", directive);
  }
  if (!context.configuration().isDevelopment()) return headers;
  auto page = context.url();
  auto query = context.query();
  for (auto name : {"__clerk_handshake", "__clerk_help", "__clerk_db_jwt", "__clerk_handshake_nonce"})
    query.remove(name);
  url::setSearch(page, query);
  headers.emplace_back("location", page.href());
  headers.emplace_back("cache-control", "no-store");
  return headers;
}

bool isAboutTime(const jwt::Refusal& refusal) {
  return refusal.reason == jwt::Reason::TokenExpired || refusal.reason == jwt::Reason::TokenNotActiveYet ||
         refusal.reason == jwt::Reason::TokenIatInTheFuture;
}

async::Task<RequestState> stateOfDirectives(const RequestContext& context, std::vector<std::string> directives) {
  const auto& configuration = context.configuration();
  auto headers = headersOf(context, directives);
  auto token = sessionTokenOf(directives);
  if (token.empty()) co_return signedOut(context, "session-token-missing", "", std::move(headers));

  auto checks = context.sessionChecks();
  auto claims = co_await verifySession(token, configuration.keys, checks);
  if (!claims && configuration.isDevelopment() && isAboutTime(claims.error())) {
    auto error = claims.error().error();
    error.tokenCarrier = "cookie";
    context.runtime().log(
        LogLevel::Error,
        "Clerk: Clock skew detected. This usually means that your system clock is inaccurate. Clerk will "
        "attempt to account for the clock skew in development.\n" +
            error.getFullMessage());
    checks.clockSkew = kDevelopmentSkew;
    claims = co_await verifySession(token, configuration.keys, checks);
  }
  if (!claims) throw Error("Error: " + claims.error().message);
  co_return signedIn(context, *std::move(claims), std::move(token), std::move(headers));
}

}  // namespace

bool isHandshakeEligible(const RequestContext& context) { return isDocumentRequest(context.request()); }

RequestState handshakeOrSignedOut(const RequestContext& context, std::string_view reason, std::string message,
                                  Headers headers) {
  if (!isHandshakeEligible(context)) return signedOut(context, reason, std::move(message));
  const double count = context.redirectCount();
  if (count == kMaximumRedirects) {
    context.runtime().log(LogLevel::Info, reason == "satellite-needs-syncing" ? kSatelliteLoop : kLoop);
    return signedOut(context, reason, std::move(message));
  }
  if (headers.empty()) headers = handshakeHeaders(context, reason);
  headers.emplace_back("cache-control", "no-store");
  headers.emplace_back("set-cookie", "__clerk_redirect_count=" + ecmascript::toString(count + 1) +
                                         "; SameSite=Lax; HttpOnly; Max-Age=2");
  return handshake(context, reason, std::move(message), std::move(headers));
}

std::string sessionTokenOf(const std::vector<std::string>& directives) {
  std::string token;
  for (const auto& directive : directives) {
    if (!directive.starts_with("__session")) continue;
    const auto piece = std::string_view(directive).substr(0, directive.find(';'));
    const auto equals = piece.find('=');
    const auto value = equals == std::string_view::npos ? std::string_view() : piece.substr(equals + 1);
    token = value.substr(0, value.find('='));
  }
  return token;
}

async::Task<std::optional<RequestState>> resolveHandshake(const RequestContext& context) {
  const auto nonce = context.handshakeNonce();
  const auto token = context.handshakeToken();
  if (!nonce && !token) co_return std::nullopt;

  std::string problem;
  std::optional<jwt::Refusal> refusal;
  try {
    std::vector<std::string> directives;
    if (nonce) {
      directives = co_await directivesByNonce(context, std::string(*nonce));
    } else {
      auto found = co_await directivesByToken(context, std::string(*token));
      if (found) {
        directives = *std::move(found);
      } else {
        refusal = found.error();
      }
    }
    if (!refusal) co_return co_await stateOfDirectives(context, std::move(directives));
  } catch (const std::exception& error) {
    problem = error.what();
  }
  if (refusal && context.configuration().isDevelopment()) {
    if (refusal->reason == jwt::Reason::TokenInvalidSignature) {
      throw Error(
          "Clerk: Handshake token verification failed due to an invalid signature. If you have switched Clerk keys "
          "locally, clear your cookies and try again.");
    }
    throw Error("Clerk: Handshake token verification failed: " + refusal->error().getFullMessage() + ".");
  }
  if (refusal) problem = "TokenVerificationError: " + refusal->message;
  context.runtime().log(LogLevel::Error, "Clerk: unable to resolve handshake: " + problem);
  co_return std::nullopt;
}

}  // namespace clerk::auth

namespace clerk {

bool isDocumentRequest(const RequestView& request) {
  if (request.method != "GET") return false;
  const auto destination = request.headers.get("sec-fetch-dest").value_or("");
  if (!destination.empty()) return destination == "document" || destination == "iframe";
  return request.headers.get("accept").value_or("").starts_with("text/html");
}

}  // namespace clerk
