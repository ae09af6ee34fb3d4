// Webhooks: three lines of headers (id, timestamp, signature) and a body. What we did not sign is refused, what we did
// is refused only for its time or its form, and nothing but the SDK's own error comes out.

#include "require.hpp"

#include <clerk/errors.hpp>
#include <clerk/webhooks.hpp>

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <string>
#include <string_view>

namespace fuzz {
namespace {

std::string takeLine(std::string_view& input) {
  const auto end = input.find('\n');
  const std::string line(input.substr(0, end));
  input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
  return line;
}

bool isTaken(const clerk::HeaderList& headers, std::string_view body, const std::string& secret) {
  static const auto runtime = std::make_shared<clerk::Runtime>(clerk::RuntimeHooks{
      .now = [] { return std::chrono::system_clock::time_point(std::chrono::seconds(1'750'000'000)); }});
  try {
    const auto event = clerk::verifyWebhook(headers, body, {.signingSecret = secret, .runtime = runtime});
    REQUIRE(event.json.at("object") == "event");
    return true;
  } catch (const clerk::Error& error) {
    REQUIRE(*error.what());
    return false;
  }
}

}  // namespace

void webhook(std::string_view input) {
  static const std::string key = "0123456789abcdef0123456789abcdef";
  static const std::string secret = "whsec_" + crypto::base64Encode(key);
  const auto id = takeLine(input), timestamp = takeLine(input), signature = takeLine(input);
  REQUIRE(!isTaken(clerk::HeaderList({{"svix-id", id}, {"svix-timestamp", timestamp}, {"svix-signature", signature}}),
                   input, secret));

  const auto text = "msg_1.1750000000." + std::string(input);
  const auto right = "v1," + crypto::base64Encode(crypto::bytesOf(crypto::hmacSha256(key, text)));
  const auto signedBy = [&](const std::string& signatures) {
    return isTaken(
        clerk::HeaderList({{"svix-id", "msg_1"}, {"svix-timestamp", "1750000000"}, {"svix-signature", signatures}}),
        input, secret);
  };
  REQUIRE(signedBy(right) == signedBy("v1,AAAA " + right));
  // Any text as a secret: read or refused.
  isTaken(clerk::HeaderList({{"svix-id", "msg_1"}, {"svix-timestamp", "1750000000"}, {"svix-signature", right}}), "{}",
          signature);
}

}  // namespace fuzz
