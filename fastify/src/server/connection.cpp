#include "connection.hpp"

#include "upgraded_socket.hpp"

#include "../lifecycle/application.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cerrno>

#include <utility>

namespace fastify::server {

namespace {
// Node closes a little later than it announces, so that a client's last request does not meet a closing socket.
constexpr std::chrono::milliseconds keepAliveGrace{1000};
constexpr std::chrono::milliseconds lingerTime{2000};
// What a client may send ahead while an answer is being made.
constexpr std::size_t maxAhead = 64 * 1024;
// Reads a turn: others are ready, too.
constexpr int readsATurn = 8;
// What every HTTP/2 client says first (RFC 9113 §3.4).
constexpr std::string_view preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
// Frames that wait for the kernel.
constexpr std::size_t framesAhead = 64 * 1024;
// Of a worker, between requests.
constexpr std::size_t keptExchanges = 64;
}  // namespace

// --- Worker
// -----------------------------------------------------------------------------------------------------------

Worker::Worker(Application& application, async::EventLoop& loop, const TlsContext* tls)
    : application(application),
      loop(loop),
      tls(tls),
      poller(loop, [this] { destroyForgotten(); }),
      keepAlive(loop, application.options.keepAliveTimeout.count() > 0
                          ? application.options.keepAliveTimeout + keepAliveGrace
                          : std::chrono::milliseconds(0)),
      headers(loop, application.options.http.headersTimeout),
      wholeRequest(loop, application.options.requestTimeout),
      inactivity(loop, application.options.connectionTimeout),
      lingering(loop, lingerTime),
      handshake(loop,
                application.options.https ? application.options.https->handshakeTimeout : std::chrono::milliseconds(0)),
      http2Idle(loop, application.options.http2SessionTimeout) {
  exchanges_.reserve(keptExchanges);
  surplus_.reserve(keptExchanges);
}

void Worker::makeRoom() {
  const auto needed = connections.size() + forgotten_.size() + 1;
  for (auto* list : {&connections, &forgotten_}) {
    if (list->capacity() < needed) list->reserve(2 * needed);
  }
}

void Worker::adopt(std::unique_ptr<Connection> connection) {
  connection->index = connections.size();
  connections.push_back(std::move(connection));
}

void Worker::logCut() noexcept {
  try {
    application.logger.error(std::current_exception(), "a connection was cut");
  } catch (...) {  // there is no memory for that either
  }
}

std::unique_ptr<Exchange> Worker::takeExchange() {
  if (exchanges_.empty()) return std::make_unique<Exchange>(application);
  auto exchange = std::move(exchanges_.back());
  exchanges_.pop_back();
  return exchange;
}

void Worker::giveExchange(std::unique_ptr<Exchange> exchange) {
  // It may be on the stack still.
  auto& list = exchanges_.size() < keptExchanges ? exchanges_ : surplus_;
  try {
    list.push_back(std::move(exchange));
  } catch (const std::bad_alloc&) {
    static_cast<void>(exchange.release());  // to destroy it here would be worse
  }
}

void Worker::forget(Connection& connection) {
  const auto index = connection.index;
  forgotten_.push_back(std::move(connections[index]));
  if (index + 1 < connections.size()) {
    connections[index] = std::move(connections.back());
    connections[index]->index = index;
  }
  connections.pop_back();
  // When this comes from outside a batch (a timer, a handler's send) nobody else would.
  try {
    loop.post([this] { destroyForgotten(); });
  } catch (const std::bad_alloc&) {  // then with the next batch
  }
}

void Worker::destroyForgotten() {
  forgotten_.clear();
  surplus_.clear();
  if (connections.empty() && onEmpty) onEmpty();
}

void Worker::cutAll() {
  if (connections.empty()) return;
  application.logger.warn(std::to_string(connections.size()) +
                          " connections were cut: their answers were not complete after closeGraceDelay");
  // Those whose handlers run on stay in the list.
  const auto under = connections.size();
  for (auto index = under; index-- > 0;) {
    if (index < connections.size()) connections[index]->closeNow();
  }
}

// --- Connection
// -------------------------------------------------------------------------------------------------------

Connection::Connection(Worker& worker, int fileDescriptor, std::string remoteAddress, std::uint16_t remotePort)
    : worker_(worker),
      fd_(fileDescriptor),
      remoteAddress_(std::move(remoteAddress)),
      remotePort_(remotePort),
      watching_(EPOLLIN),
      input_(worker.blocks),
      pinned_(worker.blocks),
      parser_(worker.application.options.http.maxHeaderSize),
      keepAliveDeadline_([this] { guard([this] { idleTooLong(); }); }),
      headersDeadline_([this] { guard([this] { answerLate(); }); }),
      requestDeadline_([this] { guard([this] { answerLate(); }); }),
      inactivityDeadline_([this] {
        guard([this] {
          if (exchange_) exchange_->onTimeout();
          if (http2_) http2_->timedOut();
        });
        closeNow();
      }),
      lingeringDeadline_([this] { closeNow(); }) {
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  worker_.poller.add(fd_, *this, watching_);
  protocolKnown_ = !worker.application.options.http2.enabled();
  if (worker_.tls) {
    tls_ = std::make_unique<TlsChannel>(*worker_.tls, fd_);
    worker_.handshake.start(keepAliveDeadline_);
  } else {
    worker_.headers.start(headersDeadline_);
  }
  worker_.inactivity.start(inactivityDeadline_);
}

Connection::~Connection() {
  if (const auto socket = letGo()) socket->detach(true);
  if (fd_ >= 0) {
    worker_.poller.remove(fd_);
    ::close(fd_);
  }
}

template <class Act>
void Connection::guard(Act&& act) noexcept {
  try {
    act();
  } catch (...) {
    worker_.logCut();
    processing_ = false;
    closeNow();
  }
}

void Connection::onReady(std::uint32_t events) noexcept {
  guard([this, events] { take(events); });
}

void Connection::take(std::uint32_t events) {
  if (state_ == State::Gone) return;
  if (events & (EPOLLERR | EPOLLHUP)) {
    // Both directions are down; what was received before is of no use to anybody.
    closeNow();
    return;
  }
  if (events & EPOLLOUT) flush();
  const bool readable = (events & EPOLLIN) || (tls_ && tls_->wantsToWrite());
  if (state_ != State::Gone && readable) readAvailable();
}

// --- reading
// ----------------------------------------------------------------------------------------------------------

void Connection::readAvailable() {
  for (int reads = 0; reads < readsATurn; ++reads) {
    if (exchange_) pinHead();
    const auto [at, room] = input_.room();
    const auto count = receive(at, room);
    if (count < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) break;
      return closeNow();
    }
    if (count == 0) return inputEnded();
    worker_.inactivity.start(inactivityDeadline_);
    if (state_ == State::Lingering) {
      releaseInput();
      continue;
    }
    input_.added(static_cast<std::size_t>(count));
    if (state_ == State::Upgraded) {
      deliver();
    } else if (http2_) {
      receiveHttp2();
    } else {
      process();
    }
    if (state_ == State::Gone) return;
    if (state_ == State::Lingering) continue;
    if (!(watching_ & EPOLLIN)) break;
    if (static_cast<std::size_t>(count) < room && !(tls_ && tls_->holdsInput())) break;
  }
  if (tls_) {
    if (tls_->holdsInput()) readLater();
    if (tls_->wantsToWrite()) watchInput();
  }
}

