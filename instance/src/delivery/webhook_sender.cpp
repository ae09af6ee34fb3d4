#include "delivery/webhook_sender.hpp"

#include "delivery/webhook_signature.hpp"

#include <async/event_loop.hpp>
#include <fetch/fetch.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace clerk::instance {
namespace {

constexpr webhooks::KeyLength keyLength{.least = 16, .most = SIZE_MAX};
constexpr std::size_t maxAnswer = 64 * 1024;

bool startsWithThisMachine(std::string_view url) {
  constexpr std::array hosts{"http://localhost", "http://127.0.0.1", "http://[::1]"};
  for (const std::string_view host : hosts) {
    const auto rest = url.starts_with(host) ? url.substr(host.size()) : std::string_view("x");
    if (rest.empty() || rest.front() == ':' || rest.front() == '/') return true;
  }
  return false;
}

std::string bodyOf(const Message& message) {
  return boost::json::serialize(boost::json::object{{"id", message.id},
                                                    {"channel", nameOf(message.channel)},
                                                    {"to", message.to},
                                                    {"subject", message.subject},
                                                    {"body", message.body},
                                                    {"slug", message.slug},
                                                    {"user_id", message.userId},
                                                    {"created_at", toMilliseconds(message.createdAt)}});
}

bool isRefusal(int status) {
  return status >= 400 && status < 500 && status != 408 && status != 409 && status != 425 && status != 429;
}

class WebhookSender final : public Sender {
 public:
  explicit WebhookSender(WebhookSenderOptions options) : options_(std::move(options)) {
    if (!options_.url.starts_with("https://") && !startsWithThisMachine(options_.url)) {
      throw std::invalid_argument("messages go to https:// addresses, or to http:// ones of this machine");
    }
    const auto key = webhooks::keyOf(options_.signingSecret, keyLength);
    if (!key) {
      throw std::invalid_argument(
          "the signing secret of the message webhook is no whsec_ and base64 of 16 bytes or more");
    }
    key_ = *key;
  }

  bool takes(MessageChannel channel) const override { return channel == MessageChannel::Sms || options_.mails; }

  void send(const Message& message) override {
    const auto status = async::blockOn([&]() -> async::Task<int> {
      try {
        co_return (co_await fetch::fetch(requestFor(message))).status;
      } catch (const fetch::Error& error) {
        throw DeliveryError(std::string("message webhook: ") + error.what(), false);
      }
    });
    if (status < 200 || status > 299) {
      throw DeliveryError("message webhook: it answered " + std::to_string(status), isRefusal(status));
    }
  }

 private:
  fetch::Request requestFor(const Message& message) const {
    auto body = bodyOf(message);
    auto headers = webhooks::signedHeaders(key_, message.id, SystemClock().now(), body, {"webhook"});
    headers.emplace_back("content-type", "application/json");
    return {.method = "POST",
            .url = options_.url,
            .headers = std::move(headers),
            .body = std::move(body),
            .maxResponseSize = maxAnswer};
  }

  WebhookSenderOptions options_;
  std::string key_;
};

}  // namespace

std::unique_ptr<Sender> makeWebhookSender(WebhookSenderOptions options) {
  return std::make_unique<WebhookSender>(std::move(options));
}

}  // namespace clerk::instance
