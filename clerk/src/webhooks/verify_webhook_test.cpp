#include <clerk/webhooks.hpp>

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <gtest/gtest.h>

using namespace clerk;

namespace {
constexpr std::int64_t kNow = 1'750'000'000;
const std::string kKey = "0123456789abcdef0123456789abcdef";
// Odd spacing and an escape: the bytes count, not what they mean.
const std::string kBody = "{ \"type\": \"user.created\",\n \"data\": {\"name\": \"\\u0041da\"}, \"extra\": 1 }";

std::string signatureOf(std::int64_t seconds, const std::string& body, const std::string& key = kKey) {
  return "v1," + crypto::base64Encode(
                     crypto::bytesOf(crypto::hmacSha256(key, "msg_1." + std::to_string(seconds) + '.' + body)));
}

HeaderList headers(std::int64_t seconds, const std::string& signature) {
  return HeaderList({{"Svix-Id", "msg_1"}, {"svix-timestamp", std::to_string(seconds)}, {"svix-signature", signature}});
}

VerifyWebhookOptions options() {
  return {.signingSecret = "whsec_" + crypto::base64Encode(kKey),
          .runtime = std::make_shared<Runtime>(
              RuntimeHooks{.now = [] { return std::chrono::system_clock::time_point(std::chrono::seconds(kNow)); }})};
}

/// Why it is refused, or "accepted".
std::string outcome(const HeaderList& list, const std::string& body) {
  try {
    verifyWebhook(list, body, options());
    return "accepted";
  } catch (const Error& error) {
    return error.what();
  }
}
}  // namespace

TEST(VerifyWebhook, checks_the_bytes_that_were_received) {
  const auto event = verifyWebhook(headers(kNow, signatureOf(kNow, kBody)), kBody, options());
  EXPECT_EQ(event.type, "user.created");
  EXPECT_EQ(event.data.at("name"), "Ada");
  EXPECT_FALSE(event.json.contains("extra"));
  const std::string rewritten = R"({"type":"user.created","data":{"name":"Ada"},"extra":1})";
  EXPECT_NE(outcome(headers(kNow, signatureOf(kNow, kBody)), rewritten), "accepted");
}

TEST(VerifyWebhook, accepts_any_of_several_signatures) {
  const auto rotated = signatureOf(kNow, kBody, "another key") + " " + signatureOf(kNow, kBody);
  EXPECT_EQ(outcome(headers(kNow, rotated), kBody), "accepted");
}

TEST(VerifyWebhook, refuses_messages_beyond_five_minutes) {
  for (auto seconds : {kNow - 300, kNow + 300})
    EXPECT_EQ(outcome(headers(seconds, signatureOf(seconds, kBody)), kBody), "accepted");
  for (auto seconds : {kNow - 301, kNow + 301})
    EXPECT_NE(outcome(headers(seconds, signatureOf(seconds, kBody)), kBody), "accepted");
}

TEST(VerifyWebhook, wants_all_headers_and_a_secret) {
  EXPECT_NE(outcome(HeaderList(), kBody).find("svix-id, svix-timestamp, svix-signature"), std::string::npos);
  EXPECT_THROW(verifyWebhook(headers(kNow, "v1,x"), kBody, {.signingSecret = ""}), Error);
  EXPECT_THROW(verifyWebhook(headers(kNow, "v1,x"), kBody, {.signingSecret = "whsec_!"}), Error);
}
