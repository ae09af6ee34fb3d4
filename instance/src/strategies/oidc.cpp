#include "strategies/oidc.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>
#include <crypto/rsa.hpp>
#include <fetch/fetch.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace clerk::instance {
namespace {

namespace json = boost::json;

constexpr auto remembered = std::chrono::minutes(10);
/// A token with an unknown key makes us look again, but not for everybody who sends rubbish.
constexpr auto askAgainAfter = std::chrono::seconds(10);
constexpr auto clockSkew = std::chrono::minutes(1);
constexpr std::size_t secretLength = 43;
constexpr std::size_t mostBytes = 512 * 1024;
constexpr std::chrono::milliseconds patience{10'000};

std::string encoded(std::string_view text) {
  constexpr std::string_view unreserved = "-._~";
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       unreserved.find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      out.append({'%', hex[byte >> 4], hex[byte & 15]});
    }
  }
  return out;
}

std::string form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    text.append(text.empty() ? "" : "&").append(name).append("=").append(encoded(value));
  }
  return text;
}

fetch::Request posted(const std::string& url,
                      std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  return {.method = "POST",
          .url = url,
          .headers = {{"content-type", "application/x-www-form-urlencoded"}},
          .body = form(fields)};
}

std::string textIn(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<std::int64_t> numberIn(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (!value || !value->is_number()) return std::nullopt;
  boost::system::error_code failed;
  const auto number = value->to_number<std::int64_t>(failed);
  return failed ? std::nullopt : std::optional(number);
}

std::optional<json::object> parseObject(std::string_view text) {
  boost::system::error_code failed;
  auto value = json::parse(text, failed);
  if (failed || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

/// The JSON object that a request gets, with its status; absent when there is none.
struct JsonAnswer {
  int status = 0;
  json::object object;
};
async::Task<std::optional<JsonAnswer>> ask(fetch::Request request) {
  request.timeout = patience;
  request.connectTimeout = patience;
  request.maxResponseSize = mostBytes;
  request.headers.emplace_back("accept", "application/json");
  try {
    const auto response = co_await fetch::fetch(std::move(request));
    auto object = parseObject(response.body);
    if (!object) co_return std::nullopt;
    co_return JsonAnswer{response.status, *std::move(object)};
  } catch (const fetch::Error&) {
    co_return std::nullopt;
  }
}

std::string withoutSlash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

struct Parts {
  json::object header;
  json::object claims;
  std::string_view signedText;
  std::string signature;
};

std::optional<Parts> split(std::string_view token) {
  const auto first = token.find('.');
  const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return std::nullopt;
  const auto header = crypto::base64urlDecode(token.substr(0, first));
  const auto claims = crypto::base64urlDecode(token.substr(first + 1, second - first - 1));
  auto signature = crypto::base64urlDecode(token.substr(second + 1));
  if (!header || !claims || !signature) return std::nullopt;
  auto headerObject = parseObject(*header);
  auto claimsObject = parseObject(*claims);
  if (!headerObject || !claimsObject) return std::nullopt;
  return Parts{*std::move(headerObject), *std::move(claimsObject), token.substr(0, second), *std::move(signature)};
}

constexpr std::array<std::pair<std::string_view, crypto::RsaHash>, 3> algorithms{{
    {"RS256", crypto::RsaHash::Sha256},
    {"RS384", crypto::RsaHash::Sha384},
    {"RS512", crypto::RsaHash::Sha512},
}};

/// The keys that may have signed: that of the token's `kid`, or all when it names none.
std::vector<crypto::RsaPublicKey> candidates(const json::object& keySet, const std::string& kid) {
  std::vector<crypto::RsaPublicKey> keys;
  const auto* list = keySet.if_contains("keys");
  if (!list || !list->is_array()) return keys;
  for (const auto& each : list->get_array()) {
    const auto* jwk = each.if_object();
    if (!jwk || textIn(*jwk, "kty") != "RSA" || (!kid.empty() && textIn(*jwk, "kid") != kid)) continue;
    if (auto key = crypto::RsaPublicKey::fromJwk({textIn(*jwk, "n"), textIn(*jwk, "e")})) keys.push_back(*key);
  }
  return keys;
}

bool isFor(const json::object& claims, const std::string& clientId) {
  const auto* audience = claims.if_contains("aud");
  if (!audience) return false;
  if (audience->is_string()) return std::string_view(audience->get_string()) == clientId;
  if (!audience->is_array()) return false;
  const auto& list = audience->get_array();
  const bool named = std::ranges::any_of(list, [&](const json::value& each) {
    return each.is_string() && std::string_view(each.get_string()) == clientId;
  });
  // OpenID Connect Core §3.1.3.7: with several audiences, the one that asked must be named as such.
  return named && (list.size() == 1 || textIn(claims, "azp") == clientId);
}

bool checkClaims(const json::object& claims, const SocialProvider& provider, std::string_view nonce, Time now) {
  const auto expiry = numberIn(claims, "exp");
  const auto issued = numberIn(claims, "iat");
  if (withoutSlash(textIn(claims, "iss")) != withoutSlash(provider.issuer)) return false;
  if (!isFor(claims, provider.clientId) || textIn(claims, "sub").empty()) return false;
  if (!expiry || *expiry <= toSeconds(now - clockSkew)) return false;
  if (!issued || *issued > toSeconds(now + clockSkew)) return false;
  return crypto::constantTimeEquals(textIn(claims, "nonce"), nonce);
}

bool truthIn(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  // Some providers send the word.
  return value && ((value->is_bool() && value->get_bool()) || (value->is_string() && value->get_string() == "true"));
}

OidcTokens tokensOf(const json::object& answer, const SocialProvider& provider) {
  OidcTokens tokens{.accessToken = textIn(answer, "access_token"),
                    .refreshToken = textIn(answer, "refresh_token"),
                    .idToken = textIn(answer, "id_token"),
                    .expiresIn = {},
                    .scope = textIn(answer, "scope")};
  constexpr std::int64_t longest = 10LL * 365 * 24 * 3600;
  const auto seconds = numberIn(answer, "expires_in");
  if (seconds && *seconds > 0 && *seconds <= longest) tokens.expiresIn = std::chrono::seconds(*seconds);
  if (tokens.scope.empty()) tokens.scope = provider.scope;
  return tokens;
}

OidcProfile profileOf(const json::object& claims, std::string scope) {
  OidcProfile profile{.subject = textIn(claims, "sub"),
                      .emailAddress = textIn(claims, "email"),
                      .emailAddressVerified = truthIn(claims, "email_verified"),
                      .firstName = textIn(claims, "given_name"),
                      .lastName = textIn(claims, "family_name"),
                      .username = textIn(claims, "preferred_username"),
                      .imageUrl = textIn(claims, "picture"),
                      .scope = std::move(scope)};
  // A picture is loaded by other people's browsers.
  if (!profile.imageUrl.starts_with("https://")) profile.imageUrl.clear();
  return profile;
}

}  // namespace

std::optional<json::object> verifyIdToken(std::string_view token, const json::object& keySet,
                                          const SocialProvider& provider, std::string_view nonce, Time now,
                                          bool& keyMissing) {
  keyMissing = false;
  auto parts = split(token);
  if (!parts) return std::nullopt;
  const auto algorithm = std::ranges::find(algorithms, std::string_view(textIn(parts->header, "alg")),
                                           &decltype(algorithms)::value_type::first);
  if (algorithm == algorithms.end()) return std::nullopt;
  const auto keys = candidates(keySet, textIn(parts->header, "kid"));
  keyMissing = keys.empty();
  const bool signedByThem = std::ranges::any_of(keys, [&](const crypto::RsaPublicKey& key) {
    return key.verifies(parts->signedText, parts->signature, algorithm->second);
  });
  if (!signedByThem || !checkClaims(parts->claims, provider, nonce, now)) return std::nullopt;
  return std::move(parts->claims);
}

async::Task<std::optional<OidcClient::Discovery>> OidcClient::discover(std::string issuer, Time now) {
  {
    std::scoped_lock lock(mutex_);
    const auto known = discoveries_.find(issuer);
    if (known != discoveries_.end() && now - known->second.readAt < remembered) co_return known->second;
  }
  auto answer = co_await ask({.url = withoutSlash(issuer) + "/.well-known/openid-configuration"});
  if (!answer || answer->status != 200) co_return std::nullopt;
  const auto& document = answer->object;
  Discovery discovery{.authorizationEndpoint = textIn(document, "authorization_endpoint"),
                      .tokenEndpoint = textIn(document, "token_endpoint"),
                      .userinfoEndpoint = textIn(document, "userinfo_endpoint"),
                      .jwksUri = textIn(document, "jwks_uri"),
                      .revocationEndpoint = textIn(document, "revocation_endpoint"),
                      .readAt = now};
  // OpenID Connect Discovery §4.3: the document must be the issuer's own.
  const bool own = withoutSlash(textIn(document, "issuer")) == withoutSlash(issuer);
  if (!own || discovery.authorizationEndpoint.empty() || discovery.tokenEndpoint.empty() || discovery.jwksUri.empty()) {
    co_return std::nullopt;
  }
  std::scoped_lock lock(mutex_);
  discoveries_.insert_or_assign(std::move(issuer), discovery);
  co_return discovery;
}

async::Task<std::optional<json::object>> OidcClient::keysAt(std::string uri, bool fresh, Time now) {
  {
    std::scoped_lock lock(mutex_);
    const auto known = keySets_.find(uri);
    const auto goodFor = fresh ? Milliseconds(askAgainAfter) : Milliseconds(remembered);
    if (known != keySets_.end() && now - known->second.readAt < goodFor) co_return known->second.document;
  }
  auto answer = co_await ask({.url = uri});
  if (!answer || answer->status != 200) co_return std::nullopt;
  std::scoped_lock lock(mutex_);
  keySets_.insert_or_assign(std::move(uri), KeySet{answer->object, now});
  co_return std::move(answer->object);
}

async::Task<std::optional<json::object>> OidcClient::verifiedClaims(const SocialProvider& provider, std::string jwksUri,
                                                                    std::string idToken, std::string nonce, Time now) {
  for (const bool fresh : {false, true}) {
    const auto keys = co_await keysAt(jwksUri, fresh, now);
    if (!keys) co_return std::nullopt;
    bool keyMissing = false;
    auto claims = verifyIdToken(idToken, *keys, provider, nonce, now, keyMissing);
    if (claims || !keyMissing) co_return claims;
  }
  co_return std::nullopt;
}

async::Task<OidcAnswer<OidcRequest>> OidcClient::begin(SocialProvider provider, std::string redirectUri, Random& random,
                                                       Time now) {
  const auto discovery = co_await discover(provider.issuer, now);
  if (!discovery) co_return OidcAnswer<OidcRequest>{};
  OidcRequest request{.url = {},
                      .state = random.base62(secretLength),
                      .nonce = random.base62(secretLength),
                      .codeVerifier = random.base62(secretLength)};
  const auto challenge = crypto::sha256(request.codeVerifier);
  const auto& endpoint = discovery->authorizationEndpoint;
  request.url = endpoint + (endpoint.find('?') == std::string::npos ? "?" : "&") +
                form({{"response_type", "code"},
                      {"client_id", provider.clientId},
                      {"redirect_uri", redirectUri},
                      {"scope", provider.scope},
                      {"state", request.state},
                      {"nonce", request.nonce},
                      {"code_challenge", crypto::base64urlEncode(crypto::bytesOf(challenge))},
                      {"code_challenge_method", "S256"}});
  co_return OidcAnswer<OidcRequest>{std::move(request)};
}

async::Task<OidcAnswer<OidcIdentity>> OidcClient::finish(SocialProvider provider, std::string redirectUri,
                                                         std::string code, std::string nonce, std::string codeVerifier,
                                                         Time now) {
  const auto discovery = co_await discover(provider.issuer, now);
  if (!discovery) co_return OidcAnswer<OidcIdentity>{};
  auto answer = co_await ask(posted(discovery->tokenEndpoint, {{"grant_type", "authorization_code"},
                                                               {"code", code},
                                                               {"redirect_uri", redirectUri},
                                                               {"client_id", provider.clientId},
                                                               {"client_secret", provider.clientSecret},
                                                               {"code_verifier", codeVerifier}}));
  if (!answer) co_return OidcAnswer<OidcIdentity>{};
  if (answer->status != 200) co_return OidcAnswer<OidcIdentity>{std::nullopt, OidcTrouble::Exchange};
  auto tokens = tokensOf(answer->object, provider);
  auto claims = co_await verifiedClaims(provider, discovery->jwksUri, tokens.idToken, std::move(nonce), now);
  if (!claims) co_return OidcAnswer<OidcIdentity>{std::nullopt, OidcTrouble::Token};
  std::string userInfo;
  if (!discovery->userinfoEndpoint.empty() && !tokens.accessToken.empty()) {
    const auto more = co_await ask(
        {.url = discovery->userinfoEndpoint, .headers = {{"authorization", "Bearer " + tokens.accessToken}}});
    // OpenID Connect Core §5.3.4: an answer about somebody else must not be used.
    if (more && more->status == 200 && textIn(more->object, "sub") == textIn(*claims, "sub")) {
      for (const auto& member : more->object) claims->insert_or_assign(member.key(), member.value());
      userInfo = json::serialize(more->object);
    }
  }
  auto profile = profileOf(*claims, tokens.scope);
  co_return OidcAnswer<OidcIdentity>{OidcIdentity{std::move(profile), std::move(tokens), std::move(userInfo)}};
}

async::Task<OidcAnswer<OidcTokens>> OidcClient::refresh(SocialProvider provider, std::string refreshToken, Time now) {
  const auto discovery = co_await discover(provider.issuer, now);
  if (!discovery) co_return OidcAnswer<OidcTokens>{};
  auto answer = co_await ask(posted(discovery->tokenEndpoint, {{"grant_type", "refresh_token"},
                                                               {"refresh_token", refreshToken},
                                                               {"client_id", provider.clientId},
                                                               {"client_secret", provider.clientSecret}}));
  if (!answer) co_return OidcAnswer<OidcTokens>{};
  auto tokens = tokensOf(answer->object, provider);
  if (answer->status != 200 || tokens.accessToken.empty()) {
    co_return OidcAnswer<OidcTokens>{std::nullopt, OidcTrouble::Exchange};
  }
  // Without a new one the old one goes on.
  if (tokens.refreshToken.empty()) tokens.refreshToken = std::move(refreshToken);
  co_return OidcAnswer<OidcTokens>{std::move(tokens)};
}

async::Task<bool> OidcClient::revoke(SocialProvider provider, std::string token, Time now) {
  const auto discovery = co_await discover(provider.issuer, now);
  if (!discovery || discovery->revocationEndpoint.empty()) co_return false;
  auto request = posted(discovery->revocationEndpoint,
                        {{"token", token}, {"client_id", provider.clientId}, {"client_secret", provider.clientSecret}});
  request.timeout = request.connectTimeout = patience;
  request.maxResponseSize = mostBytes;
  try {
    const auto response = co_await fetch::fetch(std::move(request));
    co_return response.status == 200;
  } catch (const fetch::Error&) {
    co_return false;
  }
}

}  // namespace clerk::instance