// --- TLS
// --------------------------------------------------------------------------------------------------------------

ssize_t Connection::receive(char* at, std::size_t room) noexcept {
  if (!tls_) return ::recv(fd_, at, room, 0);
  const auto count = tls_->receive(at, room);
  if (!established_ && tls_->established()) greet();
  return count;
}

ssize_t Connection::transmit(const char* data, std::size_t size) noexcept {
  return tls_ ? tls_->send(data, size) : ::send(fd_, data, size, MSG_NOSIGNAL);
}

/// The handshake is over: what is spoken now?
void Connection::greet() {
  if (established_) return;
  established_ = true;
  keepAliveDeadline_.leave();
  worker_.headers.start(headersDeadline_);
}

/// What no event will tell of is read in the next turn.
void Connection::readLater() {
  if (std::exchange(readPosted_, true)) return;
  if (!alive_) alive_ = std::make_shared<char>();
  worker_.loop.post([this, alive = std::weak_ptr(alive_)] {
    if (alive.expired() || state_ == State::Gone) return;
    readPosted_ = false;
    guard([this] {
      if (watching_ & EPOLLIN) readAvailable();
    });
  });
}

// --- HTTP/2
// -----------------------------------------------------------------------------------------------------------

/// ALPN tells the protocol, or without TLS the first bytes do. False: too few have come, or it is one that is not
/// spoken here.
bool Connection::settleProtocol() {
  const auto begin = input_.view().substr(0, preface.size());
  if (!tls_ && begin.size() < preface.size() && preface.starts_with(begin)) return false;
  protocolKnown_ = true;
  if (tls_ ? tls_->protocol() == "h2" : begin == preface) {
    beginHttp2();
    return true;
  }
  const auto& options = worker_.application.options;
  if (options.http2.options().allowHTTP1 || (options.https && options.https->allowHTTP1)) return true;
  refuse(http::Refusal::InvalidVersion);
  return false;
}

