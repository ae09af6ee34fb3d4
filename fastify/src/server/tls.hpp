#pragma once
// TLS between a socket and what reads it: OpenSSL behind calls that look like recv and send.

#include <cstddef>
#include <memory>
#include <string_view>

#include <sys/types.h>

namespace fastify {
struct FastifyOptions;
}

namespace fastify::server {

/// Keys, certificates and rules, for all connections of all workers. Immutable.
class TlsContext {
 public:
  struct Impl;
  explicit TlsContext(std::unique_ptr<Impl> impl);
  ~TlsContext();
  const Impl& impl() const noexcept { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// Null without `https`. Throws FastifyError ERR_TLS_INVALID_OPTION, which names the option and never shows a key.
std::shared_ptr<const TlsContext> makeTlsContext(const FastifyOptions& options);

/// One connection's side. Does not own the descriptor, which is non-blocking.
class TlsChannel {
 public:
  TlsChannel(const TlsContext& context, int fileDescriptor);
  ~TlsChannel();

  /// As ::recv and ::send: -1 with errno EAGAIN when the socket is not ready, 0 at the client's end. The handshake
  /// happens within them.
  ssize_t receive(char* at, std::size_t room) noexcept;
  ssize_t send(const char* data, std::size_t size) noexcept;
  /// Says that we send no more. Once, when the output has left.
  void endSending() noexcept;

  bool established() const noexcept;
  /// What both have agreed on by ALPN: "h2", "http/1.1" or nothing.
  std::string_view protocol() const noexcept;
  /// Bytes have been taken from the socket that `receive` has not given yet: no event will tell of them.
  bool holdsInput() const noexcept;
  /// The handshake waits until the socket can be written.
  bool wantsToWrite() const noexcept { return wantsToWrite_; }

 private:
  struct Impl;
  ssize_t outcome(int result) noexcept;

  std::unique_ptr<Impl> impl_;
  bool wantsToWrite_ = false;
};

}  // namespace fastify::server
