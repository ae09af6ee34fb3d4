#pragma once
// One message and its answer on an HTTP/2 connection: the transport of an Exchange.

#include "deadlines.hpp"

#include "../lifecycle/exchange.hpp"
#include "../lifecycle/transport.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::server {

class Http2Session;

class Http2Stream final : public Transport {
 public:
  Http2Stream(Http2Session& session, std::int32_t id);
  ~Http2Stream();

  std::int32_t id() const noexcept { return id_; }
  // The session's.
  bool waitsToBeTold = false;
  bool isForgotten = false;

  // What the session says.

  void addField(std::string_view name, std::string_view value);
  /// The head is complete. `ended`: no body follows.
  void begin(bool ended);
  void addData(std::string_view data);
  void endData();
  /// Fills a DATA frame; returns how much, or nghttp2's DEFERRED.
  std::ptrdiff_t fill(unsigned char* at, std::size_t room, std::uint32_t* flags);
  /// The last frame of the answer has been made.
  void answerSent() noexcept;
  /// The stream is over, complete or not.
  void streamClosed() noexcept;
  /// Its connection was silent for too long, and will be closed.
  void timedOut();
  /// Tells the exchange what happened since.
  void settle();

  // Transport
  void receiveBody() override;
  void pauseBody() override { paused_ = true; }
  void resumeBody() override;
  void respond(const OutgoingHead& head, std::string_view body) override;
  void beginBody(const OutgoingHead& head) override;
  bool writeBody(std::string_view data) override;
  void endBody(std::span<const HeaderField> trailers) override;
  void respondInformational(int statusCode, std::span<const HeaderField> headers) override;
  void abort() override;
  void exchangeEnded() override;

 private:
  static constexpr std::size_t highWater = 64 * 1024;

  std::string_view text(std::size_t at, std::size_t size) const noexcept { return {text_.data() + at, size}; }
  bool acceptable() const noexcept;
  void answerItself(int statusCode, std::string_view body);
  void submitHead(const OutgoingHead& head, bool bodyFollows);
  /// Without memory the stream ends.
  template <class Act>
  void guard(Act&& act);
  void deliver();
  void consumed(std::size_t bytes);
  void reset(std::uint32_t errorCode);
  void answerLate();
  void forgetIfOver();
  bool full() const noexcept { return output_.size() - sent_ >= highWater; }

  Http2Session& session_;
  const std::int32_t id_;

  // The head, copied: names and values one after another.
  struct Place {
    std::size_t at;
    std::size_t nameSize;
    std::size_t valueSize;
  };
  std::string text_;
  std::vector<Place> places_;
  std::vector<HeaderField> fields_;
  std::size_t headSize_ = 0;  // as SETTINGS_MAX_HEADER_LIST_SIZE counts
  std::string method_, path_, authority_;
  bool begun_ = false;

  std::unique_ptr<Exchange> exchange_;

  // The body's way in.
  std::string waiting_;
  bool wanted_ = false;
  bool paused_ = false;
  bool inputEnded_ = false;
  bool endTold_ = false;
  bool delivering_ = false;
  Deadline requestDeadline_;

  // The answer's way out.
  std::string output_;
  std::size_t sent_ = 0;
  std::vector<std::pair<std::string, std::string>> trailers_;
  bool headSent_ = false;
  bool bodyless_ = false;
  bool outputEnded_ = false;
  bool drainWanted_ = false;
  bool answered_ = false;  // all of it is in frames
  bool sentTold_ = false;
  bool closed_ = false;
  bool closedTold_ = false;
};

}  // namespace fastify::server
