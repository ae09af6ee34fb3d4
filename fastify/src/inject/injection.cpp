#include "injection.hpp"

#include "../http/status.hpp"
#include "../lifecycle/exchange.hpp"
#include "../lifecycle/transport.hpp"

#include <ecmascript/json_text.hpp>
#include <ecmascript/uri.hpp>

#include <async/event_loop.hpp>

#include <algorithm>
#include <array>
#include <ctime>

namespace fastify {

namespace {

bool sameName(std::string_view a, std::string_view b) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

std::string httpDate() {
  std::array<char, 40> text;
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

std::string queryText(const Json& value) {
  return value.is_string() ? std::string(std::string_view(value.get_string())) : ecmascript::stringify(value);
}

std::string withQuery(std::string url, const JsonObject& query) {
  for (const auto& [name, value] : query) {
    auto add = [&](const Json& single) {
      url += url.find('?') == url.npos ? '?' : '&';
      url.append(ecmascript::encodeUriComponent(name))
          .append("=")
          .append(ecmascript::encodeUriComponent(queryText(single)));
    };
    if (value.is_array()) {
      for (const auto& single : value.get_array()) add(single);
    } else {
      add(value);
    }
  }
  return url;
}

/// The transport of one injected request: keeps what would be sent.
class Injection final : public Transport {
 public:
  Injection(const Application& application, InjectRequest request)
      : request_(std::move(request)), exchange_(application) {}

  void start() {
    prepare();
    IncomingMessage message;
    message.method = *http::findMethod(request_.method);
    message.target = request_.url;
    message.headers = fields_;
    if (hasBody_) message.contentLength = body_.size();
    message.remoteAddress = request_.remoteAddress;
    exchange_.start(*this, message);
  }

  bool over() const noexcept { return over_; }
  InjectResponse take() {
    if (aborted_) throw FastifyError(500, "ECONNRESET", "the connection was cut before the answer was complete");
    return std::move(response_);
  }

  void receiveBody() override {
    if (!body_.empty()) exchange_.onBodyData(body_);
    exchange_.onBodyEnd();
  }
  void pauseBody() override {}
  void resumeBody() override {}

  void respond(const OutgoingHead& head, std::string_view body) override {
    takeHead(head);
    response_.body = body;
    exchange_.onSent();
  }
  void beginBody(const OutgoingHead& head) override { takeHead(head); }
  bool writeBody(std::string_view data) override {
    response_.body += data;
    return true;
  }
  void endBody(std::span<const HeaderField> trailers) override {
    for (const auto& [name, value] : trailers) response_.trailers.emplace_back(name, value);
    exchange_.onSent();
  }
  void respondInformational(int, std::span<const HeaderField>) override {}
  void abort() override {
    aborted_ = true;
    exchange_.onClosed();
  }
  void exchangeEnded() override { over_ = true; }

 private:
  /// Settles what light-my-request fills in.
  void prepare() {
    std::transform(request_.method.begin(), request_.method.end(), request_.method.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (!http::findMethod(request_.method))
      throw FastifyError(500, "FST_ERR_ROUTE_METHOD_INVALID", "Provided method is invalid!");
    request_.url = withQuery(std::move(request_.url), request_.query);
    if (request_.url.empty() || request_.url.front() != '/') {
      // An absolute URL names the authority too.
      const auto scheme = request_.url.find("://");
      if (scheme == request_.url.npos) request_.url.insert(request_.url.begin(), '/');
    }
    auto addUnlessThere = [&](std::string_view name, std::string value) {
      const bool there = std::any_of(request_.headers.begin(), request_.headers.end(),
                                     [&](const auto& header) { return sameName(header.first, name); });
      if (!there) request_.headers.emplace_back(name, std::move(value));
    };
    if (request_.payload.isJson()) {
      body_ = ecmascript::stringify(request_.payload.json());
      addUnlessThere("content-type", "application/json");
    } else if (request_.payload.isText()) {
      body_ = request_.payload.text();
    } else if (request_.payload.isBuffer()) {
      body_ = request_.payload.buffer().bytes;
    }
    hasBody_ = !request_.payload.isUndefined();
    if (hasBody_) addUnlessThere("content-length", std::to_string(body_.size()));
    addUnlessThere("user-agent", "lightMyRequest");
    addUnlessThere("host", request_.authority);
    if (!request_.cookies.empty()) {
      std::string cookies;
      for (const auto& [name, value] : request_.cookies)
        cookies.append(cookies.empty() ? "" : "; ")
            .append(name)
            .append("=")
            .append(ecmascript::encodeUriComponent(value));
      addUnlessThere("cookie", cookies);
    }
    for (const auto& [name, value] : request_.headers) fields_.push_back({name, value});
  }

  void takeHead(const OutgoingHead& head) {
    response_.statusCode = head.statusCode;
    const auto phrase = http::reasonPhrase(head.statusCode);
    response_.statusMessage = phrase.empty() ? "unknown" : std::string(phrase);
    bool dated = false;
    for (const auto& [name, value] : head.headers) {
      response_.headers.emplace_back(lowerCase(name), value);
      dated = dated || sameName(name, "date");
    }
    if (!dated) response_.headers.emplace_back("date", httpDate());
    response_.headers.emplace_back("connection", head.close ? "close" : "keep-alive");
    if (head.framing == Framing::Chunked) response_.headers.emplace_back("transfer-encoding", "chunked");
  }

  InjectRequest request_;
  std::string body_;
  bool hasBody_ = false;
  std::vector<HeaderField> fields_;
  InjectResponse response_;
  bool over_ = false;
  bool aborted_ = false;
  Exchange exchange_;
};

}  // namespace

InjectResponse injectInto(const Application& application, InjectRequest request) {
  async::EventLoop own;
  auto* loop = async::EventLoop::find();
  if (!loop) loop = &own;
  Injection injection(application, std::move(request));
  std::exception_ptr thrown;
  loop->post([&] {
    try {
      injection.start();
    } catch (...) {
      thrown = std::current_exception();
    }
  });
  loop->runUntil([&] { return thrown || injection.over(); });
  if (thrown) std::rethrow_exception(thrown);
  return injection.take();
}

}  // namespace fastify