void Connection::beginHttp2() {
  headersDeadline_.leave();
  http2_ = std::make_unique<Http2Session>(worker_, *this,
                                          Http2Session::Peer{remoteAddress_, remotePort_, static_cast<bool>(tls_)});
  if (worker_.closing) http2_->beginClose();
}

void Connection::receiveHttp2() {
  const bool understood = http2_->receive(input_.view());
  input_.release();
  flushHttp2();
  if (!understood && state_ == State::Open) closeWhenSent();
}

/// Frames, as far as the kernel takes them; then what has become of the streams, which may lead to more.
void Connection::flushHttp2() {
  do {
    do {
      http2_->produce(output_, sent_ + framesAhead);
      if (!sendOutput()) return;
    } while (output_.empty() && http2_->wantsToSend());
  } while (http2_->settle() && output_.empty());
  if (state_ != State::Open) return;
  if (http2_->over()) return closeWhenSent();
  settleHttp2Timers();
  watchInput();
}

void Connection::settleHttp2Timers() {
  if (!http2_->readsHead()) {
    headersDeadline_.leave();
  } else if (!headersDeadline_.running()) {
    worker_.headers.start(headersDeadline_);
  }
  if (!http2_->idle()) {
    keepAliveDeadline_.leave();
    return;
  }
  if (worker_.closing) return closeWhenSent();
  worker_.http2Idle.start(keepAliveDeadline_);
}

/// From a stream whose handler goes on by itself: what several have to say leaves together.
void Connection::outputWaits() {
  if (std::exchange(flushPosted_, true)) return;
  try {
    if (!alive_) alive_ = std::make_shared<char>();
    worker_.loop.post([this, alive = std::weak_ptr(alive_)] {
      if (alive.expired()) return;
      flushPosted_ = false;
      guard([this] {
        if (state_ == State::Open) return flush();
        http2_->settle();
        if (state_ == State::Gone) forgetHttp2();
      });
    });
  } catch (const std::bad_alloc&) {
    flushPosted_ = false;
    // The kernel can wake us, too.
    if (state_ == State::Open) worker_.poller.modify(fd_, *this, watching_ |= EPOLLOUT);
  }
}

/// Once no handler of its streams runs any more.
void Connection::forgetHttp2() {
  if (http2_->idle() && !std::exchange(forgotten_, true)) worker_.forget(*this);
}

/// A connection that asks for nothing any more.
void Connection::idleTooLong() {
  if (!http2_) return closeNow();
  http2_->beginClose();
}

/// The exchange's views refer to the head where it lies; what comes now needs a place of its own.
void Connection::pinHead() {
  if (pinned_.holdsMemory()) return;
  InputBuffer rest(worker_.blocks);
  rest.append(input_.view());
  std::swap(pinned_, input_);
  std::swap(input_, rest);
}

void Connection::releaseInput() {
  if (exchange_) pinHead();
  input_.release();
}

void Connection::process() {
  if (!processing_) guard([this] { processNow(); });
}

void Connection::processNow() {
  processing_ = true;
  if (!protocolKnown_ && !settleProtocol()) {
    processing_ = false;
    if (state_ == State::Lingering) closeWhenSent();
    return;
  }
  if (http2_) {
    processing_ = false;
    return receiveHttp2();
  }
  while (state_ == State::Open && processOne()) {
  }
  processing_ = false;
  if (state_ == State::Gone) return;
  flush();
  if (state_ == State::Open) {
    if (input_.empty() && !exchange_) input_.release();
    watchInput();
    settleTimers();
  }
}

