#include "http2_stream.hpp"

#include "connection.hpp"
#include "http2_session.hpp"

#include "../http/characters.hpp"
#include "../http/response_writer.hpp"
#include "../lifecycle/application.hpp"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace fastify::server {

namespace {

constexpr std::string_view notFound =
    R"({"statusCode":404,"code":"FST_ERR_NOT_FOUND","error":"Not Found","message":"Not Found"})";
constexpr std::string_view headTooLarge =
    R"({"error":"Request Header Fields Too Large","message":"Exceeded maximum allowed HTTP header size","statusCode":431})";
constexpr std::string_view badRequest = R"({"error":"Bad Request","message":"Client Error","statusCode":400})";
constexpr std::string_view late = R"({"error":"Request Timeout","message":"Client Timeout","statusCode":408})";

/// What HTTP/2 has no use for (RFC 9113 §8.2.2).
bool isOfTheConnection(std::string_view lowerName) noexcept {
  static constexpr std::array<std::string_view, 5> names{"connection", "keep-alive", "proxy-connection",
                                                         "transfer-encoding", "upgrade"};
  return std::find(names.begin(), names.end(), lowerName) != names.end();
}

/// Header fields for nghttp2, which copies them when they are submitted.
class FieldList {
 public:
  explicit FieldList(std::size_t expected) { fields_.reserve(expected); }

  /// `name` is lower-case and, like `value`, outlives the list.
  void add(std::string_view name, std::string_view value) {
    nghttp2_nv field;
    field.name = reinterpret_cast<std::uint8_t*>(const_cast<char*>(name.data()));
    field.namelen = name.size();
    field.value = reinterpret_cast<std::uint8_t*>(const_cast<char*>(value.data()));
    field.valuelen = value.size();
    // A cookie in the compression table could be guessed from lengths (RFC 7541 §7.1.3).
    field.flags = name == "set-cookie" ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE;
    fields_.push_back(field);
  }
  void addAnyCase(std::string_view name, std::string_view value) {
    if (std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return add(name, value);
    auto& lower = *lowered_.emplace_back(std::make_unique<std::string>(name));
    std::transform(lower.begin(), lower.end(), lower.begin(), http::lowerCase);
    add(lower, value);
  }
  bool has(std::string_view name) const noexcept {
    return std::any_of(fields_.begin(), fields_.end(), [&](const nghttp2_nv& field) {
      return std::string_view(reinterpret_cast<const char*>(field.name), field.namelen) == name;
    });
  }
  const nghttp2_nv* data() const noexcept { return fields_.data(); }
  std::size_t size() const noexcept { return fields_.size(); }

 private:
  std::vector<nghttp2_nv> fields_;
  std::vector<std::unique_ptr<std::string>> lowered_;
};

struct StatusText {
  explicit StatusText(int statusCode) { std::to_chars(digits.data(), digits.data() + 3, statusCode); }
  std::string_view view() const noexcept { return {digits.data(), 3}; }
  std::array<char, 3> digits{};
};

bool isField(std::string_view name, std::string_view lower) noexcept { return http::equalsLower(name, lower); }

std::optional<std::uint64_t> contentLengthOf(std::span<const HeaderField> fields) {
  for (const auto& [name, value] : fields) {
    if (!isField(name, "content-length")) continue;
    std::uint64_t length = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), length);
    if (failed == std::errc() && end == value.data() + value.size()) return length;
  }
  return std::nullopt;
}

}  // namespace

template <class Act>
void Http2Stream::guard(Act&& act) {
  try {
    act();
  } catch (const std::bad_alloc&) {
    abort();
  }
}

Http2Stream::Http2Stream(Http2Session& session, std::int32_t id)
    : session_(session), id_(id), requestDeadline_([this] { guard([this] { answerLate(); }); }) {}
Http2Stream::~Http2Stream() = default;

// --- in
// ---------------------------------------------------------------------------------------------------------------

void Http2Stream::addField(std::string_view name, std::string_view value) {
  if (begun_) return;  // trailers are read and dropped, as in HTTP/1
  headSize_ += name.size() + value.size() + 32;
  if (headSize_ > session_.worker().application.options.http.maxHeaderSize) return;
  if (name.starts_with(':')) {
    if (name == ":method") method_ = value;
    if (name == ":path") path_ = value;
    if (name == ":authority") authority_ = value;
    return;
  }
  places_.push_back({text_.size(), name.size(), value.size()});
  text_.append(name).append(value);
}

/// A path that HTTP/1 would refuse is refused here, too, and so are two authorities.
bool Http2Stream::acceptable() const noexcept {
  const bool path = !path_.empty() && (path_.front() == '/' || path_ == "*") &&
                    http::skipTarget(path_.data(), path_.data() + path_.size()) == path_.data() + path_.size();
  const bool oneHost = authority_.empty() || std::none_of(fields_.begin(), fields_.end(), [&](const auto& field) {
                         return field.name == "host" && field.value != authority_;
                       });
  return path && oneHost;
}

