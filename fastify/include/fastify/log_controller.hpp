#pragma once
// The lines that the framework itself writes about requests, for programs that want other ones. See Fastify's "Server"
// page, `logController`.

#include <exception>

namespace fastify {

class FastifyError;
class Logger;
class Reply;
class Request;

/// Derive from it, override what is to be another line, and give it to `FastifyOptions::logController`; what is not
/// overridden writes Fastify's line. Called on the worker's thread where `logger` is on, for several workers at once.
/// What it throws is lost: a line costs no request its answer.
class LogController {
 public:
  LogController() = default;
  LogController(const LogController&) = delete;
  LogController& operator=(const LogController&) = delete;
  virtual ~LogController();

  /// True: Fastify's lines leave this request out, as `disableRequestLogging` does.
  virtual bool isLogDisabled(const Request& request) const;

  virtual void incomingRequest(Request& request, Reply& reply);
  virtual void requestCompleted(Request& request, Reply& reply);
  /// By the default error handler: at error for 5xx, at info below.
  virtual void defaultErrorLog(const FastifyError& error, Request& request, Reply& reply);
  /// A stream that failed when its answer had begun, or whose client went away (ERR_STREAM_PREMATURE_CLOSE).
  virtual void streamError(const FastifyError& error, Request& request, Reply& reply);
  virtual void routeNotFound(Request& request, Reply& reply);
  /// The answer to an error could not be sent as it was.
  virtual void writeHeadError(const FastifyError& error, Request& request, Reply& reply);
  /// The route's serializer for an error's status failed.
  virtual void serializerError(const FastifyError& error, Request& request, Reply& reply, int statusCode);
  /// A request was refused because the server closes; it has no request object.
  virtual void serviceUnavailable(const Logger& logger);
};

}  // namespace fastify
