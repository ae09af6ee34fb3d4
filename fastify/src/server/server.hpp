#pragma once
// One worker's side of the network: the sockets that listen and the connections they bring.

#include <fastify/options.hpp>

#include <async/event_loop.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace fastify {
struct Application;
}

namespace fastify::server {

/// A bound and listening socket, owned.
class ListeningSocket {
 public:
  ListeningSocket(int fileDescriptor, AddressInfo address) noexcept
      : fileDescriptor_(fileDescriptor), address_(std::move(address)) {}
  ListeningSocket(ListeningSocket&& other) noexcept;
  ListeningSocket& operator=(ListeningSocket&& other) noexcept;
  ~ListeningSocket();

  const AddressInfo& address() const noexcept { return address_; }
  /// Gives the descriptor away.
  int release() noexcept;

 private:
  int fileDescriptor_;
  AddressInfo address_;
};

/// Binds what `options` ask for, once for each worker: every address of "localhost" at the same port, SO_REUSEPORT when
/// there are several workers. Throws FastifyError with the code EADDRINUSE, EACCES, ENOTFOUND, … and Node's text:
/// "listen EADDRINUSE: address already in use 127.0.0.1:8080".
std::vector<std::vector<ListeningSocket>> bind(const ListenOptions& options, std::size_t workers);

/// The connections of one worker. Made anywhere, then used on its loop's thread alone.
class Server {
 public:
  /// Both outlive the server. `application` is frozen.
  Server(Application& application, async::EventLoop& loop);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void accept(std::vector<ListeningSocket> sockets);

  /// Stops listening, closes idle connections (all of them with ForceCloseConnections::Yes), and ends when none is
  /// left: answers that are under way are finished with `Connection: close`.
  async::Task<> close();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fastify::server
