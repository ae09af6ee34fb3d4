// Whatever a client says on an HTTP/2 connection, and however it is cut, the server survives it, and when the
// connection is gone nothing of its requests is left. The input is what follows the client's preface; the same bytes
// are said whole and in pieces of a few.

#include "../fastify/src/instance/scope.hpp"
#include "../fastify/src/server/connection.hpp"
#include "../fastify/src/server/http2_session.hpp"
#include "require.hpp"

#include <fastify/fastify.hpp>

#include <async/event_loop.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace fuzz {
namespace {

using namespace fastify;

constexpr std::string_view preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
// What a client may make the server send at most, for each byte that it says: the answers here are short.
constexpr std::size_t outputLimit = 1 << 20;

/// One server for all inputs: to make one takes longer than to talk to it.
struct App {
  App() : app({.bodyLimit = 1000, .http = {.maxHeaderSize = 1000}, .http2 = Http2Options{.maxConcurrentStreams = 10}}) {
    app.get("/", [] { return "hello"; });
    app.get("/large", [] { return std::string(100000, 'x'); });
    app.get("/stream", [](Request&, Reply& reply) { reply.send(Readable::from({"a", "b"})); });
    app.post("/echo", [](Request& request) { return Json(request.body() ? request.body().json() : Json()); });
    app.ready();
    worker.emplace(app.scope().root->application, loop, nullptr);
  }
  Fastify app;
  async::EventLoop loop;
  std::optional<server::Worker> worker;
};

class Silence final : public server::Http2Wire {
 public:
  void outputWaits() override {}
};

void converse(App& app, std::string_view input, std::size_t piece) {
  Silence wire;
  server::Http2Session session(*app.worker, wire, {"127.0.0.1", 1, false});
  bool done = false;
  app.loop.post([&] {
    std::string output;
    std::size_t produced = 0;
    auto take = [&] {
      do {
        output.clear();
        session.produce(output, 65536);
        produced += output.size();
      } while ((session.settle() || !output.empty()) && produced < outputLimit);
    };
    bool goesOn = session.receive(preface);
    take();
    for (std::size_t at = 0; goesOn && at < input.size(); at += piece) {
      goesOn = session.receive(input.substr(at, piece)) && !session.over();
      take();
    }
    session.closed();
    done = true;
  });
  app.loop.runUntil([&] { return done; });
  REQUIRE(session.idle());
}

}  // namespace

void http2(std::string_view input) {
  static App app;
  converse(app, input, std::max<std::size_t>(input.size(), 1));
  converse(app, input, 7);
}

}  // namespace fuzz