void Connection::processLater() {
  if (!alive_) alive_ = std::make_shared<char>();
  worker_.loop.post([this, alive = std::weak_ptr(alive_), message = requests_] {
    if (!alive.expired() && state_ == State::Open && requests_ == message) process();
  });
}

/// Does what the input allows. False when more input, room for output, or the exchange's end is needed.
bool Connection::processOne() {
  if (outputFull()) {
    stalled_ = true;
    return false;
  }
  if (exchange_ && (body_ == BodyKind::None || !bodyWanted_ || bodyPaused_)) return false;
  if (body_ != BodyKind::None) return takeBody() || needMore();  // also what nobody asked for
  if (parsed_) {
    parser_.reset();
    parsed_ = false;
  }
  if (input_.empty()) return needMore();
  switch (parser_.parse(input_.view())) {
    case http::RequestParser::Status::NeedMore: return needMore();
    case http::RequestParser::Status::Refused: refuse(parser_.refusal()); return false;
    case http::RequestParser::Status::Complete: break;
  }
  input_.consume(parser_.consumed());
  parsed_ = true;
  return startMessage();
}

/// Nothing more can be done with what is there. False.
bool Connection::needMore() {
  if (!endOfInput_ || state_ != State::Open) return false;
  if (body_ != BodyKind::None || parser_.started()) {
    refuse(http::Refusal::EndedEarly);
  } else {
    closeWhenSent();
  }
  return false;
}

bool Connection::startMessage() {
  const auto& head = parser_.head();
  const auto& options = worker_.application.options;
  ++requests_;
  headersDeadline_.leave();
  keepAliveDeadline_.leave();
  keepAlive_ = head.keepAlive;
  http10_ = head.version < 11;
  answered_ = answering_ = false;
  bodyWanted_ = bodyPaused_ = false;
  body_ = BodyKind::None;
  if (!head.hasBody()) requestDeadline_.leave();
  if (head.chunked) {
    body_ = BodyKind::Chunked;
    chunks_.emplace(options.http.maxHeaderSize);
  } else if (head.contentLength.value_or(0) > 0) {
    body_ = BodyKind::Length;
    bodyLeft_ = *head.contentLength;
  }
  // What Node answers without the framework (shape F).
  if (head.version == 11 && !head.hasHost) {
    answerEmpty(400, true);
    return false;
  }
  if (options.maxRequestsPerSocket > 0) {
    if (requests_ > options.maxRequestsPerSocket) {
      answerEmpty(503, true);
      return false;
    }
    if (requests_ == options.maxRequestsPerSocket) keepAlive_ = false;
  }
  if (head.expectation == http::Expectation::Unknown) {
    answerEmpty(417, !keepAlive_);
    return true;
  }
  if (head.expectation == http::Expectation::Continue) http::appendInformational(output_, 100);
  if (head.version == 20 || head.version == 9) keepAlive_ = false;

  IncomingMessage message;
  message.method = head.method;
  message.target = head.target;
  message.version = head.version;
  message.headers = head.headers;
  message.contentLength = head.contentLength;
  message.chunked = head.chunked;
  message.remoteAddress = remoteAddress_;
  message.remotePort = remotePort_;
  message.secure = static_cast<bool>(tls_);
  exchange_ = worker_.takeExchange();
  exchange_->start(*this, message);
  return true;
}

/// Takes what there is of the current message's body. False when more input is needed.
bool Connection::takeBody() {
  if (input_.empty()) return false;
  if (body_ == BodyKind::Length) {
    const auto piece =
        input_.view().substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(bodyLeft_, input_.size())));
    bodyLeft_ -= piece.size();
    input_.consume(piece.size());
    if (exchange_ && bodyWanted_) exchange_->onBodyData(piece);
    if (bodyLeft_ == 0 && state_ == State::Open) finishBody();
    return true;
  }
  const auto step = chunks_->read(input_.view());
  input_.consume(step.consumed);
  switch (step.status) {
    case http::ChunkedBody::Status::NeedMore: return false;
    case http::ChunkedBody::Status::Data:
      if (exchange_ && bodyWanted_) exchange_->onBodyData(step.data);
      return true;
    case http::ChunkedBody::Status::Done: finishBody(); return true;
    case http::ChunkedBody::Status::Refused: refuse(chunks_->refusal()); return false;
  }
  return false;
}

void Connection::finishBody() {
  body_ = BodyKind::None;
  requestDeadline_.leave();
  if (exchange_ && bodyWanted_) exchange_->onBodyEnd();
}

