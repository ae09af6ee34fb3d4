#include <clerk/jwt.hpp>

#include "jwt/test_tokens.hpp"
#include "jwt/token_cache.hpp"
#include "jwt/utc_date.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace clerk;
using namespace clerk::test;
using namespace std::chrono_literals;
namespace Reason = TokenVerificationErrorReason;

namespace {

VerifyJwtOptions options(std::int64_t milliseconds = kNow * 1000) {
  return {.key = publicPem(), .runtime = runtimeAt(milliseconds)};
}

/// The reason of the refusal, or "accepted".
std::string reasonOf(const std::string& token, const VerifyJwtOptions& how = options()) {
  try {
    verifyJwt(token, how);
    return "accepted";
  } catch (const TokenVerificationError& error) {
    return error.reason;
  }
}

std::string with(std::string_view claim, boost::json::value value) {
  auto claims = sessionClaims();
  claims[claim] = std::move(value);
  return signToken(claims);
}

}  // namespace

TEST(VerifyJwt, gives_the_claims) {
  const auto claims = verifyJwt(signToken(), options());
  EXPECT_EQ(claims.sub(), "user_1");
  EXPECT_EQ(claims.sid(), "sess_1");
  EXPECT_EQ(claims.iss(), "https://clerk.example.com");
  EXPECT_EQ(claims.azp(), "https://app.example.com");
  EXPECT_EQ(claims.exp().time_since_epoch(), std::chrono::seconds(kNow + 60));
  EXPECT_EQ(*claims.find("v"), 2);
  EXPECT_EQ(claims.find("nothing"), nullptr);
  EXPECT_EQ(boost::json::value(claims), boost::json::value(sessionClaims()));
}

