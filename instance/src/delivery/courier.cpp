#include "delivery/courier.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace clerk::instance {
namespace {

using namespace std::chrono_literals;

/// Longer than ten sendings take at their worst: a process that lives keeps what it took.
constexpr auto lease = 10min;
constexpr std::int64_t batch = 10;
constexpr int maxAttempts = 10;

std::optional<Time> retryTime(Time now, int attempts, bool permanent) {
  if (permanent || attempts >= maxAttempts) return std::nullopt;
  return now + 5s * (1 << (attempts - 1));
}

void sendOne(const CourierOptions& options, const Message& message) {
  const auto sender =
      std::ranges::find_if(options.senders, [&](const auto& each) { return each->takes(message.channel); });
  if (sender == options.senders.end()) {
    throw DeliveryError("nothing sends messages of the kind " + std::string(nameOf(message.channel)), true);
  }
  (*sender)->send(message);
}

void deliver(Store& store, const Clock& clock, const CourierOptions& options, const QueuedMessage& queued) {
  const auto& id = queued.message.id;
  try {
    sendOne(options, queued.message);
    store.writeNow([&](Transaction& tx) { tx.outbox().markDelivered(id); });
  } catch (const DeliveryError& error) {
    const auto retryAt = retryTime(clock.now(), queued.attempts, error.isPermanent());
    store.writeNow([&](Transaction& tx) { tx.outbox().markFailed(id, error.what(), retryAt); });
    options.report("message " + id + (retryAt ? " was not sent yet: " : " was given up: ") + error.what());
  }
}

}  // namespace

Courier::Courier(Store& store, const Clock& clock, CourierOptions options)
    : options_(std::move(options)), thread_(options_.pollInterval, [this, &store, &clock, broken = false]() mutable {
        try {
          const bool worked = deliverDue(store, clock, options_) > 0;
          broken = false;
          return worked;
        } catch (const std::exception& error) {
          // The database does not answer; said once, tried again until it does.
          if (!std::exchange(broken, true)) options_.report(std::string("the outbox waits: ") + error.what());
          return false;
        }
      }) {}

std::size_t Courier::deliverDue(Store& store, const Clock& clock, const CourierOptions& options) {
  const Time now = clock.now();
  // Looking costs nobody his turn at writing.
  std::optional<Time> next;
  store.readNow([&](const Transaction& tx) { next = tx.outbox().nextDue(); });
  if (!next || *next > now) return 0;
  std::vector<QueuedMessage> claimed;
  store.writeNow([&](Transaction& tx) { claimed = tx.outbox().claim(now, now + lease, batch); });
  for (const auto& queued : claimed) deliver(store, clock, options, queued);
  return claimed.size();
}

}  // namespace clerk::instance
