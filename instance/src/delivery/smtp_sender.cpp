#include "delivery/smtp_sender.hpp"

#include "delivery/mail_text.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace clerk::instance {
namespace {

constexpr long connectSeconds = 10;
constexpr long totalSeconds = 30;

/// What is left to be sent of one text.
struct Upload {
  std::string_view rest;
};

std::size_t readUpload(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& upload = *static_cast<Upload*>(user);
  const auto length = std::min(size * count, upload.rest.size());
  std::memcpy(buffer, upload.rest.data(), length);
  upload.rest.remove_prefix(length);
  return length;
}

std::string hostOf(const std::string& url) {
  CURLU* parts = curl_url();
  char* host = nullptr;
  const bool good = parts && curl_url_set(parts, CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
                    curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK;
  std::string text = good && host ? host : "";
  curl_free(host);
  curl_url_cleanup(parts);
  return text;
}

bool isThisMachine(const std::string& host) { return host == "localhost" || host == "127.0.0.1" || host == "[::1]"; }

class SmtpSender final : public Sender {
 public:
  explicit SmtpSender(SmtpOptions options) : options_(std::move(options)), host_(hostOf(options_.url)) {
    const bool schemeFits = options_.url.starts_with("smtp://") || options_.url.starts_with("smtps://");
    if (!schemeFits || host_.empty()) {
      throw std::invalid_argument("the mail server is no address like smtp://mail.example.com:587");
    }
    if (addressOf(options_.from).find('@') == std::string_view::npos) {
      throw std::invalid_argument("mails need a sender such as \"Example <no-reply@example.com>\"");
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    curl_ = curl_easy_init();
    if (!curl_) throw std::bad_alloc();
  }
  SmtpSender(const SmtpSender&) = delete;
  SmtpSender& operator=(const SmtpSender&) = delete;
  ~SmtpSender() override { curl_easy_cleanup(curl_); }

  bool takes(MessageChannel channel) const override { return channel == MessageChannel::Email; }

  void send(const Message& message) override {
    const auto text = mailText(message, options_.from);
    const auto sender = "<" + std::string(addressOf(options_.from)) + ">";
    const auto recipient = "<" + message.to + ">";
    // It would end the command and begin another one.
    if (recipient.find_first_of("\r\n") != std::string::npos) throw DeliveryError("the address is none", true);
    Upload upload{text};
    curl_slist* recipients = curl_slist_append(nullptr, recipient.c_str());
    curl_easy_reset(curl_);
    curl_easy_setopt(curl_, CURLOPT_URL, options_.url.c_str());
    curl_easy_setopt(curl_, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl_, CURLOPT_USE_SSL, isThisMachine(host_) ? CURLUSESSL_TRY : CURLUSESSL_ALL);
    curl_easy_setopt(curl_, CURLOPT_MAIL_FROM, sender.c_str());
    curl_easy_setopt(curl_, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl_, CURLOPT_READFUNCTION, readUpload);
    curl_easy_setopt(curl_, CURLOPT_READDATA, &upload);
    curl_easy_setopt(curl_, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl_, CURLOPT_CONNECTTIMEOUT, connectSeconds);
    curl_easy_setopt(curl_, CURLOPT_TIMEOUT, totalSeconds);
    curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    const auto code = curl_easy_perform(curl_);
    long response = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &response);
    curl_slist_free_all(recipients);
    if (code != CURLE_OK) fail(code, response);
  }

 private:
  [[noreturn]] void fail(CURLcode code, long response) const {
    constexpr long permanentFailure = 550;  // RFC 5321 §4.2.1: 5yz; below are those of our own configuration
    std::string what = "mail server " + host_ + ": " + curl_easy_strerror(code);
    if (response >= 400) what += " (" + std::to_string(response) + ")";
    throw DeliveryError(what, response >= permanentFailure && response < 600);
  }

  SmtpOptions options_;
  std::string host_;
  CURL* curl_ = nullptr;
};

}  // namespace

std::unique_ptr<Sender> makeSmtpSender(SmtpOptions options) { return std::make_unique<SmtpSender>(std::move(options)); }

}  // namespace clerk::instance
