#include "workers.hpp"

#include "../logging/sink.hpp"

#include <async/event_loop.hpp>

#include <thread>

namespace fastify {

struct Workers::Worker {
  async::EventLoop loop;
  std::unique_ptr<server::Server> server;
  std::thread thread;
};

Workers::Workers(Application& application, std::shared_ptr<const server::TlsContext> tls,
                 std::vector<std::vector<server::ListeningSocket>> sockets)
    : Workers() {  // whatever follows, the destructor stops who has started
  if (application.logging) logging::writeLinesAtCrash();
  // All that can fail is done before the first thread runs: a server has all of its workers, with their sockets, or
  // none.
  for (auto& own : sockets) {
    auto& worker = *workers_.emplace_back(std::make_unique<Worker>());
    worker.server = std::make_unique<server::Server>(application, worker.loop, tls);
    worker.server->accept(std::move(own));
    if (application.logging) worker.loop.beforeSleep(logging::hasDeferred, logging::flushDeferred);
  }
  for (auto& worker : workers_) {
    worker->thread = std::thread([&loop = worker->loop, logs = application.logging] {
      if (!logs) return loop.run();
      // Lines leave together, before the thread sleeps.
      const logging::Deferral lines;
      loop.run();
    });
  }
}

Workers::~Workers() {
  for (auto& worker : workers_) {
    if (worker->thread.joinable()) worker->loop.stop();
  }
  for (auto& worker : workers_) {
    if (worker->thread.joinable()) worker->thread.join();
  }
}

namespace {
Task<> closeAndStop(server::Server& server, async::EventLoop& loop) {
  co_await server.close();
  loop.stop();
}
}  // namespace

void Workers::close() {
  for (auto& worker : workers_) {
    worker->loop.post([&worker = *worker] { async::detach(closeAndStop(*worker.server, worker.loop)); });
  }
  for (auto& worker : workers_) worker->thread.join();
}

}  // namespace fastify