void Connection::receiveBody() {
  bodyWanted_ = true;
  if (body_ == BodyKind::None) {
    exchange_->onBodyEnd();
  } else if (state_ == State::Open) {
    process();  // or its loop, when this comes from within
  }
}

void Connection::resumeBody() {
  bodyPaused_ = false;
  // The reader is in the middle of its own step: it goes on first.
  processLater();
}

/// Stops reading while the client is far ahead, so that its kernel holds it back.
void Connection::watchInput() {
  // As after nearly every answer.
  if (watching_ == EPOLLIN && input_.empty() && output_.empty() && !endOfInput_ && !tls_ && state_ == State::Open)
    return;
  const bool notTaken = http2_ && output_.size() - sent_ >= framesAhead;
  const bool ahead = input_.size() >= maxAhead && (exchange_ || outputFull());
  const bool bodyStuck =
      exchange_ && body_ != BodyKind::None && (bodyPaused_ || !bodyWanted_) && input_.size() >= maxAhead;
  const auto socket = state_ == State::Upgraded ? upgraded_.lock() : nullptr;
  std::uint32_t wanted = ahead || bodyStuck || (socket && socket->full()) || notTaken || endOfInput_
                             ? 0u
                             : static_cast<std::uint32_t>(EPOLLIN);
  if (sent_ < output_.size() || (tls_ && tls_->wantsToWrite())) wanted |= EPOLLOUT;
  if (wanted == watching_) return;
  const bool readsAgain = (wanted & ~watching_) & EPOLLIN;
  watching_ = wanted;
  worker_.poller.modify(fd_, *this, wanted);
  if (readsAgain && tls_ && tls_->holdsInput()) readLater();
}

/// The client will send no more.
void Connection::inputEnded() {
  if (state_ == State::Lingering) return closeNow();
  endOfInput_ = true;
  if (const auto socket = upgraded_.lock()) {
    watchInput();
    return socket->inputEnded();
  }
  if (http2_) return closeNow();  // streams cannot be answered to half a connection
  if (exchange_ && body_ == BodyKind::None) exchange_->onHalfClosed();
  // What came before is answered.
  if (state_ == State::Open) process();
}

/// Shape D, or what the application makes of it; then the connection ends.
void Connection::refuse(http::Refusal refusal) {
  if (exchange_) {
    // The answer's place is taken by the refusal, unless it is on its way already.
    const bool late = answering_;
    state_ = State::Lingering;
    exchange_->onBodyFailed();
    exchange_->onClosed();
    if (late) return closeNow();
  }
  const auto& handler = worker_.application.options.clientErrorHandler;
  if (handler && refusal != http::Refusal::Connect) {
    output_ += handler(http::nodeCode(refusal));
  } else {
    output_ += http::refusalAnswer(refusal);
  }
  closeWhenSent();
}

void Connection::answerLate() {
  if (answering_ || http2_) return closeNow();
  if (exchange_) {
    state_ = State::Lingering;
    exchange_->onClosed();
  }
  const auto& handler = worker_.application.options.clientErrorHandler;
  if (parser_.started() || exchange_ || body_ != BodyKind::None) {
    output_ += handler ? handler("ERR_HTTP_REQUEST_TIMEOUT") : std::string(http::timeoutAnswer());
  }
  closeWhenSent();
}

void Connection::answerEmpty(int statusCode, bool close) {
  keepAlive_ = !close;
  http::appendEmptyAnswer(output_, statusCode,
                          {.keepAlive = !close, .keepAliveTimeout = worker_.application.options.keepAliveTimeout},
                          worker_.clock);
  if (close) closeWhenSent();
}

// --- writing
// ----------------------------------------------------------------------------------------------------------

void Connection::appendHead(const OutgoingHead& head) {
  const auto& options = worker_.application.options;
  if (head.close || worker_.closing) keepAlive_ = false;
  // Before HTTP/1.1 there are no chunks: the end of the connection ends the body.
  answerChunked_ = head.framing == Framing::Chunked && !http10_ && !head.bodyless;
  if (head.framing == Framing::Chunked && http10_) keepAlive_ = false;
  answerBodyless_ = head.bodyless;
  answering_ = true;
  http::ResponseHead written;
  written.statusCode = head.statusCode;
  written.headers = head.headers;
  written.connection.keepAlive = keepAlive_;
  written.connection.keepAliveTimeout = options.keepAliveTimeout;
  written.connection.maxRequests = options.maxRequestsPerSocket;
  written.chunked = answerChunked_;
  http::appendHead(output_, written, worker_.clock);
}

