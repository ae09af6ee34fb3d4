#include "delivery/webhook_signature.hpp"

#include <gtest/gtest.h>

namespace clerk::instance::webhooks {
namespace {

std::string headerOf(const std::vector<std::pair<std::string, std::string>>& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return "";
}

TEST(WebhookSignature, is_that_of_the_standards_example) {
  // Standard Webhooks, "Verifying signatures": the example of its libraries.
  const auto key = keyOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  ASSERT_TRUE(key);
  const auto headers =
      signedHeaders(*key, "msg_p5jXN8AQM9LWM0D4loKWxJek", fromMilliseconds(1614265330000), R"({"test": 2432232314})");
  for (const auto* name : {"svix-signature", "webhook-signature"}) {
    EXPECT_EQ(headerOf(headers, name), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }
  EXPECT_EQ(headerOf(headers, "webhook-timestamp"), "1614265330");
  EXPECT_EQ(headerOf(headers, "svix-id"), "msg_p5jXN8AQM9LWM0D4loKWxJek");
}

TEST(WebhookSignature, secrets_are_read_strictly) {
  EXPECT_EQ(keyOf(secretOf(std::string(24, 'k'))), std::string(24, 'k'));
  for (const auto* wrong : {"", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!!"}) {
    EXPECT_FALSE(keyOf(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace clerk::instance::webhooks
