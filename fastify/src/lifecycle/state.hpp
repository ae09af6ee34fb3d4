#pragma once
// All that one request's life remembers. Reset, not freed, between the messages of a connection.

#include "application.hpp"
#include "compiled_route.hpp"
#include "exchange.hpp"
#include "incoming_body.hpp"
#include "reply_headers.hpp"
#include "transport.hpp"

#include <fastify/body.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>

#include <async/deferred.hpp>
#include <async/event_loop.hpp>

#include <boost/json/monotonic_resource.hpp>

#include <array>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace fastify {

/// Where a request is; the order is that of Fastify's Lifecycle page.
enum class Phase : std::uint8_t {
  Idle,
  OnRequest,
  PreParsing,
  Parsing,
  PreValidation,
  Validation,
  PreHandler,
  Handler,
  WaitingForSend,  // the handler ended (or is plain) and nothing was sent yet
  OnError,
  ErrorHandler,
  PreSerialization,
  Serialization,
  OnSend,
  Write,
  Streaming,
  Sent,  // waiting for the transport to hand it to the kernel
  OnResponse,
  Finished
};

/// A call of the user's that has not ended. Outlives the phase that made it when the reply was sent meanwhile.
struct PendingCall {
  Exchange::State* state = nullptr;
  Task<> task;
};

struct Trailer {
  std::string name;
  std::function<Task<std::string>(const Payload&)> function;
};

struct Exchange::State {
  State(Exchange& exchange, const Application& application);
  ~State();

  const Application& application;
  Transport* transport = nullptr;  // of the current message
  Request request;
  Reply reply;
  RawReply raw;

  // Memory of one request: headers, query, JSON bodies. The first pages are kept from request to request.
  std::array<unsigned char, 4096> firstPage;
  boost::json::monotonic_resource memory;
  boost::json::storage_ptr storage() noexcept { return &memory; }
  void emptyMemory() noexcept;
  /// A copy of `text` that lives as long as the request.
  std::string_view keep(std::string_view text);

  // The request.
  IncomingMessage message;
  std::string_view url;  // after rewriteUrl
  std::string_view path;
  std::string_view queryString;
  std::string rewritten;
  const CompiledRoute* route = nullptr;
  RouteParams routeParams;
  std::optional<JsonObject> query;
  std::optional<JsonObject> params;
  std::optional<JsonObject> headersJson;
  RequestBody body;
  std::string rawBody;
  std::string id;
  std::uint64_t number = 0;  // what `id` is to be made of, when somebody asks for it (routing.hpp)
  std::optional<Logger> log;
  std::optional<std::vector<std::string>> ips;
  std::optional<std::stop_source> stopSource;
  std::optional<FastifyError> validationError;
  std::chrono::steady_clock::time_point startedAt;

  // The body's way in.
  enum class BodyProgress : std::uint8_t { None, Reading, Parsing };
  BodyProgress bodyProgress = BodyProgress::None;
  std::shared_ptr<IncomingBody> incoming;  // made only when a preParsing hook or a parser wants a stream
  Stream bodyStream;                       // the same, or what preParsing hooks put in its place
  const void* parser = nullptr;            // the BodyParser that was chosen
  std::size_t bodyLimit = 0;
  bool bodyEnded = false;
  bool bodyTooLarge = false;

  // The reply.
  int statusCode = 200;
  bool statusSet = false;
  ReplyHeaders headers;
  Payload payload;
  std::string text;  // the serialised payload
  std::function<Payload(const Payload&)> serializer;
  std::vector<Trailer> trailers;
  std::vector<HeaderField> rawHeaders;
  bool sent = false;
  bool replyLater = false;
  bool preSerialized = false;  // the payload went through preSerialization: a text among it is a JSON string
  bool hijacked = false;
  bool notFoundCalled = false;  // reply.callNotFound()
  bool headWritten = false;
  bool rawHeadWritten = false;
  bool rawChunked = false;
  bool closeAfter = false;

  // Errors.
  FastifyError error;
  std::optional<std::exception_ptr> thrownToSend;  // reply.sendError
  const ErrorHandlers* errorLevel = nullptr;
  bool inErrorHandling = false;  // some handler has been chosen
  bool defaultHandled = false;   // the default handler made this answer: the next failure gets the bare form
  bool runningOnError = false;
  bool bareAnswer = false;  // shape A past all hooks
  const ErrorHandlers* calledErrorLevel = nullptr;

  // Where it is.
  Phase phase = Phase::Idle;
  std::size_t hook = 0;
  bool running = false;  // run() is on the stack
  PendingCall* current = nullptr;
  std::vector<std::unique_ptr<PendingCall>> calls;
  std::unique_ptr<PendingCall> spareCall;  // made beforehand: who has begun must be waited for
  bool responseOver = false;               // onSent or onClosed came
  bool closed = false;
  bool abortTold = false;
  std::optional<async::EventLoop::Timer> handlerTimer;
  std::optional<async::Deferred<>> drained;
  std::vector<std::coroutine_handle<>> sentWaiters;
  std::vector<void*> requestSlots;
  std::vector<void*> replySlots;

  // lifecycle.cpp
  void begin(const IncomingMessage& incoming);
  void run();
  void replySent();
  void onThrown(std::exception_ptr thrown);
  void settleThrown(std::exception_ptr thrown) noexcept;
  void giveUp() noexcept;
  void fail(std::exception_ptr thrown);
  void abandonCurrent() noexcept;
  void callEnded(PendingCall& call) noexcept;
  void handlerTimedOut();
  template <class Act>
  void replyAndRun(Act&& act);

  // exchange.cpp
  void endIfOver();
  void reset() noexcept;
};

/// Arms `handlerTimeout`.
void startHandlerTimer(Exchange::State& state);

}  // namespace fastify