void Connection::respond(const OutgoingHead& head, std::string_view body) {
  if (state_ != State::Open) return;
  guard([&] {
    appendHead(head);
    if (!answerBodyless_) output_ += body;
  });
  if (state_ == State::Open) answerComplete();
}

void Connection::beginBody(const OutgoingHead& head) {
  if (state_ != State::Open) return;
  guard([&] {
    appendHead(head);
    flushUnlessProcessing();
  });
}

bool Connection::writeBody(std::string_view data) {
  if (state_ != State::Open || answerBodyless_) return true;
  guard([&] {
    if (answerChunked_) {
      http::appendChunk(output_, data);
    } else {
      output_ += data;
    }
    flushUnlessProcessing();
  });
  if (state_ != State::Open || !outputFull()) return true;
  drainWanted_ = true;
  return false;
}

void Connection::endBody(std::span<const HeaderField> trailers) {
  if (state_ != State::Open) return;
  guard([&] {
    if (answerChunked_) http::appendLastChunk(output_, trailers);
  });
  if (state_ == State::Open) answerComplete();
}

void Connection::respondInformational(int statusCode, std::span<const HeaderField> headers) {
  if (state_ != State::Open || http10_) return;
  http::appendInformational(output_, statusCode, headers);
  flushUnlessProcessing();
}

/// The answer is in the output; from here on it is the kernel's affair, as Node's "finish" means it.
void Connection::answerComplete() {
  answered_ = true;
  if (!processing_) guard([this] { flush(); });
  if (exchange_ && state_ == State::Open) exchange_->onSent();
}

void Connection::flushUnlessProcessing() {
  // Within process() all answers of a batch leave together.
  if (!processing_ || outputFull()) flush();
}

/// Gives the kernel what it takes. False when the connection has ended by it.
bool Connection::sendOutput() {
  while (sent_ < output_.size()) {
    const auto count = transmit(output_.data() + sent_, output_.size() - sent_);
    if (count < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) break;
      closeNow();
      return false;
    }
    sent_ += static_cast<std::size_t>(count);
    worker_.inactivity.start(inactivityDeadline_);
  }
  if (sent_ == output_.size()) {
    output_.clear();
    sent_ = 0;
    if (output_.capacity() > highWater || (idle() && output_.capacity() > 4096)) std::string().swap(output_);
    if (state_ == State::Lingering) {
      closeWhenSent();
      return false;
    }
  } else if (sent_ > highWater) {
    output_.erase(0, sent_);
    sent_ = 0;
  }
  return true;
}

void Connection::flush() {
  if (http2_ && state_ == State::Open) return flushHttp2();
  if (!sendOutput()) return;
  if (std::exchange(drainWanted_, drainWanted_ && outputFull()) && !outputFull() && exchange_) {
    exchange_->onDrain();
    if (state_ == State::Gone) return;
  }
  if (state_ == State::Upgraded) {
    watchInput();
    if (const auto socket = upgraded_.lock(); socket && !outputFull()) socket->hasRoom();
    return;
  }
  if (state_ == State::Open && !processing_) {
    if (stalled_ && !outputFull()) {
      stalled_ = false;
      processLater();
    }
    watchInput();
  } else if (state_ == State::Lingering) {
    watchInput();
  }
}

// --- upgraded
// ---------------------------------------------------------------------------------------------------------

std::shared_ptr<Socket> Connection::upgrade(std::span<const HeaderField> headers) {
  if (state_ != State::Open || answering_ || body_ != BodyKind::None) return nullptr;
  auto socket = std::make_shared<UpgradedSocket>(*this);
  http::appendInformational(output_, 101, headers);
  upgraded_ = socket;
  state_ = State::Upgraded;
  keepAlive_ = false;
  answered_ = answering_ = true;
  headersDeadline_.leave();
  requestDeadline_.leave();
  keepAliveDeadline_.leave();
  deliver();  // what the client has sent ahead
  if (endOfInput_) socket->inputEnded();
  if (!processing_) flush();
  exchange_->onSent();
  return socket;
}

