#pragma once
// One worker's side of the network: the sockets that listen and the connections they bring.

#include <fastify/options.hpp>

#include <async/event_loop.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fastify {
struct Application;
}

namespace fastify::server {

class TlsContext;

/// The file of a Unix socket; removed with the last of those who listen on it, if it is still the same file.
class SocketFile {
 public:
  explicit SocketFile(std::string path);
  ~SocketFile();
  SocketFile(const SocketFile&) = delete;
  SocketFile& operator=(const SocketFile&) = delete;

 private:
  std::string path_;
  std::uint64_t device_ = 0;
  std::uint64_t inode_ = 0;
};

/// A bound and listening socket, owned.
class ListeningSocket {
 public:
  ListeningSocket(int fileDescriptor, AddressInfo address, std::shared_ptr<SocketFile> file = {}) noexcept
      : fileDescriptor_(fileDescriptor), address_(std::move(address)), file_(std::move(file)) {}
  ListeningSocket(ListeningSocket&& other) noexcept;
  ListeningSocket& operator=(ListeningSocket&& other) noexcept;
  ~ListeningSocket();

  const AddressInfo& address() const noexcept { return address_; }
  int fileDescriptor() const noexcept { return fileDescriptor_; }
  const std::shared_ptr<SocketFile>& file() const noexcept { return file_; }
  /// Gives the descriptor away.
  int release() noexcept;

 private:
  int fileDescriptor_;
  AddressInfo address_;
  std::shared_ptr<SocketFile> file_;
};

/// Takes the sockets that the service manager has opened (LISTEN_FDS), or binds what `options` ask for, once for each
/// worker: every address of "localhost" at the same port, SO_REUSEPORT when there are several workers. Throws
/// FastifyError with the code EADDRINUSE, EACCES, ENOTFOUND, … and Node's text: "listen EADDRINUSE: address already in
/// use 127.0.0.1:8080".
std::vector<std::vector<ListeningSocket>> bind(const ListenOptions& options, std::size_t workers);

/// The connections of one worker. Used on its loop's thread alone, or before that runs.
class Server {
 public:
  /// Both outlive the server. `application` is frozen. Without `tls` it speaks in clear text.
  Server(Application& application, async::EventLoop& loop, std::shared_ptr<const TlsContext> tls = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Connections are taken when the loop runs.
  void accept(std::vector<ListeningSocket> sockets);

  /// Stops listening, closes idle connections (all of them with ForceCloseConnections::Yes), and ends when none is
  /// left: answers that are under way are finished with `Connection: close`. After `closeGraceDelay` the rest is cut;
  /// requests whose handlers have not ended by then must not be resumed any more.
  async::Task<> close();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fastify::server
