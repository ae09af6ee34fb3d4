#include "jwt/checks.hpp"

#include "json/json_reader.hpp"
#include "jwt/utc_date.hpp"

#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <cmath>

namespace clerk::jwt {
namespace {

using TimePoint = std::chrono::system_clock::time_point;

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

std::vector<std::string> withoutEmpty(const std::vector<std::string>& list) {
  std::vector<std::string> kept;
  std::copy_if(list.begin(), list.end(), std::back_inserter(kept), [](const auto& item) { return !item.empty(); });
  return kept;
}

Refusal failed(std::string message) {
  return {Reason::TokenVerificationFailed, std::move(message), Action::EnsureClerkJWT};
}

std::optional<Refusal> checkSubject(const Payload& payload) {
  if (payload.sub.isText()) return {};
  return failed("Subject claim (sub) is required and must be a string. Received " + jsonOf(payload.value(), "sub") +
                ".");
}

std::optional<Refusal> checkAudience(const Payload& payload, const std::vector<std::string>& option) {
  if (option.empty()) return {};
  const auto audience = withoutEmpty(option);
  const auto* claim = json::member(payload.value(), "aud");
  if (audience.empty() || !json::isTruthy(claim)) return {};
  if (claim->is_string()) {
    if (contains(audience, std::string_view(claim->get_string()))) return {};
    return failed("Invalid JWT audience claim (aud) " + ecmascript::stringify(*claim) + ". Is not included in \"" +
                  jsonList(audience) + "\".");
  }
  const auto* list = claim->if_array();
  if (!list) return {};
  const bool isTextList =
      !list->empty() && std::all_of(list->begin(), list->end(), [](const auto& item) { return item.is_string(); });
  if (!isTextList) return {};
  if (std::any_of(list->begin(), list->end(),
                  [&](const auto& item) { return contains(audience, std::string_view(item.get_string())); })) {
    return {};
  }
  return failed("Invalid JWT audience claim array (aud) " + ecmascript::stringify(*claim) + ". Is not included in \"" +
                jsonList(audience) + "\".");
}

std::optional<Refusal> checkAuthorizedParty(const Payload& payload, const std::vector<std::string>& option) {
  if (option.empty()) return {};
  if (payload.azp.isText() && !payload.azp.text.empty() && contains(option, payload.azp.text)) return {};
  return Refusal{Reason::TokenInvalidAuthorizedParties, "Invalid JWT Authorized party claim (azp) " +
                                                            jsonOf(payload.value(), "azp") + ". Expected \"" +
                                                            joined(option, ",") + "\"."};
}

std::string_view withoutScheme(std::string_view issuer) {
  const auto end = issuer.find("://");
  const auto scheme = issuer.substr(0, end);
  return scheme == "http" || scheme == "https" ? issuer.substr(end + 3) : issuer;
}

bool isOneOf(const std::vector<std::string>& issuers, std::string_view issuer, bool anyScheme) {
  if (!anyScheme) return contains(issuers, issuer);
  return std::any_of(issuers.begin(), issuers.end(),
                     [&](const auto& item) { return withoutScheme(item) == withoutScheme(issuer); });
}

std::optional<Refusal> checkIssuer(const Payload& payload, const ClaimChecks& checks) {
  const auto& option = checks.issuer;
  const bool asked = std::any_of(option.begin(), option.end(), [](const auto& issuer) { return !issuer.empty(); });
  if (!asked || (payload.iss.isText() && isOneOf(option, payload.iss.text, checks.issuersOfAnyScheme))) return {};
  return Refusal{Reason::TokenInvalidIssuer,
                 "Invalid JWT issuer claim (iss) " + jsonOf(payload.value(), "iss") + ". Expected \"" +
                     joined(option, ",") + "\".",
                 Action::EnsureClerkJWT};
}

double milliseconds(TimePoint time) {
  return static_cast<double>(std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}
double milliseconds(std::chrono::milliseconds duration) { return static_cast<double>(duration.count()); }

/// A date is whole seconds, truncated toward zero; beyond the last one JavaScript has no date and all comparisons fail.
constexpr double kLastSecond = 8.64e12;
double dateOf(double seconds, Strictness strictness) {
  const double whole = std::trunc(seconds);
  if (strictness == Strictness::AsReference && std::abs(whole) > kLastSecond) return std::nan("");
  return whole * 1000;
}

std::optional<Refusal> checkExpiry(const Payload& payload, const ClaimChecks& checks, TimePoint now) {
  const bool isDate = payload.exp.kind == Field::Kind::Number &&
                      (checks.strictness == Strictness::AsReference || std::abs(payload.exp.number) <= kLastSecond);
  if (!isDate) {
    return failed("Invalid JWT expiry date claim (exp) " + jsonOf(payload.value(), "exp") + ". Expected number.");
  }
  if (!(dateOf(payload.exp.number, checks.strictness) <= milliseconds(now) - milliseconds(checks.clockSkew))) return {};
  return Refusal{Reason::TokenExpired, "JWT is expired. Expiry date: " + utcText(payload.exp.number) +
                                           ", Current date: " + utcText(now) + "."};
}

std::optional<Refusal> checkNotBefore(const Payload& payload, const ClaimChecks& checks, TimePoint now) {
  if (payload.nbf.kind == Field::Kind::Undefined) return {};
  if (payload.nbf.kind != Field::Kind::Number) {
    return failed("Invalid JWT not before date claim (nbf) " + jsonOf(payload.value(), "nbf") + ". Expected number.");
  }
  if (!(dateOf(payload.nbf.number, checks.strictness) > milliseconds(now) + milliseconds(checks.clockSkew))) return {};
  return Refusal{Reason::TokenNotActiveYet,
                 "JWT cannot be used prior to not before date claim (nbf). Not before date: " +
                     utcText(payload.nbf.number) + "; Current date: " + utcText(now) + ";"};
}

std::optional<Refusal> checkIssuedAt(const Payload& payload, const ClaimChecks& checks, TimePoint now) {
  if (payload.iat.kind == Field::Kind::Undefined) return {};
  if (payload.iat.kind != Field::Kind::Number) {
    return failed("Invalid JWT issued at date claim (iat) " + jsonOf(payload.value(), "iat") + ". Expected number.");
  }
  if (!(dateOf(payload.iat.number, checks.strictness) > milliseconds(now) + milliseconds(checks.clockSkew))) return {};
  return Refusal{Reason::TokenIatInTheFuture,
                 "JWT issued at date claim (iat) is in the future. Issued at date: " + utcText(payload.iat.number) +
                     "; Current date: " + utcText(now) + ";"};
}

}  // namespace

std::string jsonList(const std::vector<std::string>& items) {
  std::string text = "[";
  for (const auto& item : items) {
    if (text.size() > 1) text += ',';
    ecmascript::appendQuoted(text, item);
  }
  return text + ']';
}

std::string joined(const std::vector<std::string>& items, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i) text += separator;
    text += items[i];
  }
  return text;
}

