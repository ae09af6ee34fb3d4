#include "strategies/webauthn.hpp"

#include "strategies/cbor.hpp"

#include <crypto/base64.hpp>
#include <crypto/curve_key.hpp>
#include <crypto/digest.hpp>
#include <crypto/rsa.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace clerk::instance {
namespace {

namespace json = boost::json;

constexpr std::size_t mostBytes = 64 * 1024;
constexpr std::size_t mostCredentialId = 1023;  // §5.8.3
constexpr std::int64_t es256 = -7;
constexpr std::int64_t edDsa = -8;
constexpr std::int64_t rs256 = -257;
constexpr int timeout = 600'000;

constexpr std::size_t rpIdHashBytes = 32;
constexpr std::size_t fixedBytes = rpIdHashBytes + 1 + 4;
constexpr unsigned char userPresent = 0x01;
constexpr unsigned char userVerified = 0x04;
constexpr unsigned char hasCredential = 0x40;

std::optional<json::object> objectOf(std::string_view text) {
  if (text.size() > mostBytes) return std::nullopt;
  boost::system::error_code failed;
  auto value = json::parse(text, failed);
  if (failed || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

std::string_view textIn(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

std::optional<std::string> bytesIn(const json::object& object, std::string_view name) {
  return crypto::base64urlDecode(textIn(object, name), crypto::Base64Padding::Ignored);
}

/// The members of a credential's `response`, decoded.
struct Answer {
  std::string credentialId;
  json::object response;
  std::string clientData;
};

std::optional<Answer> answerOf(std::string_view text) {
  auto credential = objectOf(text);
  if (!credential || textIn(*credential, "type") != "public-key") return std::nullopt;
  auto* response = credential->if_contains("response");
  if (!response || !response->is_object()) return std::nullopt;
  const auto id = bytesIn(*credential, "rawId");
  auto clientData = bytesIn(response->get_object(), "clientDataJSON");
  if (!id || id->empty() || id->size() > mostCredentialId || !clientData) return std::nullopt;
  return Answer{crypto::base64urlEncode(*id), std::move(response->get_object()), *std::move(clientData)};
}

/// §7.1 steps 7-11 and §7.2 steps 11-14: what the browser says it did.
bool checkClientData(std::string_view clientData, std::string_view type, const WebauthnExpectation& expectation) {
  const auto said = objectOf(clientData);
  if (!said || textIn(*said, "type") != type) return false;
  if (!crypto::constantTimeEquals(textIn(*said, "challenge"), expectation.challenge)) return false;
  const auto* crossOrigin = said->if_contains("crossOrigin");
  if (crossOrigin && crossOrigin->is_bool() && crossOrigin->get_bool()) return false;
  return std::ranges::find(expectation.origins, textIn(*said, "origin")) != expectation.origins.end();
}

/// The fixed part of authenticator data (§6.1).
struct AuthenticatorData {
  unsigned char flags = 0;
  std::int64_t signCount = 0;
  std::string_view rest;
};

std::optional<AuthenticatorData> readAuthenticatorData(std::string_view bytes, const WebauthnExpectation& expectation) {
  if (bytes.size() < fixedBytes) return std::nullopt;
  const auto hash = crypto::sha256(expectation.rpId);
  if (bytes.substr(0, rpIdHashBytes) != crypto::bytesOf(hash)) return std::nullopt;
  AuthenticatorData data;
  data.flags = static_cast<unsigned char>(bytes[rpIdHashBytes]);
  for (std::size_t i = rpIdHashBytes + 1; i < fixedBytes; ++i) {
    data.signCount = (data.signCount << 8) | static_cast<unsigned char>(bytes[i]);
  }
  data.rest = bytes.substr(fixedBytes);
  constexpr unsigned char needed = userPresent | userVerified;
  if ((data.flags & needed) != needed) return std::nullopt;
  return data;
}

bool verifies(const cbor::Item& key, std::string_view message, std::string_view signature) {
  const auto bytesAt = [&](std::int64_t label) {
    const auto* item = key.find(label);
    return item && item->kind == cbor::Kind::Bytes ? item->text : std::string_view();
  };
  const auto numberAt = [&](std::int64_t label) {
    const auto* item = key.find(label);
    return item && item->kind != cbor::Kind::Bytes ? item->number : 0;
  };
  // RFC 9053 and RFC 8812: kty 1 OKP, 2 EC2, 3 RSA; alg in 3; curve in -1.
  switch (numberAt(3)) {
    case es256: {
      if (numberAt(1) != 2 || numberAt(-1) != 1) return false;
      const auto curveKey = crypto::CurvePublicKey::p256(bytesAt(-2), bytesAt(-3));
      return curveKey && curveKey->verifies(message, signature);
    }
    case edDsa: {
      if (numberAt(1) != 1 || numberAt(-1) != 6) return false;
      const auto curveKey = crypto::CurvePublicKey::ed25519(bytesAt(-2));
      return curveKey && curveKey->verifies(message, signature);
    }
    case rs256: {
      if (numberAt(1) != 3) return false;
      const auto rsa =
          crypto::RsaPublicKey::fromJwk({crypto::base64urlEncode(bytesAt(-1)), crypto::base64urlEncode(bytesAt(-2))});
      return rsa && rsa->verifies(message, signature);
    }
    default: return false;
  }
}

/// A key of a kind that we asked for, that can be used.
bool isUsableKey(const cbor::Item& key) {
  const auto* algorithm = key.find(std::int64_t{3});
  if (!algorithm) return false;
  const auto bytesAt = [&](std::int64_t label) {
    const auto* item = key.find(label);
    return item && item->kind == cbor::Kind::Bytes ? item->text : std::string_view();
  };
  switch (algorithm->number) {
    case es256: return crypto::CurvePublicKey::p256(bytesAt(-2), bytesAt(-3)).has_value();
    case edDsa: return crypto::CurvePublicKey::ed25519(bytesAt(-2)).has_value();
    case rs256:
      return crypto::RsaPublicKey::fromJwk({crypto::base64urlEncode(bytesAt(-1)), crypto::base64urlEncode(bytesAt(-2))})
          .has_value();
    default: return false;
  }
}

/// Attested credential data (§6.5.1): AAGUID, id and key.
std::optional<NewCredential> readCredential(const AuthenticatorData& data, std::string_view claimedId) {
  constexpr std::size_t aaguidBytes = 16;
  auto rest = data.rest;
  if ((data.flags & hasCredential) == 0 || rest.size() < aaguidBytes + 2) return std::nullopt;
  const std::size_t length = (static_cast<std::size_t>(static_cast<unsigned char>(rest[aaguidBytes])) << 8) |
                             static_cast<unsigned char>(rest[aaguidBytes + 1]);
  rest.remove_prefix(aaguidBytes + 2);
  if (length == 0 || length > mostCredentialId || length > rest.size()) return std::nullopt;
  NewCredential credential{
      .credentialId = crypto::base64urlEncode(rest.substr(0, length)), .publicKey = {}, .signCount = data.signCount};
  rest.remove_prefix(length);
  const auto key = cbor::parse(rest);
  if (!key || credential.credentialId != claimedId || !isUsableKey(key->first)) return std::nullopt;
  credential.publicKey = crypto::base64urlEncode(rest.substr(0, key->second));
  return credential;
}

json::array descriptors(const std::vector<std::string>& ids) {
  json::array list;
  for (const auto& id : ids) list.push_back(json::object{{"type", "public-key"}, {"id", id}});
  return list;
}

}  // namespace

std::optional<NewCredential> readRegistration(std::string_view credential, const WebauthnExpectation& expectation) {
  const auto answer = answerOf(credential);
  if (!answer || !checkClientData(answer->clientData, "webauthn.create", expectation)) return std::nullopt;
  const auto attestation = bytesIn(answer->response, "attestationObject");
  const auto object = attestation ? cbor::parse(*attestation) : std::nullopt;
  const auto* authData = object ? object->first.find("authData") : nullptr;
  if (!authData || authData->kind != cbor::Kind::Bytes) return std::nullopt;
  const auto data = readAuthenticatorData(authData->text, expectation);
  return data ? readCredential(*data, answer->credentialId) : std::nullopt;
}

std::optional<ClaimedCredential> claimedCredential(std::string_view credential) {
  const auto answer = answerOf(credential);
  if (!answer) return std::nullopt;
  return ClaimedCredential{answer->credentialId, bytesIn(answer->response, "userHandle").value_or("")};
}

std::optional<std::int64_t> checkAssertion(std::string_view credential, const WebauthnExpectation& expectation,
                                           std::string_view publicKey, std::int64_t signCount) {
  const auto answer = answerOf(credential);
  if (!answer || !checkClientData(answer->clientData, "webauthn.get", expectation)) return std::nullopt;
  const auto authData = bytesIn(answer->response, "authenticatorData");
  const auto signature = bytesIn(answer->response, "signature");
  const auto keyBytes = crypto::base64urlDecode(publicKey);
  if (!authData || !signature || !keyBytes) return std::nullopt;
  const auto data = readAuthenticatorData(*authData, expectation);
  const auto key = cbor::parse(*keyBytes);
  if (!data || !key) return std::nullopt;
  const auto hash = crypto::sha256(answer->clientData);
  if (!verifies(key->first, *authData + std::string(crypto::bytesOf(hash)), *signature)) return std::nullopt;
  // Authenticators that do not count always say 0.
  const bool grew = data->signCount > signCount || (data->signCount == 0 && signCount == 0);
  return grew ? std::optional(data->signCount) : std::nullopt;
}

std::string registrationOptions(std::string_view challenge, std::string_view rpId, std::string_view rpName,
                                std::string_view userId, std::string_view userName,
                                const std::vector<std::string>& existing) {
  json::array algorithms;
  for (const auto algorithm : {es256, edDsa, rs256}) {
    algorithms.push_back(json::object{{"type", "public-key"}, {"alg", algorithm}});
  }
  return json::serialize(
      json::object{{"rp", {{"id", rpId}, {"name", rpName}}},
                   {"user", {{"id", crypto::base64urlEncode(userId)}, {"name", userName}, {"displayName", userName}}},
                   {"challenge", challenge},
                   {"pubKeyCredParams", std::move(algorithms)},
                   {"timeout", timeout},
                   {"excludeCredentials", descriptors(existing)},
                   {"authenticatorSelection",
                    {{"residentKey", "required"}, {"requireResidentKey", true}, {"userVerification", "required"}}},
                   {"attestation", "none"}});
}

std::string assertionOptions(std::string_view challenge, std::string_view rpId,
                             const std::vector<std::string>& allowed) {
  return json::serialize(json::object{{"challenge", challenge},
                                      {"timeout", timeout},
                                      {"rpId", rpId},
                                      {"allowCredentials", descriptors(allowed)},
                                      {"userVerification", "required"}});
}

}  // namespace clerk::instance
