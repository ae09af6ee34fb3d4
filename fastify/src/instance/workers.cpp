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
                 std::vector<std::vector<server::ListeningSocket>> sockets) {
  if (application.logging) logging::writeLinesAtCrash();
  for (auto& own : sockets) {
    auto& worker = *workers_.emplace_back(std::make_unique<Worker>());
    worker.server = std::make_unique<server::Server>(application, worker.loop, tls);
    auto shared = std::make_shared<std::vector<server::ListeningSocket>>(std::move(own));
    worker.loop.post([&worker, shared] { worker.server->accept(std::move(*shared)); });
    worker.thread = std::thread([&worker, logs = application.logging] {
      if (!logs) return worker.loop.run();
      // Lines leave together, before the thread sleeps.
      const logging::Deferral lines;
      worker.loop.beforeSleep(logging::hasDeferred, logging::flushDeferred);
      worker.loop.run();
    });
  }
}

Workers::~Workers() {
  for (auto& worker : workers_) worker->loop.stop();
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
