// JSON Web Signatures and Keys of Project Wycheproof, read from the folder that CLERK_CPP_SUITES names.

#include "jwt/checks.hpp"
#include "jwt/verify_jwt.hpp"

#include <crypto/base64.hpp>

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

namespace clerk::jwt {
namespace {

namespace json = boost::json;

struct Vector {
  std::string id;
  std::vector<json::object> keys;
  std::string jws;
  bool isValid = false;
};

/// Every test with a signature; those of encryption are about something else.
std::vector<Vector> vectorsOf(const std::string& suites, const std::string& file) {
  std::ifstream input(suites + "/wycheproof/" + file);
  EXPECT_TRUE(input) << file;
  const auto document = json::parse(std::string{std::istreambuf_iterator<char>(input), {}});
  std::vector<Vector> vectors;
  for (const auto& group : document.at("testGroups").as_array()) {
    const auto& object = group.as_object();
    const auto& given = object.contains("public") ? object.at("public").as_object() : object.at("private").as_object();
    std::vector<json::object> keys;
    if (const auto* list = given.if_contains("keys")) {
      for (const auto& key : list->as_array()) keys.push_back(key.as_object());
    } else {
      keys.push_back(given);
    }
    for (const auto& test : object.at("tests").as_array()) {
      const auto* jws = test.as_object().if_contains("jws");
      if (!jws) continue;
      vectors.push_back({file + " " + json::serialize(test.at("tcId")) + " " + json::serialize(test.at("comment")),
                         keys, jws->is_string() ? std::string(jws->as_string()) : json::serialize(*jws),
                         test.at("result") == "valid"});
    }
  }
  return vectors;
}

std::string algorithmOf(std::string_view header) {
  const auto text = crypto::base64urlDecode(header, crypto::Base64Padding::Refused);
  boost::system::error_code failed;
  const auto value = text ? json::parse(*text, failed) : json::value();
  const auto* object = value.if_object();
  const auto* algorithm = object ? object->if_contains("alg") : nullptr;
  return algorithm && algorithm->is_string() ? std::string(algorithm->get_string()) : "";
}

bool isRsaSignature(std::string_view algorithm) {
  return algorithm == "RS256" || algorithm == "RS384" || algorithm == "RS512";
}

/// The signature alone: what the vectors sign is seldom JSON, as a token's claims are.
bool isSignedBy(const std::string& jws, const json::object& jwk) {
  const auto first = jws.find('.'), second = jws.find('.', first + 1);
  if (first == std::string::npos || second == std::string::npos) return false;
  const auto algorithm = algorithmOf(std::string_view(jws).substr(0, first));
  const auto payload = crypto::base64urlDecode(std::string_view(jws).substr(first + 1, second - first - 1),
                                               crypto::Base64Padding::Refused);
  const auto signature =
      crypto::base64urlDecode(std::string_view(jws).substr(second + 1), crypto::Base64Padding::Refused);
  const auto key = VerificationKey::fromJwk(jwk, Strictness::Strict);
  return isRsaSignature(algorithm) && payload && signature && key->unusableFor(algorithm).empty() &&
         key->verifies(std::string_view(jws).substr(0, second), *signature, algorithm);
}

/// The whole way of a token up to its claims.
bool passesAsToken(const std::string& jws, const json::object& jwk) {
  auto verification = Verification::begin(jws, Strictness::Strict);
  return verification && !verification->checkWith(*VerificationKey::fromJwk(jwk, Strictness::Strict), {});
}

/// Whether the key can sign at all what this library takes.
bool isRsaKey(const json::object& jwk) {
  const auto* algorithm = jwk.if_contains("alg");
  return jwk.at("kty") == "RSA" && (!algorithm || isRsaSignature(std::string_view(algorithm->as_string())));
}

TEST(Wycheproof, signatures_and_keys_are_judged_right) {
  const char* suites = std::getenv("CLERK_CPP_SUITES");
  if (!suites) GTEST_SKIP() << "skipped: no suites (set CLERK_CPP_SUITES)";
  int taken = 0, refused = 0;
  for (const auto* file : {"json_web_signature_test.json", "json_web_key_test.json", "json_web_crypto_test.json"}) {
    for (const auto& vector : vectorsOf(suites, file)) {
      bool isSigned = false, isToken = false, mayBeTaken = false;
      for (const auto& key : vector.keys) {
        isSigned |= isSignedBy(vector.jws, key);
        isToken |= passesAsToken(vector.jws, key);
        mayBeTaken |= isRsaKey(key);
      }
      // Other algorithms than RSASSA-PKCS1-v1_5 are refused whether their signature is right or not.
      EXPECT_EQ(isSigned, vector.isValid && mayBeTaken) << vector.id;
      EXPECT_TRUE(!isToken || isSigned) << vector.id << " passes as a token";
      ++(isSigned ? taken : refused);
    }
  }
  EXPECT_GT(taken, 15);
  EXPECT_GT(refused, 400);
}

}  // namespace
}  // namespace clerk::jwt
