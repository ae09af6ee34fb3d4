#include "auth/machine_tokens.hpp"

#include "json/json_reader.hpp"

#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <cmath>

namespace clerk::auth {
namespace {

using boost::json::value;

MachineTokenVerificationError failed(std::string message) { return {"token-verification-failed", std::move(message)}; }

/// What each kind of opaque token is asked with.
struct OpaqueApi {
  std::string_view name;
  std::string_view path;
  std::string_view member;
  std::string_view notFound;
};
OpaqueApi apiOf(TokenType type) {
  switch (type) {
    case TokenType::M2MToken: return {"m2m.verify", "/m2m_tokens/verify", "token", "Machine token not found"};
    case TokenType::OAuthToken:
      return {"idPOAuthAccessToken.verify", "/oauth_applications/access_tokens/verify", "access_token",
              "OAuth token not found"};
    default: return {"apiKeys.verify", "/api_keys/verify", "secret", "API key not found"};
  }
}

MachineTokenVerificationError errorOf(const ClerkAPIResponseError& error, TokenType type) {
  if (error.status == 404) return {"token-invalid", std::string(apiOf(type).notFound), 404};
  if (error.status == 401) {
    const auto message = error.errors.empty() ? "" : error.errors.front().message;
    return {"secret-key-invalid", message.empty() ? "Invalid secret key" : message, 401};
  }
  return {"unexpected-error", "Unexpected error", error.status};
}

value memberOrNull(const value& object, std::string_view name) {
  const auto* found = json::member(object, name);
  return found ? *found : value(nullptr);
}

boost::json::array wordsOf(std::string_view text) {
  boost::json::array words;
  for (;;) {
    const auto at = text.find(' ');
    if (const auto word = text.substr(0, at); !word.empty()) words.emplace_back(word);
    if (at == std::string_view::npos) return words;
    text.remove_prefix(at + 1);
  }
}

bool isTextList(const value& list) {
  const auto* items = list.if_array();
  return items && !items->empty() && std::all_of(items->begin(), items->end(), [](const value& item) {
           return item.is_string() && !item.get_string().empty();
         });
}

async::Task<std::shared_ptr<const jwt::Payload>> verifyJwt(std::string token, const KeySource& keys,
                                                           const std::vector<std::string>& headerTypes,
                                                           const std::vector<std::string>& audience,
                                                           std::chrono::milliseconds clockSkew) {
  static const std::vector<std::string> none;
  auto begun = keys.begin(token);
  if (!begun) throw failed(begun.error().message);
  auto found = co_await keys.find(begun->header(), "Failed to resolve JWK during verification.");
  if (!found) throw MachineTokenVerificationError(std::string(found.error().reason), found.error().message);
  if (auto bad = begun->checkWith(**found, headerTypes)) throw failed(bad->message);
  const jwt::ClaimChecks checks{audience, none, none, clockSkew, keys.strictness()};
  if (auto bad = begun->checkClaims(checks, keys.runtime()->now())) throw failed(bad->message);
  co_return begun->sharedPayload();
}

std::shared_ptr<const MachineToken> machineTokenOf(const boost::json::object& resource, TokenType type,
                                                   std::string token) {
  const value json(resource);
  return std::make_shared<const MachineToken>(MachineToken{
      type, std::move(token), memberOrNull(json, "id"), memberOrNull(json, "subject"), memberOrNull(json, "name"),
      memberOrNull(json, "claims"), memberOrNull(json, "scopes"), memberOrNull(json, "client_id")});
}

async::Task<std::shared_ptr<const MachineToken>> verifyOpaque(TokenType type, std::string token,
                                                              const std::vector<std::string>& audience,
                                                              request::Connection connection,
                                                              std::string machineSecretKey) {
  const auto api = apiOf(type);
  request::Call call{
      .method = "POST", .path = std::string(api.path), .body = value{{api.member, token}}, .versioned = false};
  call.name = api.name;
  call.route = api.path;
  if (type == TokenType::M2MToken) {
    call.needsSecretKey = false;
    if (!machineSecretKey.empty()) call.bearer = machineSecretKey;
  }
  std::optional<value> answer;
  std::optional<MachineTokenVerificationError> failure;
  try {
    answer = co_await request::send(std::move(connection), std::move(call));
  } catch (const ClerkAPIResponseError& error) {
    failure = errorOf(error, type);
  }
  if (failure) throw MachineTokenVerificationError(*failure);
  if (!answer || !answer->is_object()) throw MachineTokenVerificationError("unexpected-error", "Unexpected error");
  if (type == TokenType::OAuthToken) checkOAuthAudience(json::member(*answer, "aud"), audience);
  co_return machineTokenOf(answer->get_object(), type, std::move(token));
}

boost::json::object resourceOfOAuthJwt(const jwt::Payload& payload) {
  const auto& claims = payload.value();
  auto scope = json::textMember(claims, "scp");
  if (!scope || scope->empty()) scope = json::textMember(claims, "scope");
  const auto* list = json::member(claims, "scp");
  return {{"id", memberOrNull(claims, "jti")},
          {"client_id", memberOrNull(claims, "client_id")},
          {"subject", memberOrNull(claims, "sub")},
          {"scopes", list && list->is_array() ? *list : value(wordsOf(scope.value_or("")))}};
}

}  // namespace

void checkOAuthAudience(const value* claim, const std::vector<std::string>& expected) {
  std::vector<std::string> wanted;
  std::copy_if(expected.begin(), expected.end(), std::back_inserter(wanted),
               [](const auto& item) { return !item.empty(); });
  if (wanted.empty()) return;
  const bool isText = claim && claim->is_string() && !claim->get_string().empty();
  if (!isText && !(claim && isTextList(*claim))) {
    throw failed("Invalid OAuth audience claim (aud) " + (claim ? ecmascript::stringify(*claim) : "undefined") +
                 ". Expected a non-empty string or a non-empty array of non-empty strings.");
  }
  auto isWanted = [&](const value& item) {
    return std::find(wanted.begin(), wanted.end(), std::string_view(item.get_string())) != wanted.end();
  };
  const bool fits =
      isText ? isWanted(*claim) : std::any_of(claim->get_array().begin(), claim->get_array().end(), isWanted);
  if (fits) return;
  throw failed("OAuth audience mismatch. Verification expected audience " + jwt::jsonList(wanted) +
               ", but incoming token has aud " + ecmascript::stringify(*claim) + ".");
}

std::optional<TokenType> opaqueTypeOf(std::string_view token) {
  if (token.starts_with("mt_")) return TokenType::M2MToken;
  if (token.starts_with("oat_")) return TokenType::OAuthToken;
  if (token.starts_with("ak_")) return TokenType::ApiKey;
  return {};
}

std::optional<TokenType> machineJwtTypeOf(const jwt::Header& header, const jwt::Payload& payload) {
  if (payload.sub.isText() && payload.sub.text.starts_with("mch_")) return TokenType::M2MToken;
  if (header.typ.is("at+jwt") || header.typ.is("application/at+jwt")) return TokenType::OAuthToken;
  return {};
}

boost::json::object resourceOfM2MJwt(const jwt::Payload& payload, std::chrono::system_clock::time_point now,
                                     std::chrono::milliseconds clockSkew) {
  const auto& claims = payload.value();
  boost::json::object custom;
  if (const auto* all = claims.if_object()) {
    for (const auto& [name, claim] : *all) {
      const bool standard =
          name == "iss" || name == "sub" || name == "exp" || name == "nbf" || name == "iat" || name == "jti";
      if (!standard) custom[name] = claim;
    }
  }
  value scopes = boost::json::array();
  if (const auto text = json::textMember(claims, "scopes")) {
    scopes = wordsOf(*text);
  } else if (const auto* audience = json::member(claims, "aud")) {
    scopes = audience->is_array() ? *audience : value(boost::json::array{*audience});
  }
  const double nowMs =
      static_cast<double>(std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count());
  const double expiry = payload.exp.number * 1000;
  const auto* id = json::member(claims, "jti");
  return {{"id", id ? *id : value("")},
          {"subject", memberOrNull(claims, "sub")},
          {"scopes", scopes},
          {"claims", custom.empty() ? value(nullptr) : value(custom)},
          {"revoked", false},
          {"revocation_reason", nullptr},
          {"expired", expiry <= nowMs - static_cast<double>(clockSkew.count())},
          {"expiration", expiry},
          {"created_at", payload.iat.number * 1000},
          {"updated_at", payload.iat.number * 1000}};
}

async::Task<std::shared_ptr<const jwt::Payload>> verifyM2MJwt(std::string token, const KeySource& keys,
                                                              MachineChecks checks) {
  static const std::vector<std::string> none;
  const auto begun = keys.begin(token);
  if (begun && begun->header().cat.kind != jwt::Field::Kind::Undefined &&
      !begun->header().cat.is(TokenCategory::Machine)) {
    throw MachineTokenVerificationError("token-invalid", "Invalid M2M JWT category.");
  }
  co_return co_await verifyJwt(std::move(token), keys, none, checks.audience, checks.clockSkew);
}

async::Task<std::shared_ptr<const MachineToken>> verifyMachineToken(TokenType type, std::string token,
                                                                    const KeySource& keys, MachineChecks checks,
                                                                    request::Connection connection,
                                                                    std::string machineSecretKey) {
  if (opaqueTypeOf(token)) {
    co_return co_await verifyOpaque(type, std::move(token), checks.audience, std::move(connection),
                                    std::move(machineSecretKey));
  }
  if (type == TokenType::M2MToken) {
    const auto payload = co_await verifyM2MJwt(token, keys, checks);
    co_return machineTokenOf(resourceOfM2MJwt(*payload, keys.runtime()->now(), checks.clockSkew), type,
                             std::move(token));
  }
  static const std::vector<std::string> types{"at+jwt", "application/at+jwt"};
  static const std::vector<std::string> none;
  const auto payload = co_await verifyJwt(token, keys, types, none, checks.clockSkew);
  checkOAuthAudience(json::member(payload->value(), "aud"), checks.audience);
  co_return machineTokenOf(resourceOfOAuthJwt(*payload), type, std::move(token));
}

}  // namespace clerk::auth
