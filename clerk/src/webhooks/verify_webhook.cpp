#include <clerk/webhooks.hpp>

#include "json/json_reader.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>
#include <ecmascript/text.hpp>

#include <array>
#include <charconv>

namespace clerk {
namespace {

constexpr std::string_view kSecretPrefix = "whsec_";
constexpr std::int64_t kTolerance = 300;  // seconds; Standard Webhooks, "Verifying signatures"
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

Error unverifiable(std::string_view why) {
  return Error("@clerk/backend: Unable to verify incoming webhook: " + std::string(why));
}

std::string secretOf(const VerifyWebhookOptions& options) {
  auto secret = options.signingSecret;
  if (!secret) secret = runtimeOr(options.runtime)->environment("CLERK_WEBHOOK_SIGNING_SECRET");
  if (secret && !secret->empty()) return *std::move(secret);
  throw Error(
      "@clerk/backend: Missing webhook signing secret. Set the CLERK_WEBHOOK_SIGNING_SECRET environment variable "
      "with the webhook secret from the Clerk Dashboard.");
}

/// The bytes of `whsec_<base64>`; padding may be left out.
std::string keyOf(std::string_view secret) {
  if (secret.starts_with(kSecretPrefix)) secret.remove_prefix(kSecretPrefix.size());
  std::string padded(secret);
  while (padded.size() % 4 != 0 && padded.size() % 4 != 1) padded += '=';
  auto key = crypto::base64Decode(padded);
  if (!key) throw Error("The webhook signing secret is not base64.");
  if (key->empty()) throw Error("Secret can't be empty.");
  return *std::move(key);
}

struct Envelope {
  std::string_view id, timestamp, signature;
};

Envelope envelopeOf(const HeaderSource& headers) {
  Envelope envelope;
  const std::array<std::pair<const char*, std::string_view*>, 3> parts{
      {{"svix-id", &envelope.id}, {"svix-timestamp", &envelope.timestamp}, {"svix-signature", &envelope.signature}}};
  std::string missing;
  for (const auto& [name, value] : parts) {
    *value = ecmascript::trim(headers.get(name).value_or(""));
    if (value->empty()) missing += (missing.empty() ? "" : ", ") + std::string(name);
  }
  if (!missing.empty()) throw Error("@clerk/backend: Missing required webhook headers: " + missing);
  return envelope;
}

/// The whole number at the start, as JavaScript's parseInt reads it: that is what is signed.
std::int64_t secondsOf(std::string_view timestamp) {
  if (timestamp.starts_with('+')) timestamp.remove_prefix(1);
  std::int64_t seconds = 0;
  if (std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds).ec != std::errc()) {
    throw unverifiable("Invalid Signature Headers");
  }
  return seconds;
}

void checkTime(std::int64_t seconds, std::chrono::system_clock::time_point now) {
  const auto today = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  if (seconds < today - kTolerance) throw unverifiable("Message timestamp too old");
  if (seconds > today + kTolerance) throw unverifiable("Message timestamp too new");
}

/// Whether one of the signatures `v1,<base64> v1,<base64> …` is the expected one.
bool matches(std::string_view signatures, std::string_view expected) {
  bool found = false;
  for (;;) {
    const auto end = signatures.find(' ');
    const auto entry = signatures.substr(0, end);
    const auto comma = entry.find(',');
    if (comma != std::string_view::npos && entry.substr(0, comma) == "v1") {
      auto signature = entry.substr(comma + 1);
      signature = signature.substr(0, signature.find(','));
      found |= crypto::constantTimeEquals(signature, expected);
    }
    if (end == std::string_view::npos) return found;
    signatures.remove_prefix(end + 1);
  }
}

WebhookEvent eventOf(std::string_view body) {
  const auto json = json::parseAsJavaScript(body);
  if (!json) throw unverifiable("The body is no JSON");
  if (json->is_null()) throw unverifiable("The body is null");
  WebhookEvent event;
  event.type = json::textMember(*json, "type").value_or("");
  if (const auto* type = json::member(*json, "type")) event.json["type"] = *type;
  event.json["object"] = "event";
  for (auto name : {"data", "event_attributes", "timestamp", "instance_id"}) {
    if (const auto* member = json::member(*json, name)) event.json[name] = *member;
  }
  if (const auto* data = json::member(*json, "data")) event.data = *data;
  return event;
}

}  // namespace

WebhookEvent verifyWebhook(const HeaderSource& headers, std::string_view body, const VerifyWebhookOptions& options) {
  const auto secret = secretOf(options);
  const auto envelope = envelopeOf(headers);
  const auto key = keyOf(secret);
  if (body.starts_with(kByteOrderMark)) body.remove_prefix(kByteOrderMark.size());
  const auto seconds = secondsOf(envelope.timestamp);
  checkTime(seconds, runtimeOr(options.runtime)->now());
  const auto text = std::string(envelope.id) + '.' + std::to_string(seconds) + '.' + std::string(body);
  const auto expected = crypto::base64Encode(crypto::bytesOf(crypto::hmacSha256(key, text)));
  if (!matches(envelope.signature, expected)) throw unverifiable("No matching signature found");
  return eventOf(body);
}

}  // namespace clerk
