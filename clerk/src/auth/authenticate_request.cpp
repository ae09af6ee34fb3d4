#include <clerk/authenticate_request.hpp>

#include "auth/configuration.hpp"
#include "auth/handshake.hpp"
#include "auth/machine_tokens.hpp"
#include "auth/request_context.hpp"
#include "auth/request_state.hpp"
#include "auth/session_refresh.hpp"

#include <algorithm>

namespace clerk {
namespace auth {
namespace {

enum class Carrier { Header, Cookie };

/// A category that is neither a session's nor to be ignored: a template's token, for one.
bool isNonSessionCategory(const jwt::Header& header) {
  using Kind = jwt::Field::Kind;
  return header.cat.kind != Kind::Undefined && !header.cat.is(TokenCategory::Session) &&
         !header.cat.is(TokenCategory::Ignore);
}

// --- A session token that was refused ------------------------------------------------------------------------------

/// The reason of a handshake for a token that a handshake can renew; empty for others.
std::string_view handshakeReasonOf(const jwt::Refusal& refusal) {
  if (refusal.reason == jwt::Reason::TokenNotActiveYet) return "session-token-nbf";
  if (refusal.reason == jwt::Reason::TokenIatInTheFuture) return "session-token-iat-in-the-future";
  return "";
}

RequestState stateOfRefusal(const RequestContext& context, const jwt::Refusal& refusal, Carrier carrier,
                            std::string_view whyNotRefreshed) {
  auto error = refusal.error();
  error.tokenCarrier = carrier == Carrier::Header ? "header" : "cookie";
  if (refusal.reason == jwt::Reason::TokenExpired) {
    return handshakeOrSignedOut(context, "session-token-expired-refresh-" + std::string(whyNotRefreshed),
                                error.getFullMessage());
  }
  if (const auto reason = handshakeReasonOf(refusal); !reason.empty()) {
    return handshakeOrSignedOut(context, reason, error.getFullMessage());
  }
  return signedOut(context, refusal.reason, error.getFullMessage());
}

/// The same when nothing has to be waited for; absent when the session may be refreshed.
std::optional<RequestState> stateOfRefusalNow(const RequestContext& context, const jwt::Refusal& refusal,
                                              Carrier carrier) {
  if (refusal.reason == jwt::Reason::TokenExpired && context.isGet() && context.refreshCookie()) return {};
  return stateOfRefusal(context, refusal, carrier,
                        context.isGet() ? "non-eligible-no-refresh-cookie" : "non-eligible-non-get");
}

async::Task<RequestState> refreshOrRefuse(const RequestContext& context, jwt::Refusal refusal, std::string token,
                                          Carrier carrier) {
  if (auto state = stateOfRefusalNow(context, refusal, carrier)) co_return *std::move(state);
  auto result = co_await refreshSession(context, std::move(token));
  if (auto* fresh = std::get_if<Refreshed>(&result)) {
    co_return signedIn(context, std::move(fresh->claims), std::move(fresh->token), std::move(fresh->headers));
  }
  co_return stateOfRefusal(context, refusal, carrier, std::get<NotRefreshed>(result).why);
}

/// Verifies a session token; absent when that could not be done, as when the key set cannot be reached.
async::Task<std::optional<ClaimsResult>> verifyIfPossible(const RequestContext& context, std::string_view token) {
  try {
    co_return co_await verifySession(context.begin(token), context.configuration().keys, context.sessionChecks());
  } catch (const Error&) {
    co_return std::nullopt;
  }
}

// --- A session token, wherever it came from ------------------------------------------------------------------------

RequestState signedInByCookie(const RequestContext& context, SessionClaims claims, std::string token);

RequestState accept(const RequestContext& context, SessionClaims claims, std::string_view token, Carrier carrier) {
  if (carrier == Carrier::Header) return signedIn(context, std::move(claims), std::string(token));
  return signedInByCookie(context, std::move(claims), std::string(token));
}

/// Absent when the key has to be fetched first, or the session refreshed.
std::optional<RequestState> sessionNow(const RequestContext& context, std::string_view token, Carrier carrier) {
  auto claims = verifySessionNow(context.begin(token), context.configuration().keys, context.sessionChecks());
  if (!claims) return {};
  if (!*claims) return stateOfRefusalNow(context, claims->error(), carrier);
  return accept(context, **std::move(claims), token, carrier);
}

async::Task<RequestState> sessionLater(const RequestContext& context, std::string_view token, Carrier carrier) {
  auto claims = co_await verifyIfPossible(context, token);
  if (!claims) co_return signedOut(context, "unexpected-error");
  if (!*claims) co_return co_await refreshOrRefuse(context, claims->error(), std::string(token), carrier);
  co_return accept(context, **std::move(claims), token, carrier);
}

// --- A token in the Authorization header ---------------------------------------------------------------------------

async::Task<RequestState> machineInHeader(const RequestContext& context, TokenType type, std::string token) {
  std::optional<MachineTokenVerificationError> failure;
  const auto& options = context.options();
  const auto& configuration = context.configuration();
  try {
    co_return signedInMachine(
        context, co_await verifyMachineToken(type, token, configuration.keys, {options.audience, options.clockSkew},
                                             configuration.connection, options.machineSecretKey));
  } catch (const MachineTokenVerificationError& error) {
    failure = error;
  } catch (const Error&) {
    failure.emplace("unexpected-error", "Unexpected error");
  }
  co_return signedOut(context, failure->code, failure->getFullMessage(), {}, type);
}

/// What kind of token it is, as far as that can be told before it is verified.
struct HeaderToken {
  std::optional<TokenType> machine;
  bool foreignCategory = false;
};
HeaderToken kindOf(const RequestContext& context, std::string_view token) {
  HeaderToken kind{.machine = opaqueTypeOf(token)};
  if (kind.machine) return kind;
  const auto& begun = context.begin(token);
  if (!begun) return kind;
  kind.machine = machineJwtTypeOf(begun->header(), begun->payload());
  kind.foreignCategory = isNonSessionCategory(begun->header());
  return kind;
}

/// What is to be done with a token of the header: it is answered, or a machine's, or else a session's.
struct HeaderCase {
  std::optional<RequestState> answer;
  std::optional<TokenType> machine;
};

HeaderCase headerCaseOf(const RequestContext& context, std::string_view token) {
  const auto& accepts = context.options().acceptsToken;
  const auto kind = kindOf(context, token);
  auto mismatch = [&](TokenType type) {
    return HeaderCase{signedOut(context, "token-type-mismatch", "", {}, type), {}};
  };

  if (accepts.isList() && !accepts.contains(kind.machine.value_or(TokenType::SessionToken)))
    return {invalidTokenType(context), {}};
  if (accepts.isList() || accepts.isAny()) {
    if (kind.machine) return {{}, kind.machine};
    if (kind.foreignCategory) return mismatch(TokenType::SessionToken);
    return {};
  }
  const auto wanted = tokenTypeOf(accepts.single()).value();
  if (wanted == TokenType::SessionToken) {
    // An opaque machine token is no JWT: it is refused as any other text.
    const bool machineJwt = kind.machine && !opaqueTypeOf(token);
    if (machineJwt || kind.foreignCategory) return mismatch(TokenType::SessionToken);
    return {};
  }
  if (kind.machine != wanted) return mismatch(wanted);
  return {{}, wanted};
}

// --- Cookies -------------------------------------------------------------------------------------------------------

bool isSyncRequest(const RequestContext& context) {
  return context.options().isSatellite && context.isGet() && context.header("sec-fetch-dest") == "document";
}

/// A satellite learns from its primary who is signed in, once for each browser.
std::optional<RequestState> syncSatellite(const RequestContext& context) {
  if (!isSyncRequest(context)) return {};
  const auto synced = context.query().get("__clerk_synced");
  if (synced == "true") return {};
  const bool noCookies = !context.sessionCookie() && context.clientUat() == 0;
  const bool asked = synced == "false";
  if (noCookies && !context.options().satelliteAutoSync && !asked)
    return signedOut(context, "session-token-and-uat-missing");
  if (!noCookies && !asked) return {};
  Headers headers;
  if (context.configuration().isDevelopment()) {
    auto target = url::Url::parse(context.options().signInUrl);
    if (!target) throw Error("Invalid URL");
    url::SearchParams query(target->search());
    query.append("__clerk_redirect_url", context.url().href());
    url::setSearch(*target, query);
    headers.emplace_back("location", target->href());
  }
  return handshakeOrSignedOut(context, "satellite-needs-syncing", "", std::move(headers));
}

/// A development primary answers its satellite with what it knows of the browser.
std::optional<RequestState> answerSatellite(const RequestContext& context) {
  if (!context.configuration().isDevelopment() || context.options().isSatellite) return {};
  const auto wanted = context.query().get("__clerk_redirect_url");
  if (!wanted || wanted->empty()) return {};
  // Only http and https: a script must not be a redirect's target.
  auto target = url::Url::parse(*wanted);
  if (!target) return {};
  url::SearchParams query(target->search());
  if (const auto browser = context.devBrowserToken()) query.append("__clerk_db_jwt", std::string(*browser));
  query.append("__clerk_synced", "true");
  url::setSearch(*target, query);
  return handshakeOrSignedOut(context, "primary-responds-to-syncing", "", {{"location", target->href()}});
}

std::optional<RequestState> checkDevBrowser(const RequestContext& context) {
  if (!context.configuration().isDevelopment()) return {};
  if (context.query().has("__clerk_db_jwt")) return handshakeOrSignedOut(context, "dev-browser-sync");
  if (!context.devBrowserToken()) return handshakeOrSignedOut(context, "dev-browser-missing");
  return {};
}

/// Pages of the instance itself send browsers here: its Frontend API, its account portal.
bool isClerkOrigin(const RequestContext& context, const url::Url& referer) {
  const auto& key = *context.configuration().publishableKey;
  auto api = context.frontendApi();
  if (!api.starts_with("http")) api = "https://" + api;
  if (const auto url = url::Url::parse(api); url && url->host() == referer.host()) return true;
  const auto primary = parsePublishableKey(context.options().publishableKey);
  if (const auto portal = url::Url::parse(buildAccountsBaseUrl(primary->frontendApi));
      portal && portal->origin() == referer.origin()) {
    return true;
  }
  if (key.instanceType != InstanceType::Development) return false;
  const std::string& host = referer.hostname;
  if (host.starts_with("accounts.") && isLegacyDevelopmentHost(host)) return true;
  for (std::string_view suffix : {".accounts.dev", ".accountsstage.dev", ".accounts.lclclerk.com"}) {
    if (host.ends_with(suffix) && !host.ends_with(".clerk" + std::string(suffix))) return true;
  }
  return false;
}

/// Whether a page of another origin, a satellite's perhaps, led here: its session may be newer.
bool comesFromElsewhere(const RequestContext& context) {
  if (context.options().isSatellite || !context.isGet() || context.header("sec-fetch-dest") != "document") return false;
  const auto text = context.header("referer");
  if (text.empty() || context.redirectCount() != 0) return false;
  const auto referer = url::Url::parse(text);
  return referer && referer->origin() != context.url().origin() && !isClerkOrigin(context, *referer);
}

/// Whether the page stands for another organization than the active one.
bool wantsOtherOrganization(const RequestContext& context, const Auth& auth) {
  const auto& sync = context.configuration().organizationSync;
  if (sync.empty()) return false;
  const auto target = sync.match(context.url().path);
  if (!target || !auth.isAuthenticated) return false;
  switch (target->kind) {
    case OrganizationTarget::Kind::Slug: return auth.orgSlug != target->value;
    case OrganizationTarget::Kind::Id: return auth.orgId != target->value;
    case OrganizationTarget::Kind::Personal: return auth.orgId && !auth.orgId->empty();
  }
  return false;
}

RequestState signedInByCookie(const RequestContext& context, SessionClaims claims, std::string token) {
  if (claims.payload()->azp.text.empty()) {
    context.runtime().warnOnce(
        "Clerk: Session token from cookie is missing the azp claim. In a future version of Clerk, this token will be "
        "considered invalid. Please contact Clerk support if you see this warning.");
  }
  if (comesFromElsewhere(context)) {
    return handshakeOrSignedOut(context, "primary-domain-cross-origin-sync",
                                "Cross-origin request from satellite domain requires handshake");
  }
  auto state = signedIn(context, std::move(claims), std::move(token));
  if (context.configuration().organizationSync.empty() || !wantsOtherOrganization(context, *state.toAuth()))
    return state;
  if (context.redirectCount() >= 3) {
    context.runtime().log(LogLevel::Warn,
                          "Clerk: Organization activation handshake loop detected. This is likely due to an invalid "
                          "organization ID or slug. Skipping organization activation.");
    return state;
  }
  if (!isHandshakeEligible(context)) return state;
  return handshakeOrSignedOut(context, "active-organization-mismatch");
}

/// What the session's cookie says before its signature is looked at; absent when that has to be looked at.
std::optional<RequestState> refuseSessionCookie(const RequestContext& context, std::string_view token,
                                                double clientUat) {
  const auto& begun = context.begin(token);
  if (!begun) return stateOfRefusalNow(context, begun.error(), Carrier::Cookie);
  if (machineJwtTypeOf(begun->header(), begun->payload()) || isNonSessionCategory(begun->header())) {
    return signedOut(context, "token-type-mismatch");
  }
  const auto& iat = begun->payload().iat;
  // A text is compared as a number, as JavaScript does; the verification then refuses it.
  const double issuedAt = iat.isText() ? integerOf(iat.text) : iat.number;
  const bool hasIat = iat.kind == jwt::Field::Kind::Number || iat.isText() || iat.kind == jwt::Field::Kind::Null;
  if (hasIat && issuedAt < clientUat) return handshakeOrSignedOut(context, "session-token-iat-before-client-uat");
  return {};
}

/// What the cookies say without a look at the session's signature; absent when that has to be looked at.
std::optional<RequestState> decideByCookies(const RequestContext& context) {
  if (auto state = syncSatellite(context)) return state;
  if (context.configuration().isDevelopment()) {
    if (auto state = answerSatellite(context)) return state;
    if (auto state = checkDevBrowser(context)) return state;
  }
  const double clientUat = context.clientUat();
  const auto session = context.sessionCookie();
  if (clientUat == 0 && !session) return signedOut(context, "session-token-and-uat-missing");
  if (clientUat == 0) return handshakeOrSignedOut(context, "session-token-but-no-client-uat");
  if (!session) return handshakeOrSignedOut(context, "client-uat-but-no-session-token");
  return refuseSessionCookie(context, *session, clientUat);
}

/// Refused because of what is accepted, without a token in the header.
std::optional<RequestState> refuseCookies(const RequestContext& context) {
  const auto& accepts = context.options().acceptsToken;
  if (accepts.isList()) {
    if (!accepts.contains(TokenType::SessionToken)) return invalidTokenType(context);
  } else if (!accepts.isAny()) {
    const auto wanted = tokenTypeOf(accepts.single()).value();
    if (wanted != TokenType::SessionToken) return signedOut(context, "No token in header", "", {}, wanted);
  }
  return {};
}

// --- Both ----------------------------------------------------------------------------------------------------------

/// Decides what can be decided without waiting; absent for the rest.
std::optional<RequestState> decideNow(const RequestContext& context) {
  if (const auto token = context.headerToken()) {
    auto found = headerCaseOf(context, *token);
    if (found.answer || found.machine) return std::move(found.answer);
    return sessionNow(context, *token, Carrier::Header);
  }
  if (auto state = refuseCookies(context)) return state;
  if (bringsHandshake(context)) return {};
  if (auto state = decideByCookies(context)) return state;
  return sessionNow(context, *context.sessionCookie(), Carrier::Cookie);
}

/// Decides what `decideNow` leaves open.
async::Task<RequestState> decideLater(const RequestContext& context) {
  if (const auto token = context.headerToken()) {
    const auto found = headerCaseOf(context, *token);
    if (found.machine) co_return co_await machineInHeader(context, *found.machine, std::string(*token));
    co_return co_await sessionLater(context, *token, Carrier::Header);
  }
  if (auto state = co_await resolveHandshake(context)) co_return *std::move(state);
  if (auto state = decideByCookies(context)) co_return *std::move(state);
  co_return co_await sessionLater(context, *context.sessionCookie(), Carrier::Cookie);
}

void requireUsable(const RequestView& request, const Configuration& configuration) {
  if (!configuration.isUsable) configuration.require(request.headers.get("origin").value_or(""));
}

async::Task<RequestState> authenticate(const RequestView& request, std::shared_ptr<const Configuration> configuration) {
  requireUsable(request, *configuration);
  const RequestContext context(request, configuration);
  if (auto state = decideNow(context)) co_return *std::move(state);
  co_return co_await decideLater(context);
}

}  // namespace
}  // namespace auth

RequestAuthenticator::RequestAuthenticator(AuthenticateRequestOptions options)
    : configuration_(std::make_shared<const auth::Configuration>(std::move(options))) {}

async::Task<RequestState> RequestAuthenticator::authenticate(const RequestView& request) const {
  return auth::authenticate(request, configuration_);
}

std::optional<RequestState> RequestAuthenticator::authenticateNow(const RequestView& request) const {
  auth::requireUsable(request, *configuration_);
  return auth::decideNow(auth::RequestContext(request, configuration_));
}

void RequestAuthenticator::check() const { configuration_->require(""); }

const AuthenticateRequestOptions& RequestAuthenticator::options() const noexcept { return configuration_->options; }

async::Task<RequestState> authenticateRequest(const RequestView& request, AuthenticateRequestOptions options) {
  return auth::authenticate(request, std::make_shared<const auth::Configuration>(std::move(options)));
}

}  // namespace clerk
