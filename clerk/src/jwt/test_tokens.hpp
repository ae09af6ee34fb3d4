#pragma once
// Tokens for tests: one key, and claims as Clerk gives them.

#include <clerk/jwt.hpp>
#include <crypto/base64.hpp>
#include <crypto/rsa.hpp>
#include <ecmascript/json_text.hpp>

#include <string>

namespace clerk::test {

inline constexpr std::int64_t kNow = 1'750'000'000;  // 2025-06-15T15:06:40Z

inline const crypto::RsaPrivateKey& signingKey() {
  static const auto key = crypto::RsaPrivateKey::generate();
  return key;
}
inline std::string publicPem() { return signingKey().publicKey().toPem(); }

inline std::shared_ptr<Runtime> runtimeAt(std::int64_t milliseconds) {
  return std::make_shared<Runtime>(RuntimeHooks{
      .now = [=] { return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds)); }});
}

inline boost::json::object sessionClaims() {
  return {{"azp", "https://app.example.com"},
          {"exp", kNow + 60},
          {"fva", {0, -1}},
          {"iat", kNow},
          {"iss", "https://clerk.example.com"},
          {"nbf", kNow - 10},
          {"sid", "sess_1"},
          {"sts", "active"},
          {"sub", "user_1"},
          {"v", 2}};
}

inline boost::json::object sessionHeader() {
  return {{"alg", "RS256"}, {"cat", TokenCategory::Session}, {"kid", "ins_1"}, {"typ", "JWT"}};
}

/// Signs whatever text it is given, also what no honest signer writes.
inline std::string signText(const std::string& header, const std::string& payload) {
  const auto part = crypto::base64urlEncode(header) + '.' + crypto::base64urlEncode(payload);
  return part + '.' + crypto::base64urlEncode(signingKey().sign(part));
}
inline std::string signToken(const boost::json::object& claims = sessionClaims(),
                             const boost::json::object& header = sessionHeader()) {
  return signText(ecmascript::stringify(header), ecmascript::stringify(claims));
}

}  // namespace clerk::test
