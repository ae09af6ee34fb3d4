#include "model/error_text.hpp"
#include "model/ids.hpp"
#include "model/outcome.hpp"
#include "model/random.hpp"
#include "model/session.hpp"
#include "model/sign_in.hpp"
#include "model/sign_up.hpp"
#include "model/user.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace clerk::instance {
namespace {

using namespace std::chrono_literals;

/// Gives the bytes 0, 1, 2, …
class CountingRandom final : public Random {
 public:
  void fill(std::span<unsigned char> bytes) override {
    for (auto& byte : bytes) byte = next_++;
  }

 private:
  unsigned char next_ = 0;
};

TEST(Ids, ksuid_text_of_the_least_and_the_greatest) {
  std::array<unsigned char, 20> bytes{};
  EXPECT_EQ(ksuidText(bytes), "000000000000000000000000000");
  bytes.fill(0xff);
  EXPECT_EQ(ksuidText(bytes), "aWgEPTl1tmebfsQzFP4bxwgy80V");  // segmentio/ksuid's maximum
}

TEST(Ids, ksuid_text_of_a_known_value) {
  // segmentio/ksuid README: 0669F7EFB5A1CD34B5F99D1154FB6853345C9735 is 0ujtsYcgvSTl8PAuAdqWYSMnLOv.
  const std::array<unsigned char, 20> bytes{0x06, 0x69, 0xF7, 0xEF, 0xB5, 0xA1, 0xCD, 0x34, 0xB5, 0xF9,
                                            0x9D, 0x11, 0x54, 0xFB, 0x68, 0x53, 0x34, 0x5C, 0x97, 0x35};
  EXPECT_EQ(ksuidText(bytes), "0ujtsYcgvSTl8PAuAdqWYSMnLOv");
}

TEST(Ids, have_a_prefix_and_sort_by_time) {
  SystemRandom random;
  const Time early = fromMilliseconds(1'795'584'187'000);
  const auto first = newId(id::user, early, random);
  const auto second = newId(id::user, early + 1s, random);
  EXPECT_EQ(first.size(), 5 + 27u);
  EXPECT_TRUE(first.starts_with("user_3"));
  EXPECT_LT(first, second);
}

TEST(Random, draws_below_the_bound) {
  SystemRandom random;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.below(3));
  EXPECT_EQ(seen, (std::set<std::uint64_t>{0, 1, 2}));
}

TEST(Random, gives_digits_and_letters_of_the_length_asked_for) {
  SystemRandom random;
  const auto digits = random.digits(6);
  EXPECT_EQ(digits.size(), 6u);
  EXPECT_TRUE(std::ranges::all_of(digits, [](unsigned char c) { return std::isdigit(c); }));
  const auto letters = random.base62(200);
  EXPECT_EQ(letters.size(), 200u);
  EXPECT_TRUE(std::ranges::all_of(letters, [](unsigned char c) { return std::isalnum(c); }));
  EXPECT_EQ(CountingRandom().hex(3), "000102");
}

TEST(Session, is_live_until_it_expires) {
  Session session;
  session.expireAt = fromMilliseconds(1000);
  session.abandonAt = fromMilliseconds(5000);
  EXPECT_TRUE(session.isLive(fromMilliseconds(999)));
  EXPECT_EQ(session.statusAt(fromMilliseconds(1000)), SessionStatus::Expired);
  EXPECT_EQ(session.statusAt(fromMilliseconds(5000)), SessionStatus::Abandoned);
  session.status = SessionStatus::Removed;
  EXPECT_EQ(session.statusAt(fromMilliseconds(1000)), SessionStatus::Removed);
}

TEST(Session, factor_ages_are_whole_minutes_and_minus_one_for_never) {
  Session session;
  session.firstFactorVerifiedAt = fromMilliseconds(0);
  const auto age = factorVerificationAge(session, fromMilliseconds(119'999));
  EXPECT_EQ(age.first, 1);
  EXPECT_EQ(age.second, -1);
}

TEST(Names, go_there_and_back) {
  for (auto name : {"active", "pending", "ended", "removed", "replaced", "expired", "abandoned", "revoked"}) {
    EXPECT_EQ(nameOf(*sessionStatusOf(name)), name);
  }
  for (auto name : {"needs_identifier", "needs_first_factor", "needs_second_factor", "needs_client_trust",
                    "needs_new_password", "complete", "abandoned"}) {
    EXPECT_EQ(nameOf(*signInStatusOf(name)), name);
  }
  EXPECT_FALSE(signUpStatusOf("nonsense"));
}

TEST(Verification, expires_while_unverified_alone) {
  Verification verification{.expireAt = fromMilliseconds(10)};
  EXPECT_EQ(verification.statusAt(fromMilliseconds(9)), VerificationStatus::Unverified);
  EXPECT_EQ(verification.statusAt(fromMilliseconds(10)), VerificationStatus::Expired);
  verification.status = VerificationStatus::Verified;
  EXPECT_EQ(verification.statusAt(fromMilliseconds(10)), VerificationStatus::Verified);
}

TEST(User, a_lock_ends_or_does_not) {
  User user;
  EXPECT_FALSE(user.isLocked(fromMilliseconds(5)));
  user.lockedAt = fromMilliseconds(0);
  EXPECT_TRUE(user.isLocked(fromMilliseconds(5)));
  user.lockExpiresAt = fromMilliseconds(5);
  EXPECT_FALSE(user.isLocked(fromMilliseconds(5)));
}

TEST(ErrorText, what_was_sent_is_repeated_by_whole_characters) {
  EXPECT_EQ(errors::beginning("abc", 3), "abc");
  EXPECT_EQ(errors::beginning("abcd", 3), "abc");
  EXPECT_EQ(errors::beginning("aé", 2), "a");
  EXPECT_EQ(errors::beginning("💩💩", 7), "💩");
  EXPECT_EQ(errors::beginning("\x80\x80\x80\x80", 3), "");
}

TEST(Outcome, asking_a_failure_for_its_value_is_misuse) {
  Outcome<int> outcome = Failure(Error{Trouble::NotFound, "resource_not_found", "not found", "not found", "", {}});
  EXPECT_FALSE(outcome.has_value());
  EXPECT_THROW(outcome.value(), std::logic_error);
  EXPECT_EQ(outcome.error().first().code, "resource_not_found");
}

}  // namespace
}  // namespace clerk::instance
