#include "upgraded_socket.hpp"

#include "connection.hpp"

#include <fastify/error.hpp>

#include <utility>

namespace fastify::server {

UpgradedSocket::~UpgradedSocket() {
  if (connection_) connection_->endUpgraded();
}

Task<std::optional<std::string>> UpgradedSocket::read() {
  while (waiting_.empty() && !ended_ && !broken_) {
    arrived_.emplace();
    const auto arrived = *arrived_;
    co_await arrived;
  }
  if (!waiting_.empty()) {
    const bool wasFull = full();
    auto bytes = std::exchange(waiting_, {});
    if (wasFull && connection_) connection_->readUpgraded();
    co_return bytes;
  }
  if (broken_) throw FastifyError(500, "ECONNRESET", "the upgraded connection broke");
  co_return std::nullopt;
}

bool UpgradedSocket::write(std::string_view bytes) { return !connection_ || connection_->writeUpgraded(bytes); }

Task<> UpgradedSocket::drain() {
  while (connection_ && !connection_->hasRoom()) {
    drained_.emplace();
    const auto drained = *drained_;
    co_await drained;
  }
}

void UpgradedSocket::end() {
  ended_ = true;
  if (connection_) std::exchange(connection_, nullptr)->endUpgraded();
  wake(arrived_);
  wake(drained_);
}

void UpgradedSocket::destroy() {
  ended_ = true;
  if (connection_) std::exchange(connection_, nullptr)->abort();
  wake(arrived_);
  wake(drained_);
}

void UpgradedSocket::add(std::string_view bytes) {
  if (ended_) return;
  waiting_ += bytes;
  wake(arrived_);
}

void UpgradedSocket::inputEnded() {
  ended_ = true;
  wake(arrived_);
}

void UpgradedSocket::hasRoom() { wake(drained_); }

void UpgradedSocket::serverCloses() {
  if (serverCloses_) return std::exchange(serverCloses_, nullptr)();
  end();
}

void UpgradedSocket::detach(bool broken) {
  connection_ = nullptr;
  broken_ = broken && !ended_;
  ended_ = ended_ || !broken;
  wake(arrived_);
  wake(drained_);
}

void UpgradedSocket::wake(std::optional<async::Deferred<>>& waiter) {
  if (waiter) std::exchange(waiter, std::nullopt)->resolve();
}

}  // namespace fastify::server
