#include "incoming_body.hpp"

#include <fastify/error.hpp>

#include <utility>

namespace fastify {

namespace {
// Enough to keep a socket busy; the kernel's buffers hold the rest.
constexpr std::size_t enough = 64 * 1024;
}  // namespace

Task<std::optional<std::string>> IncomingBody::read() {
  if (!std::exchange(started_, true) && transport_) transport_->receiveBody();
  while (waiting_.empty() && !ended_ && !failed_) {
    arrived_.emplace();
    const auto arrived = *arrived_;
    co_await arrived;
  }
  if (!waiting_.empty()) {
    auto chunk = std::exchange(waiting_, {});
    if (std::exchange(paused_, false) && transport_) transport_->resumeBody();
    co_return chunk;
  }
  if (failed_) throw FastifyError(400, "ECONNRESET", "the request's body ended before it was complete");
  co_return std::nullopt;
}

void IncomingBody::add(std::string_view data) {
  waiting_ += data;
  if (waiting_.size() >= enough && !std::exchange(paused_, true) && transport_) transport_->pauseBody();
  wake();
}

void IncomingBody::end() {
  ended_ = true;
  wake();
}

void IncomingBody::fail() {
  if (ended_) return;
  failed_ = true;
  wake();
}

void IncomingBody::wake() {
  if (arrived_) std::exchange(arrived_, std::nullopt)->resolve();
}

}  // namespace fastify