/// Hands on what has come. The head may lie in the same memory: it stays while the exchange reads it.
void Connection::deliver() {
  const auto bytes = input_.view();
  const auto socket = upgraded_.lock();
  if (socket && !bytes.empty()) {
    input_.consume(bytes.size());
    socket->add(bytes);
  }
  if (state_ != State::Upgraded) return;
  if (!exchange_ && input_.empty()) input_.release();
  if (!processing_) watchInput();
}

bool Connection::writeUpgraded(std::string_view bytes) {
  if (state_ != State::Upgraded) return true;
  output_ += bytes;
  flushUnlessProcessing();
  return !outputFull();
}

void Connection::readUpgraded() {
  if (state_ == State::Upgraded) watchInput();
}

void Connection::endUpgraded() {
  upgraded_.reset();
  if (state_ == State::Upgraded) closeWhenSent();
}

/// The socket, if somebody has it; from now on it is a stranger.
std::shared_ptr<UpgradedSocket> Connection::letGo() { return std::exchange(upgraded_, {}).lock(); }

// --- ending
// -----------------------------------------------------------------------------------------------------------

void Connection::exchangeEnded() {
  worker_.giveExchange(std::move(exchange_));
  pinned_.release();
  bodyWanted_ = answering_ = false;
  if (state_ == State::Gone) return worker_.forget(*this);
  if (state_ != State::Open) return;
  if (!keepAlive_) return guard([this] { closeWhenSent(); });
  process();
}

/// Whether bytes of the client's are unread, or announced.
bool Connection::clientIsSending() const noexcept {
  int unread = 0;
  return body_ != BodyKind::None || ::ioctl(fd_, FIONREAD, &unread) != 0 || unread > 0;
}

/// Lets the output leave, then ends our half and waits a while for the client's: closing with unread input would send a
/// reset that can take the answer away from it.
void Connection::closeWhenSent() {
  state_ = State::Lingering;
  headersDeadline_.leave();
  requestDeadline_.leave();
  keepAliveDeadline_.leave();
  releaseInput();
  if (processing_) return;  // process() flushes
  if (sent_ < output_.size()) {
    flush();
    return;
  }
  if (http2_) http2_->closed();
  if (tls_ && !lingeringDeadline_.running()) tls_->endSending();
  if (endOfInput_ || !clientIsSending()) return closeNow();
  if (!lingeringDeadline_.running()) {
    ::shutdown(fd_, SHUT_WR);
    worker_.lingering.start(lingeringDeadline_);
    watchInput();
  }
}

void Connection::closeNow() {
  if (state_ == State::Gone) return;
  state_ = State::Gone;
  headersDeadline_.leave();
  requestDeadline_.leave();
  keepAliveDeadline_.leave();
  inactivityDeadline_.leave();
  lingeringDeadline_.leave();
  worker_.poller.remove(fd_);
  ::close(std::exchange(fd_, -1));
  const auto socket = letGo();
  if (http2_) {
    http2_->closed();
    return forgetHttp2();
  }
  if (!exchange_) {
    worker_.forget(*this);
  } else {
    // What the exchange still reads stays until it has ended.
    exchange_->onClosed();
  }
  // Last: whoever reads it may end the exchange.
  if (socket) socket->detach(!endOfInput_);
}

void Connection::abort() { closeNow(); }

void Connection::beginClose(ForceCloseConnections force) {
  if (force == ForceCloseConnections::Yes) return closeNow();
  if (state_ == State::Upgraded) {
    if (const auto socket = upgraded_.lock()) socket->serverCloses();
    return;
  }
  if (http2_) return http2_->beginClose();
  if (force == ForceCloseConnections::No || !idle()) return;
  if (sent_ < output_.size()) return closeWhenSent();
  closeNow();
}

void Connection::settleTimers() {
  if (exchange_ || body_ != BodyKind::None) {
    if (body_ != BodyKind::None && !requestDeadline_.running() && worker_.wholeRequest.enabled())
      worker_.wholeRequest.start(requestDeadline_);
    return;
  }
  if (parser_.started()) {
    if (!headersDeadline_.running()) worker_.headers.start(headersDeadline_);
    if (!requestDeadline_.running()) worker_.wholeRequest.start(requestDeadline_);
    keepAliveDeadline_.leave();
  } else if (requests_ > 0) {
    if (worker_.closing) return closeNow();
    worker_.keepAlive.start(keepAliveDeadline_);
  }
}

}  // namespace fastify::server
