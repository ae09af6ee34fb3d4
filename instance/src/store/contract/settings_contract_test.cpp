#include "store/contract/store_contract.hpp"

namespace clerk::instance {
namespace {

constexpr Time now = fromMilliseconds(1'800'000'000'000);

TEST_P(StoreContract, settings_are_those_of_the_configuration_until_they_are_changed) {
  RuntimeSettings configured;
  configured.organizations.maxAllowedMemberships = 7;
  const auto current = [&] { return read([&](const Transaction& tx) { return tx.settings().read(configured); }); };
  EXPECT_EQ(current(), configured);

  auto changed = configured;
  changed.organizations.slugDisabled = true;
  write([&](Transaction& tx) { tx.settings().write(configured, changed, now); });
  EXPECT_EQ(current(), changed);

  configured.organizations.maxAllowedMemberships = 9;
  EXPECT_EQ(current().organizations.maxAllowedMemberships, 9) << "what nobody changed follows the configuration";
  EXPECT_TRUE(current().organizations.slugDisabled);

  write([&](Transaction& tx) { tx.settings().write(configured, configured, now); });
  EXPECT_EQ(current(), configured);
}

}  // namespace
}  // namespace clerk::instance
