#include "tokens/token_signer.hpp"

#include <async/event_loop.hpp>
#include <crypto/base64.hpp>

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

#include <set>

namespace clerk::instance {
namespace {

using namespace std::chrono_literals;

class FakeClock final : public Clock {
 public:
  Time now() const override { return time; }
  Time time = fromMilliseconds(1'795'584'201'306);
};

class Tokens : public testing::Test {
 protected:
  static const crypto::RsaPrivateKey& key() {
    static const auto key = crypto::RsaPrivateKey::generate();
    return key;
  }

  Tokens() {
    settings.frontendApiHost = "clerk.localhost.test";
    session.id = "sess_1";
    session.userId = "user_1";
    session.firstFactorVerifiedAt = clock.time - 3min;
    session.expireAt = clock.time + 1h;
    session.abandonAt = clock.time + 2h;
  }

  static boost::json::object part(std::string_view token, int index) {
    for (; index > 0; --index) token.remove_prefix(token.find('.') + 1);
    return boost::json::parse(*crypto::base64urlDecode(token.substr(0, token.find('.')))).as_object();
  }
  std::string mint(SessionTokenRequest request = {}) {
    return async::blockOn([&] { return signer.sessionToken(session, request); });
  }

  Settings settings;
  FakeClock clock;
  SystemRandom random;
  async::ThreadPool threads{2};
  TokenSigner signer{"ins_1", key(), settings, clock, random, threads};
  Session session;
};

TEST_F(Tokens, session_token_has_the_recorded_header_and_claims) {
  const auto token = mint({.authorizedParty = "http://localhost:5070"});
  EXPECT_EQ(part(token, 0),
            (boost::json::object{{"alg", "RS256"}, {"cat", "cl_B7d4PD111AAA"}, {"kid", "ins_1"}, {"typ", "JWT"}}));
  auto claims = part(token, 1);
  EXPECT_EQ(claims["jti"].as_string().size(), 20u);
  claims.erase("jti");
  EXPECT_EQ(claims, boost::json::parse(R"({"azp":"http://localhost:5070","exp":1795584261,"fva":[3,-1],"iat":1795584201,
    "iss":"https://clerk.localhost.test","nbf":1795584191,"sid":"sess_1","sts":"active","sub":"user_1","v":2})"));
}

TEST_F(Tokens, what_does_not_apply_is_left_out) {
  EXPECT_FALSE(part(mint(), 1).contains("azp"));
  session.actor = boost::json::object{{"sub", "user_admin"}};
  session.status = SessionStatus::Pending;
  const auto claims = part(mint({.lifetime = 600s}), 1);
  EXPECT_EQ(claims.at("act").at("sub"), "user_admin");
  EXPECT_EQ(claims.at("sts"), "pending");
  EXPECT_EQ(claims.at("exp").as_int64() - claims.at("iat").as_int64(), 600);
}

TEST_F(Tokens, signature_is_the_keys) {
  const auto token = mint();
  EXPECT_TRUE(signer.verify(token));
  const auto dot = token.rfind('.');
  EXPECT_TRUE(signer.publicKey().verifies(token.substr(0, dot), *crypto::base64urlDecode(token.substr(dot + 1))));
  auto tampered = token;
  tampered[dot - 3] = tampered[dot - 3] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(signer.verify(tampered));
  for (auto garbage : {"", ".", "..", "a.b.c", "a.b", "\xff.\xff.\xff"})
    EXPECT_FALSE(signer.verify(garbage)) << garbage;
}

TEST_F(Tokens, other_tokens_carry_their_class) {
  const auto token = async::blockOn([&] { return signer.sign({{"sit", "x"}}, token_class::jwtTemplate); });
  EXPECT_EQ(part(token, 0).at("cat"), "cl_B7d4PD222AAA");
  EXPECT_EQ(signer.verify(token)->at("sit"), "x");
  EXPECT_FALSE(part(async::blockOn([&] { return signer.sign({}, ""); }), 0).contains("cat"));
}

TEST_F(Tokens, fifty_at_once_all_differ_and_verify) {
  async::blockOn([&]() -> async::Task<> {
    std::vector<async::Task<std::string>> mints;
    for (int i = 0; i < 50; ++i) mints.push_back(signer.sessionToken(session, {}));
    std::set<std::string> tokens;
    for (auto& mint : mints) tokens.insert(co_await mint);
    EXPECT_EQ(tokens.size(), 50u);
    for (const auto& token : tokens) EXPECT_TRUE(signer.verify(token));
  });
}

}  // namespace
}  // namespace clerk::instance