void Http2Stream::begin(bool ended) {
  begun_ = true;
  inputEnded_ = ended;
  auto& worker = session_.worker();
  if (headSize_ > worker.application.options.http.maxHeaderSize) return answerItself(431, headTooLarge);
  fields_.reserve(places_.size() + 1);
  bool hasHost = false;
  for (const auto& place : places_) {
    fields_.push_back({text(place.at, place.nameSize), text(place.at + place.nameSize, place.valueSize)});
    hasHost = hasHost || fields_.back().name == "host";
  }
  const auto method = http::findMethod(method_);
  if (!method || *method == http::Method::Connect) return answerItself(404, notFound);
  if (!acceptable()) return answerItself(400, badRequest);
  // Everything that asks for the host finds the authority.
  if (!hasHost && !authority_.empty()) fields_.insert(fields_.begin(), HeaderField{"host", authority_});

  IncomingMessage message;
  message.method = *method;
  message.target = path_;
  message.version = 20;
  message.headers = fields_;
  message.contentLength = contentLengthOf(fields_);
  message.chunked = !ended && !message.contentLength;
  message.remoteAddress = session_.peer().address;
  message.remotePort = session_.peer().port;
  message.secure = session_.peer().secure;
  const bool expects = std::any_of(fields_.begin(), fields_.end(), [](const HeaderField& field) {
    return field.name == "expect" && isField(field.value, "100-continue");
  });
  if (expects && !ended) respondInformational(100, {});
  if (!ended) worker.wholeRequest.start(requestDeadline_);
  exchange_ = worker.takeExchange();
  exchange_->start(*this, message);
}

void Http2Stream::addData(std::string_view data) {
  if (!exchange_ || outputEnded_ || closed_) return consumed(data.size());  // nobody will read it
  if (wanted_ && !paused_ && waiting_.empty()) {
    exchange_->onBodyData(data);
    return consumed(data.size());
  }
  waiting_ += data;  // no more than the window
}

void Http2Stream::endData() {
  inputEnded_ = true;
  requestDeadline_.leave();
  deliver();
}

void Http2Stream::receiveBody() {
  wanted_ = true;
  deliver();
}

void Http2Stream::resumeBody() {
  paused_ = false;
  // The reader is in the middle of its own step: it goes on first.
  session_.tellLater(*this);
  session_.outputWaits();
}

/// Hands on what waits. A window is opened again only for what somebody has taken.
void Http2Stream::deliver() {
  if (!wanted_ || delivering_) return;
  delivering_ = true;
  while (exchange_ && !paused_ && !waiting_.empty()) {
    const auto data = std::exchange(waiting_, {});
    consumed(data.size());
    exchange_->onBodyData(data);
  }
  delivering_ = false;
  if (!exchange_ || paused_ || !waiting_.empty() || !inputEnded_ || std::exchange(endTold_, true)) return;
  exchange_->onBodyEnd();
}

void Http2Stream::consumed(std::size_t bytes) {
  if (bytes == 0 || session_.gone() || closed_) return;
  nghttp2_session_consume_stream(session_.raw(), id_, bytes);
}

// --- out
// --------------------------------------------------------------------------------------------------------------

void Http2Stream::answerItself(int statusCode, std::string_view body) {
  const auto length = std::to_string(body.size());
  const std::array<HeaderField, 2> headers{HeaderField{"content-type", "application/json; charset=utf-8"},
                                           HeaderField{"content-length", length}};
  OutgoingHead head;
  head.statusCode = statusCode;
  head.headers = headers;
  head.bodyless = method_ == "HEAD";
  respond(head, body);
}

void Http2Stream::submitHead(const OutgoingHead& head, bool bodyFollows) {
  const StatusText status(head.statusCode);
  FieldList fields(head.headers.size() + 2);
  fields.add(":status", status.view());
  for (const auto& [name, value] : head.headers) {
    std::array<char, 20> lower{};
    const auto length = std::min(name.size(), lower.size());
    std::transform(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(length), lower.begin(), http::lowerCase);
    if (!isOfTheConnection({lower.data(), length})) fields.addAnyCase(name, value);
  }
  if (!fields.has("date")) fields.add("date", session_.worker().clock.now());
  headSent_ = true;
  nghttp2_data_provider provider{};
  provider.source.ptr = this;
  provider.read_callback = [](nghttp2_session*, std::int32_t, std::uint8_t* at, std::size_t room, std::uint32_t* flags,
                              nghttp2_data_source* source, void*) -> ssize_t {
    try {
      return static_cast<Http2Stream*>(source->ptr)->fill(at, room, flags);
    } catch (const std::bad_alloc&) {
      return NGHTTP2_ERR_CALLBACK_FAILURE;
    }
  };
  if (nghttp2_submit_response(session_.raw(), id_, fields.data(), fields.size(), bodyFollows ? &provider : nullptr) !=
      0)
    reset(NGHTTP2_INTERNAL_ERROR);
}

void Http2Stream::respond(const OutgoingHead& head, std::string_view body) {
  if (closed_ || headSent_ || session_.gone()) return;
  guard([&] {
    bodyless_ = head.bodyless;
    const bool bodyFollows = !bodyless_ && !body.empty();
    if (bodyFollows) output_ = body;
    outputEnded_ = true;
    submitHead(head, bodyFollows);
    session_.outputWaits();
  });
}

