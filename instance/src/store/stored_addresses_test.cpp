#include "store/stored_addresses.hpp"

#include "store/store_error.hpp"

#include <gtest/gtest.h>

namespace clerk::instance {
namespace {

constexpr Time start = fromMilliseconds(1'800'000'000'000);

TEST(StoredAddresses, come_back_as_they_were) {
  std::vector<EmailAddress> addresses(2);
  addresses[0] = {
      .id = "idn_1", .emailAddress = "a\"b\\ü@example.com", .reserved = true, .createdAt = start, .updatedAt = start};
  addresses[1] = {.id = "idn_2", .emailAddress = "c@example.com", .createdAt = start, .updatedAt = start};
  addresses[1].verification = Verification{.id = "ver_1",
                                           .strategy = "email_code",
                                           .status = VerificationStatus::Verified,
                                           .attempts = 1,
                                           .expireAt = start,
                                           .identificationId = "idn_2",
                                           .verifiedAtClient = "client_1",
                                           .createdAt = start};
  EXPECT_EQ(readAddresses(storedAddresses(addresses)), addresses);
  EXPECT_TRUE(readAddresses(storedAddresses({})).empty());
}

TEST(StoredAddresses, of_a_proof_that_goes_on_the_id_is_kept) {
  std::vector<EmailAddress> addresses(1);
  addresses[0].verification = Verification{.id = "ver_1", .strategy = "email_code", .attempts = 1};
  const auto read = readAddresses(storedAddresses(addresses));
  EXPECT_EQ(read[0].verification->id, "ver_1");
  EXPECT_TRUE(isPending(*read[0].verification));
}

TEST(StoredAddresses, refuses_what_it_did_not_write) {
  for (auto text : {"", "{}", "[1]", "[{}]", R"([{"id":1}])", "[{\"id\":\"x\""}) {
    EXPECT_THROW(readAddresses(text), StoreError) << text;
  }
}

}  // namespace
}  // namespace clerk::instance
