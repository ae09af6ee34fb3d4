#pragma once
// One client's connection: bytes to messages, messages to exchanges, answers to bytes, one message after another.

#include "deadlines.hpp"
#include "input_buffer.hpp"
#include "poller.hpp"

#include "../http/chunked_body.hpp"
#include "../http/request_parser.hpp"
#include "../http/response_writer.hpp"
#include "../lifecycle/exchange.hpp"
#include "../lifecycle/transport.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fastify {
struct Application;
}

namespace fastify::server {

class Connection;
class UpgradedSocket;

/// What the connections of a worker share.
class Worker {
 public:
  Worker(Application& application, async::EventLoop& loop);

  Application& application;
  async::EventLoop& loop;
  BlockPool blocks;
  http::DateClock clock;
  Poller poller;
  Deadlines keepAlive;     // between messages
  Deadlines headers;       // for a head
  Deadlines wholeRequest;  // for head and body
  Deadlines inactivity;    // for any byte, either way
  Deadlines lingering;     // for the client's end after ours
  bool closing = false;

  std::unique_ptr<Exchange> takeExchange();
  void giveExchange(std::unique_ptr<Exchange> exchange);

  /// The connection is over; it is destroyed after the current batch.
  void forget(Connection& connection);
  void destroyForgotten();

  std::vector<std::unique_ptr<Connection>> connections;
  std::function<void()> onEmpty;

 private:
  std::vector<std::unique_ptr<Exchange>> exchanges_;
  std::vector<std::unique_ptr<Connection>> forgotten_;
  std::vector<std::unique_ptr<Exchange>> surplus_;
};

class Connection final : public Watched, public Transport {
 public:
  /// Owns the descriptor, which is non-blocking.
  Connection(Worker& worker, int fileDescriptor, std::string remoteAddress, std::uint16_t remotePort);
  ~Connection();

  void onReady(std::uint32_t events) override;

  /// The server closes: at once when nothing is under way, else after the answer.
  void beginClose(bool force);

  std::size_t index = 0;  // in Worker::connections

  // Transport
  void receiveBody() override;
  void pauseBody() override { bodyPaused_ = true; }
  void resumeBody() override;
  void respond(const OutgoingHead& head, std::string_view body) override;
  void beginBody(const OutgoingHead& head) override;
  bool writeBody(std::string_view data) override;
  void endBody(std::span<const HeaderField> trailers) override;
  void respondInformational(int statusCode, std::span<const HeaderField> headers) override;
  std::shared_ptr<Socket> upgrade(std::span<const HeaderField> headers) override;
  void abort() override;
  void exchangeEnded() override;

  // What the upgraded socket asks for.
  bool writeUpgraded(std::string_view bytes);
  bool hasRoom() const noexcept { return !outputFull(); }
  /// Goes on reading.
  void readUpgraded();
  /// Nobody will read or write any more.
  void endUpgraded();

 private:
  enum class BodyKind : std::uint8_t { None, Length, Chunked };
  enum class State : std::uint8_t { Open, Upgraded, Lingering, Gone };

  // Reading.
  void readAvailable();
  void process();
  bool processOne();
  bool startMessage();
  bool needMore();
  bool takeBody();
  void finishBody();
  void inputEnded();
  void refuse(http::Refusal refusal);
  void answerLate();
  void answerEmpty(int statusCode, bool close);
  void pinHead();
  void releaseInput();
  void watchInput();

  // Upgraded.
  void deliver();
  std::shared_ptr<UpgradedSocket> letGo();

  // Writing.
  void appendHead(const OutgoingHead& head);
  void answerComplete();
  void flush();
  void flushUnlessProcessing();
  bool outputFull() const noexcept { return output_.size() - sent_ >= highWater; }

  // Ending.
  bool clientIsSending() const noexcept;
  void closeWhenSent();
  void closeNow();
  bool idle() const noexcept { return !exchange_ && body_ == BodyKind::None && !parser_.started(); }
  void settleTimers();
  /// Goes on with process() from the loop, if this connection is then still there and at the same message.
  void processLater();

  static constexpr std::size_t highWater = 256 * 1024;

  Worker& worker_;
  int fd_;
  std::string remoteAddress_;
  std::uint16_t remotePort_;
  State state_ = State::Open;
  std::uint32_t watching_;

  InputBuffer input_;
  InputBuffer pinned_;  // the head of a message whose exchange outlived the call that started it
  http::RequestParser parser_;
  bool parsed_ = false;  // parser_ holds the current message's head
  bool endOfInput_ = false;
  bool processing_ = false;

  BodyKind body_ = BodyKind::None;  // what of the current message's body has not come yet
  std::uint64_t bodyLeft_ = 0;
  std::optional<http::ChunkedBody> chunks_;
  bool bodyWanted_ = false;
  bool bodyPaused_ = false;

  std::weak_ptr<UpgradedSocket> upgraded_;

  std::unique_ptr<Exchange> exchange_;
  bool answered_ = false;   // the current message's answer is complete
  bool answering_ = false;  // its head is out
  bool answerBodyless_ = false;
  bool answerChunked_ = false;
  bool keepAlive_ = true;  // after the current answer
  bool http10_ = false;
  std::size_t requests_ = 0;

  std::string output_;
  std::size_t sent_ = 0;
  bool drainWanted_ = false;
  bool stalled_ = false;         // processing waits for room in the output
  std::shared_ptr<char> alive_;  // made when something is posted

  Deadline keepAliveDeadline_;
  Deadline headersDeadline_;
  Deadline requestDeadline_;
  Deadline inactivityDeadline_;
  Deadline lingeringDeadline_;
};

}  // namespace fastify::server