void Http2Stream::beginBody(const OutgoingHead& head) {
  if (closed_ || headSent_ || session_.gone()) return;
  guard([&] {
    bodyless_ = head.bodyless;
    outputEnded_ = bodyless_;
    submitHead(head, !bodyless_);
    session_.outputWaits();
  });
}

bool Http2Stream::writeBody(std::string_view data) {
  if (closed_ || bodyless_ || outputEnded_ || session_.gone()) return true;
  guard([&] {
    output_ += data;
    nghttp2_session_resume_data(session_.raw(), id_);
    session_.outputWaits();
  });
  if (!full()) return true;
  drainWanted_ = true;
  return false;
}

void Http2Stream::endBody(std::span<const HeaderField> trailers) {
  if (closed_ || outputEnded_ || session_.gone()) return;
  guard([&] {
    outputEnded_ = true;
    for (const auto& [name, value] : trailers) trailers_.emplace_back(name, value);
    nghttp2_session_resume_data(session_.raw(), id_);
    session_.outputWaits();
  });
}

void Http2Stream::respondInformational(int statusCode, std::span<const HeaderField> headers) {
  if (closed_ || headSent_ || session_.gone()) return;
  const StatusText status(statusCode);
  FieldList fields(headers.size() + 1);
  fields.add(":status", status.view());
  for (const auto& [name, value] : headers) fields.addAnyCase(name, value);
  nghttp2_submit_headers(session_.raw(), NGHTTP2_FLAG_NONE, id_, nullptr, fields.data(), fields.size(), nullptr);
  session_.outputWaits();
}

std::ptrdiff_t Http2Stream::fill(unsigned char* at, std::size_t room, std::uint32_t* flags) {
  const auto count = std::min(room, output_.size() - sent_);
  if (count == 0 && !outputEnded_) return NGHTTP2_ERR_DEFERRED;
  std::copy_n(output_.data() + sent_, count, at);
  sent_ += count;
  if (sent_ == output_.size()) {
    output_.clear();
    sent_ = 0;
    if (outputEnded_) {
      *flags |= NGHTTP2_DATA_FLAG_EOF;
      if (!trailers_.empty()) {
        FieldList fields(trailers_.size());
        for (const auto& [name, value] : trailers_) fields.addAnyCase(name, value);
        if (nghttp2_submit_trailer(session_.raw(), id_, fields.data(), fields.size()) == 0)
          *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
      }
    }
  } else if (sent_ >= highWater && sent_ > output_.size() / 2) {
    output_.erase(0, sent_);
    sent_ = 0;
  }
  if (drainWanted_ && !full()) session_.tellLater(*this);
  return static_cast<std::ptrdiff_t>(count);
}

// --- ending
// -----------------------------------------------------------------------------------------------------------

void Http2Stream::answerSent() noexcept {
  answered_ = true;
  session_.tellLater(*this);
}

void Http2Stream::streamClosed() noexcept {
  closed_ = true;
  requestDeadline_.leave();
  session_.tellLater(*this);
}

void Http2Stream::timedOut() {
  if (exchange_) exchange_->onTimeout();
}

void Http2Stream::settle() {
  if (answered_ && !std::exchange(sentTold_, true)) {
    // RFC 9113 §8.1: the client need not go on sending what nobody reads. Not at once: curl 7.88 and others lose the
    // answer when they are cut while they send.
    if (!inputEnded_ && !closed_) session_.worker().lingering.start(requestDeadline_);
    if (exchange_) exchange_->onSent();
  }
  if (closed_ && !std::exchange(closedTold_, true) && !sentTold_ && exchange_) {
    exchange_->onBodyFailed();
    exchange_->onClosed();
  }
  if (!closed_ && std::exchange(drainWanted_, drainWanted_ && full()) && !full() && exchange_) exchange_->onDrain();
  if (!closed_) deliver();
  forgetIfOver();
}

void Http2Stream::reset(std::uint32_t errorCode) {
  if (session_.gone() || closed_) return;
  nghttp2_submit_rst_stream(session_.raw(), NGHTTP2_FLAG_NONE, id_, errorCode);
}

void Http2Stream::answerLate() {
  if (headSent_ || !exchange_) {
    reset(answered_ ? NGHTTP2_NO_ERROR : NGHTTP2_CANCEL);
    return session_.outputWaits();
  }
  answerItself(408, late);
  closedTold_ = sentTold_ = true;
  exchange_->onClosed();
}

void Http2Stream::abort() {
  reset(NGHTTP2_INTERNAL_ERROR);
  session_.outputWaits();
  if (exchange_ && !std::exchange(closedTold_, true)) exchange_->onClosed();
}

void Http2Stream::exchangeEnded() {
  session_.worker().giveExchange(std::move(exchange_));
  consumed(std::exchange(waiting_, {}).size());
  session_.tellLater(*this);
  session_.outputWaits();
}

void Http2Stream::forgetIfOver() {
  if (!exchange_ && (closed_ || session_.gone())) session_.forget(*this);
}

}  // namespace fastify::server