std::optional<Refusal> checkCategory(const Header& header) {
  if (!header.cat.is(TokenCategory::Machine)) return {};
  return Refusal{Reason::TokenInvalid, "Invalid session token category.", Action::EnsureClerkJWT};
}

std::optional<Refusal> checkHeader(const Header& header, const std::vector<std::string>& types, Strictness strictness) {
  const bool typeIsFine = types.empty() ? header.typ.kind == Field::Kind::Undefined || header.typ.is("JWT")
                                        : header.typ.isText() && contains(types, header.typ.text);
  if (!typeIsFine) {
    return Refusal{Reason::TokenInvalid,
                   "Invalid JWT type " + jsonOfHeader(header, "typ", strictness) + ". Expected \"" +
                       (types.empty() ? "JWT" : joined(types, ", ")) + "\".",
                   Action::EnsureClerkJWT};
  }
  if (header.alg.is("RS256") || header.alg.is("RS384") || header.alg.is("RS512")) return {};
  return Refusal{Reason::TokenInvalidAlgorithm,
                 "Invalid JWT algorithm " + jsonOfHeader(header, "alg", strictness) + ". Supported: RS256,RS384,RS512.",
                 Action::EnsureClerkJWT};
}

std::optional<Refusal> checkSignature(const DecodedJwt& jwt, const VerificationKey& key) {
  if (auto problem = key.unusableFor(jwt.header.alg.text); !problem.empty()) {
    return failed("Error verifying JWT signature. Error: " + problem);
  }
  if (key.verifies(jwt.signedPart(), jwt.signature, jwt.header.alg.text)) return {};
  return Refusal{Reason::TokenInvalidSignature, "JWT signature is invalid."};
}

std::optional<Refusal> checkClaims(const Payload& payload, const ClaimChecks& checks, TimePoint now) {
  if (auto bad = checkSubject(payload)) return bad;
  if (auto bad = checkAudience(payload, checks.audience)) return bad;
  if (auto bad = checkAuthorizedParty(payload, checks.authorizedParties)) return bad;
  if (auto bad = checkIssuer(payload, checks)) return bad;
  if (auto bad = checkExpiry(payload, checks, now)) return bad;
  if (auto bad = checkNotBefore(payload, checks, now)) return bad;
  return checkIssuedAt(payload, checks, now);
}

}  // namespace clerk::jwt