TEST(VerifyJwt, refuses_what_is_no_token) {
  for (auto token : {"", "x", "a.b", "..", "a.b.c", "a.b.c.d", "....", "\xff.\xff.\xff"}) {
    EXPECT_EQ(reasonOf(token), Reason::TokenInvalid) << token;
  }
  EXPECT_EQ(reasonOf(std::string(100'000, '.')), Reason::TokenInvalid);
  EXPECT_EQ(reasonOf(signText("[]", "{}")), Reason::TokenInvalidAlgorithm);
  EXPECT_EQ(reasonOf(signText(R"({"alg":"RS256"})", "[]")), Reason::TokenVerificationFailed);
}

TEST(VerifyJwt, checks_the_algorithm_before_the_signature) {
  for (auto algorithm : {"none", "None", "HS256", "PS256", "ES256", "rs256", "", "RS256 "}) {
    EXPECT_EQ(reasonOf(signToken(sessionClaims(), {{"alg", algorithm}})), Reason::TokenInvalidAlgorithm) << algorithm;
  }
  EXPECT_EQ(reasonOf(signToken(sessionClaims(), {{"typ", "JWT"}})), Reason::TokenInvalidAlgorithm);
  EXPECT_EQ(reasonOf(signToken(sessionClaims(), {{"alg", "RS512"}})), Reason::TokenVerificationFailed)
      << "a PEM verifies RS256 alone";
}

TEST(VerifyJwt, refuses_a_token_that_was_changed) {
  const auto token = signToken();
  const auto other = with("sub", "user_2");
  const auto dot = token.rfind('.');
  EXPECT_EQ(reasonOf(other.substr(0, other.rfind('.')) + token.substr(dot)), Reason::TokenInvalidSignature);
  auto flipped = token;
  flipped[dot + 5] = flipped[dot + 5] == 'A' ? 'B' : 'A';
  EXPECT_EQ(reasonOf(flipped), Reason::TokenInvalidSignature);
  EXPECT_EQ(reasonOf(token.substr(0, dot + 1)), Reason::TokenInvalidSignature);
}

TEST(VerifyJwt, has_one_spelling_of_each_token_unless_told_otherwise) {
  auto reference = options();
  reference.strictness = Strictness::AsReference;
  EXPECT_EQ(reasonOf(signToken() + "=="), Reason::TokenInvalid);
  EXPECT_EQ(reasonOf(signToken() + "==", reference), "accepted");
  const auto bom = signText(R"({"alg":"RS256"})", "\xef\xbb\xbf" + ecmascript::stringify(sessionClaims()));
  EXPECT_EQ(reasonOf(bom), Reason::TokenInvalid);
  EXPECT_EQ(reasonOf(bom, reference), "accepted");
}

TEST(VerifyJwt, counts_the_last_of_equal_claims) {
  auto text = ecmascript::stringify(sessionClaims());
  text.insert(1, "\"sub\":\"user_0\",\"exp\":1,");
  const auto claims = verifyJwt(signText(R"({"alg":"RS256"})", text), options());
  EXPECT_EQ(claims.sub(), "user_1");
  EXPECT_EQ(*claims.find("sub"), "user_1");
}

TEST(VerifyJwt, allows_clocks_to_differ_by_five_seconds) {
  const auto token = signToken();
  EXPECT_EQ(reasonOf(token, options((kNow + 65) * 1000 - 1)), "accepted");
  EXPECT_EQ(reasonOf(token, options((kNow + 65) * 1000)), Reason::TokenExpired);
  EXPECT_EQ(reasonOf(with("nbf", kNow + 5)), "accepted");
  EXPECT_EQ(reasonOf(with("nbf", kNow + 6)), Reason::TokenNotActiveYet);
  EXPECT_EQ(reasonOf(with("iat", kNow + 5)), "accepted");
  EXPECT_EQ(reasonOf(with("iat", kNow + 6)), Reason::TokenIatInTheFuture);
  auto exact = options((kNow + 60) * 1000);
  exact.clockSkew = 0ms;
  EXPECT_EQ(reasonOf(token, exact), Reason::TokenExpired);
}

TEST(VerifyJwt, refuses_times_that_are_no_dates) {
  for (const boost::json::value& exp : {boost::json::value(nullptr), boost::json::value("1"), boost::json::value(true),
                                        boost::json::value(1e300), boost::json::value(8.7e12)}) {
    EXPECT_EQ(reasonOf(with("exp", exp)), Reason::TokenVerificationFailed) << exp;
  }
  auto reference = options();
  reference.strictness = Strictness::AsReference;
  EXPECT_EQ(reasonOf(with("exp", 8.7e12), reference), "accepted") << "the reference lets it live for ever";
}

TEST(VerifyJwt, checks_audience_party_and_issuer_when_asked) {
  auto how = options();
  how.audience = {"api", "web"};
  EXPECT_EQ(reasonOf(with("aud", "api"), how), "accepted");
  EXPECT_EQ(reasonOf(with("aud", {"x", "web"}), how), "accepted");
  EXPECT_EQ(reasonOf(with("aud", "other"), how), Reason::TokenVerificationFailed);
  EXPECT_EQ(reasonOf(with("aud", {"other"}), how), Reason::TokenVerificationFailed);
  EXPECT_EQ(reasonOf(signToken(), how), "accepted") << "no claim: not checked, as in the reference";

  how = options();
  how.authorizedParties = {"https://app.example.com"};
  EXPECT_EQ(reasonOf(signToken(), how), "accepted");
  EXPECT_EQ(reasonOf(with("azp", "https://evil.example"), how), Reason::TokenInvalidAuthorizedParties);
  EXPECT_EQ(reasonOf(with("azp", nullptr), how), Reason::TokenInvalidAuthorizedParties);

  how = options();
  how.issuer = {"https://clerk.example.com"};
  EXPECT_EQ(reasonOf(signToken(), how), "accepted");
  EXPECT_EQ(reasonOf(with("iss", "https://clerk.example.com/"), how), Reason::TokenInvalidIssuer);
}

TEST(VerifyJwt, checks_a_known_token_against_the_key_at_hand) {
  const auto token = signToken();
  EXPECT_EQ(reasonOf(token), "accepted");
  auto foreign = options();
  foreign.key = crypto::RsaPrivateKey::generate().publicKey().toPem();
  EXPECT_EQ(reasonOf(token, foreign), Reason::TokenInvalidSignature) << "verified with another key before";
  EXPECT_EQ(reasonOf(token), "accepted");
}

TEST(VerifyJwt, remembers_tokens_until_they_expire_and_only_if_it_may) {
  const auto token = with("jti", "remembered");
  const auto isKnown = [&] { return jwt::TokenCache::ofThread().find(token, Strictness::Strict) != nullptr; };
  auto how = options();
  how.cacheVerifiedTokens = false;
  EXPECT_EQ(reasonOf(token, how), "accepted");
  EXPECT_FALSE(isKnown());
  EXPECT_EQ(reasonOf(token), "accepted");
  EXPECT_TRUE(isKnown());
  how = options();
  how.runtime = runtimeAt((kNow + 66) * 1000);
  EXPECT_EQ(reasonOf(token, how), Reason::TokenExpired);
  EXPECT_FALSE(isKnown());
}

TEST(VerifyJwt, refuses_small_keys) {
  const auto small = crypto::RsaPrivateKey::generate(1024);
  const auto part = crypto::base64urlEncode(R"({"alg":"RS256"})") + '.' +
                    crypto::base64urlEncode(ecmascript::stringify(sessionClaims()));
  const auto token = part + '.' + crypto::base64urlEncode(small.sign(part));
  auto how = options();
  how.key = small.publicKey().toPem();
  EXPECT_EQ(reasonOf(token, how), Reason::TokenVerificationFailed);
  how.strictness = Strictness::AsReference;
  EXPECT_EQ(reasonOf(token, how), "accepted");
}

TEST(SignJwt, signs_what_verifies) {
  auto claims = sessionClaims();
  claims["iat"] = 1;
  const auto token =
      signJwt(claims, signingKey().toPem(), {.algorithm = "RS256", .runtime = runtimeAt(kNow * 1000 + 999)});
  const auto verified = verifyJwt(token, options());
  EXPECT_EQ(*verified.find("iat"), kNow);
  EXPECT_EQ(ecmascript::stringify(decodeJwt(token).header), R"({"typ":"JWT","alg":"RS256"})");
  EXPECT_THROW(signJwt(claims, signingKey().toPem(), {.algorithm = "HS256"}), Error);
  EXPECT_THROW(signJwt(claims, "no key", {.algorithm = "RS256"}), Error);
}

TEST(VerifyJwt, does_not_take_a_token_for_another_with_the_same_signature) {
  const auto token = with("jti", "known");
  EXPECT_EQ(reasonOf(token), "accepted");
  for (std::size_t at : {std::size_t{0}, token.find('.') + 10, token.rfind('.') - 1}) {
    auto other = token;
    other[at] = other[at] == 'A' ? 'B' : 'A';
    EXPECT_NE(reasonOf(other), "accepted") << at;
  }
  EXPECT_EQ(reasonOf(token), "accepted");
}

namespace {
std::string textOf(std::size_t number, std::size_t size = 700) {
  auto text = std::to_string(number);
  return std::string(size - text.size(), 'x') + text;
}
jwt::VerifiedJwt verified(const std::string& token, Strictness strictness = Strictness::Strict) {
  return {std::make_shared<const jwt::DecodedJwt>(token, strictness), 1};
}
}  // namespace

TEST(TokenCache, is_bounded_and_keeps_what_is_used) {
  jwt::TokenCache cache;
  for (std::size_t n = 0; n < 5000; ++n) {
    cache.insert(verified(textOf(n)));
    EXPECT_TRUE(cache.find(textOf(0), Strictness::Strict));
  }
  EXPECT_TRUE(cache.find(textOf(4999), Strictness::Strict));
  EXPECT_FALSE(cache.find(textOf(1), Strictness::Strict));
  EXPECT_FALSE(cache.find(textOf(0), Strictness::AsReference));
  cache.erase(textOf(0));
  EXPECT_FALSE(cache.find(textOf(0), Strictness::Strict));
}

TEST(TokenCache, is_bounded_in_bytes) {
  jwt::TokenCache cache;
  std::vector<std::weak_ptr<const jwt::DecodedJwt>> tokens;
  const auto size = jwt::TokenCache::kMaximumTokenSize;
  for (std::size_t n = 0; n < 1000; ++n) {
    auto token = verified(textOf(n, size));
    tokens.push_back(token.jwt);
    cache.insert(std::move(token));
  }
  const auto kept = std::count_if(tokens.begin(), tokens.end(), [](const auto& token) { return !token.expired(); });
  EXPECT_LE(static_cast<std::size_t>(kept) * size, jwt::TokenCache::kMaximumSize);
  EXPECT_TRUE(cache.find(textOf(999, size), Strictness::Strict));
}

TEST(TokenCache, compares_whole_tokens) {
  jwt::TokenCache cache;
  const auto token = textOf(1);
  cache.insert(verified(token));
  EXPECT_TRUE(cache.find(token, Strictness::Strict));
  for (std::size_t at = 0; at < token.size(); ++at) {
    auto other = token;
    other[at] ^= 1;
    EXPECT_FALSE(cache.find(other, Strictness::Strict)) << at;
  }
  EXPECT_FALSE(cache.find('x' + token, Strictness::Strict)) << "the same end, but longer";
  EXPECT_FALSE(jwt::TokenCache::takes(token.substr(0, 63)));
  EXPECT_TRUE(cache.find(token, Strictness::Strict)) << "what is not known changes nothing";
}

TEST(UtcDate, is_javascripts) {
  EXPECT_EQ(jwt::utcText(1750000000.9), "Sun, 15 Jun 2025 15:06:40 GMT");
  EXPECT_EQ(jwt::utcText(0.0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(jwt::utcText(-1.0), "Wed, 31 Dec 1969 23:59:59 GMT");
  EXPECT_EQ(jwt::utcText(951782400.0), "Tue, 29 Feb 2000 00:00:00 GMT");
  EXPECT_EQ(jwt::utcText(8.64e12), "Sat, 13 Sep 275760 00:00:00 GMT");
  EXPECT_EQ(jwt::utcText(-8.64e12), "Tue, 20 Apr -271821 00:00:00 GMT");
  EXPECT_EQ(jwt::utcText(8.65e12), "Invalid Date");
}
