#pragma once
// The threads that answer requests.

#include "../lifecycle/application.hpp"
#include "../server/server.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace fastify {

/// Each worker is a thread with a loop and a server; a request stays on its worker.
class Workers {
 public:
  /// Starts one worker for each set of sockets. Throws when one of them cannot be started; then none runs.
  Workers(Application& application, std::shared_ptr<const server::TlsContext> tls,
          std::vector<std::vector<server::ListeningSocket>> sockets);
  /// Stops at once what `close()` has not.
  ~Workers();

  /// Lets the servers finish what is under way, then stops the threads. Not from one of them.
  void close();

 private:
  struct Worker;
  Workers() = default;

  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace fastify
