#pragma once
// One client's connection: bytes to messages, messages to exchanges, answers to bytes, one message after another.

#include "deadlines.hpp"
#include "http2_session.hpp"
#include "input_buffer.hpp"
#include "poller.hpp"
#include "tls.hpp"

#include "../http/chunked_body.hpp"
#include "../http/request_parser.hpp"
#include "../http/response_writer.hpp"
#include "../lifecycle/exchange.hpp"
#include "../lifecycle/transport.hpp"

#include <fastify/options.hpp>

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
  Worker(Application& application, async::EventLoop& loop, const TlsContext* tls);

  Application& application;
  async::EventLoop& loop;
  const TlsContext* tls;
  BlockPool blocks;
  http::DateClock clock;
  Poller poller;
  Deadlines keepAlive;     // between messages
  Deadlines headers;       // for a head
  Deadlines wholeRequest;  // for head and body
  Deadlines inactivity;    // for any byte, either way
  Deadlines lingering;     // for the client's end after ours
  Deadlines handshake;     // for TLS to be established
  Deadlines http2Idle;     // between the requests of an HTTP/2 connection
  bool closing = false;

  /// Takes a connection in. `makeRoom` before it is made: then nothing more is needed to let it go.
  void makeRoom();
  void adopt(std::unique_ptr<Connection> connection);

  std::unique_ptr<Exchange> takeExchange();
  void giveExchange(std::unique_ptr<Exchange> exchange);

  /// The connection is over; it is destroyed after the current batch.
  void forget(Connection& connection);
  void destroyForgotten();

  /// Cuts what `beginClose` has left.
  void cutAll();

  /// A connection was cut because of this; to be called while it is caught.
  void logCut() noexcept;

  std::vector<std::unique_ptr<Connection>> connections;
  std::function<void()> onEmpty;

 private:
  std::vector<std::unique_ptr<Exchange>> exchanges_;
  std::vector<std::unique_ptr<Connection>> forgotten_;
  std::vector<std::unique_ptr<Exchange>> surplus_;
};

class Connection final : public Watched, public Transport, public Http2Wire {
 public:
  /// Owns the descriptor, which is non-blocking.
  Connection(Worker& worker, int fileDescriptor, std::string remoteAddress, std::uint16_t remotePort);
  ~Connection();

  void onReady(std::uint32_t events) noexcept override;

  /// The server closes: at once when nothing is under way, else after the answer.
  void beginClose(ForceCloseConnections force);
  void closeNow();

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

  // Http2Wire
  void outputWaits() override;

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

  /// What cannot be done (there is no memory, a callback of the program's throws) ends this connection and no other.
  template <class Act>
  void guard(Act&& act) noexcept;

  // TLS.
  ssize_t receive(char* at, std::size_t room) noexcept;
  ssize_t transmit(const char* data, std::size_t size) noexcept;
  void greet();
  void readLater();

  // HTTP/2.
  bool settleProtocol();
  void beginHttp2();
  void receiveHttp2();
  void flushHttp2();
  void settleHttp2Timers();
  void forgetHttp2();
  void idleTooLong();

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
  bool sendOutput();
  void flushUnlessProcessing();
  bool outputFull() const noexcept { return output_.size() - sent_ >= highWater; }

  // Ending.
  bool clientIsSending() const noexcept;
  void closeWhenSent();
  bool idle() const noexcept { return !exchange_ && body_ == BodyKind::None && !parser_.started(); }
  void settleTimers();
  /// Goes on with process() from the loop, if this connection is then still there and at the same message.
  void processLater();
  void processNow();
  void take(std::uint32_t events);

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

  std::unique_ptr<TlsChannel> tls_;
  bool established_ = false;  // TLS's handshake is over
  bool readPosted_ = false;
  bool protocolKnown_;
  std::unique_ptr<Http2Session> http2_;
  bool flushPosted_ = false;
  bool forgotten_ = false;
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
