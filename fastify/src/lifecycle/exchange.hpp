#pragma once
// One request's life, from a parsed head to the last hook. A worker has some and uses them for one message after
// another.

#include "transport.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace fastify {

struct Application;

class Exchange {
 public:
  /// `application` is frozen and outlives the exchange.
  explicit Exchange(const Application& application);
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  // What a transport says. After `start`, each comes on the thread of the EventLoop that is current.

  /// A message's head has come. Ends with `Transport::exchangeEnded()`, during this call or later.
  void start(Transport& transport, const IncomingMessage& message);
  /// A piece of the body; the view lives during the call.
  void onBodyData(std::string_view data);
  void onBodyEnd();
  /// The body cannot be read to its end: it is malformed (the transport answers shape D and closes by itself).
  void onBodyFailed();
  /// There is room again after a `writeBody` that returned false.
  void onDrain();
  /// The answer is handed to the kernel.
  void onSent();
  /// The client will send no more, but may still read: the answer goes on.
  void onHalfClosed();
  /// The connection is gone, or was cut by `Transport::abort`, before `onSent`. The transport stays alive until
  /// `exchangeEnded()`, and everything that it is still told has no effect.
  void onClosed();
  /// The socket was idle for `connectionTimeout` while this message was being answered; `onClosed` follows.
  void onTimeout();

  /// Between `start` and `exchangeEnded`.
  bool active() const noexcept;

  struct State;
  State& state() noexcept { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace fastify
