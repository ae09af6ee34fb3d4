#pragma once
// A connection's bytes after HTTP, in the user's hands.

#include <fastify/upgrade.hpp>

#include <async/deferred.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fastify::server {

class Connection;

/// Owned by the user; the connection is told when the last pointer goes, and tells when it goes itself.
class UpgradedSocket final : public Socket {
 public:
  explicit UpgradedSocket(Connection& connection) noexcept : connection_(&connection) {}
  ~UpgradedSocket() override;

  Task<std::optional<std::string>> read() override;
  bool write(std::string_view bytes) override;
  Task<> drain() override;
  void end() override;
  void destroy() override;
  bool closed() const noexcept override { return connection_ == nullptr; }
  void onServerClose(std::function<void()> callback) override { serverCloses_ = std::move(callback); }

  // What the connection says.
  void add(std::string_view bytes);
  void inputEnded();
  void hasRoom();
  void serverCloses();
  /// The connection is gone; `broken`: not by our will or after the client's end.
  void detach(bool broken);

  /// Whether more input would only pile up.
  bool full() const noexcept { return waiting_.size() >= enough; }

 private:
  static constexpr std::size_t enough = 64 * 1024;

  void wake(std::optional<async::Deferred<>>& waiter);

  Connection* connection_;
  std::string waiting_;
  bool ended_ = false;
  bool broken_ = false;
  std::optional<async::Deferred<>> arrived_;
  std::optional<async::Deferred<>> drained_;
  std::function<void()> serverCloses_;
};

}  // namespace fastify::server
