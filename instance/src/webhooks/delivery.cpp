#include "webhooks/delivery.hpp"

#include "delivery/webhook_signature.hpp"
#include "webhooks/endpoints.hpp"

#include <async/event_loop.hpp>
#include <async/repeating_thread.hpp>
#include <fetch/fetch.hpp>

#include <array>
#include <memory>
#include <vector>

namespace clerk::instance::webhooks {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 7> schedule{5s, 300s, 1800s, 7200s, 18000s, 36000s, 36000s};
constexpr auto timeout = 15s;
/// Longer than an attempt can take: a process that dies leaves its deliveries to others after that.
constexpr auto lease = 60s;
constexpr std::size_t longestAnswer = 64 * 1024;
/// How often a thread without work looks again: another process may have written something.
constexpr auto pause = 250ms;
constexpr std::size_t couriers = 4;
constexpr std::int64_t looksAt = 16;

/// A delivery that is ours for the length of a lease.
struct Parcel {
  WebhookDelivery delivery;
  std::optional<WebhookEvent> event;
  std::optional<RegistryEntry> endpoint;
};

std::optional<Parcel> claimNext(Core& core, Transaction& tx) {
  const Time now = core.now();
  for (const auto& due : tx.webhooks().due(now, looksAt)) {
    if (!tx.webhooks().claim(due.id, now, now + lease)) continue;
    return Parcel{.delivery = *tx.webhooks().findDelivery(due.id),
                  .event = tx.webhooks().findEvent(due.eventId),
                  .endpoint = tx.registry().find(registry::webhookEndpoint, due.endpointId)};
  }
  return std::nullopt;
}

fetch::Request requestFor(const Core& core, const Parcel& parcel, std::string_view key) {
  fetch::Request request{.method = "POST",
                         .url = parcel.endpoint->name,
                         .headers = signedHeaders(key, parcel.event->id, core.now(), parcel.event->payload),
                         .body = parcel.event->payload,
                         .timeout = timeout,
                         .connectTimeout = 5s,
                         .maxResponseSize = longestAnswer};
  request.headers.emplace_back("content-type", "application/json");
  request.headers.emplace_back("user-agent", "Svix-Webhooks/1.0 (clerkd)");
  return request;
}

/// Fills in what came of it; never throws.
async::Task<> attempt(const Core& core, Parcel& parcel, std::string key) {
  auto& delivery = parcel.delivery;
  try {
    const auto response = co_await fetch::fetch(requestFor(core, parcel, key));
    delivery.lastStatus = response.status;
    delivery.lastError.clear();
    if (response.status / 100 == 2) delivery.status = delivery_status::delivered;
  } catch (const std::exception& error) {
    delivery.lastStatus = 0;
    delivery.lastError = std::string(error.what()).substr(0, 500);
  }
}

void plan(WebhookDelivery& delivery, Time now) {
  if (delivery.status == delivery_status::delivered) return;
  const auto wait = waitAfter(delivery.attempts);
  if (wait) {
    delivery.dueAt = now + *wait;
  } else {
    delivery.status = delivery_status::failed;
  }
}

}  // namespace

std::optional<std::chrono::seconds> waitAfter(std::int64_t attempt) noexcept {
  if (attempt < 1 || attempt > static_cast<std::int64_t>(schedule.size())) return std::nullopt;
  return schedule[static_cast<std::size_t>(attempt - 1)];
}

async::Task<bool> deliverNext(Core& core) {
  const bool due =
      co_await core.store().read([&](const Transaction& tx) { return !tx.webhooks().due(core.now(), 1).empty(); });
  if (!due) co_return false;
  auto parcel = co_await core.store().transact([&](Transaction& tx) { return claimNext(core, tx); });
  if (!parcel) co_return true;  // others have them
  const auto key = parcel->endpoint ? keyOf(secretOfEndpoint(core, *parcel->endpoint)) : std::nullopt;
  if (!parcel->event || !key || parcel->endpoint->status != registry_status::active) {
    parcel->delivery.status = delivery_status::failed;
    parcel->delivery.lastError = "the endpoint is no longer configured";
  } else {
    co_await attempt(core, *parcel, *key);
    plan(parcel->delivery, core.now());
  }
  co_await core.store().transact([&](Transaction& tx) { tx.webhooks().settle(parcel->delivery, core.now()); });
  co_return true;
}

struct Courier::Impl {
  explicit Impl(Core& core) {
    for (std::size_t i = 0; i < couriers; ++i) {
      threads.push_back(std::make_unique<async::RepeatingThread>(pause, [&core] {
        try {
          return async::blockOn([&] { return deliverNext(core); });
        } catch (const std::exception&) {
          // A busy or full disk: the lease runs out, and the delivery is taken up again.
          return false;
        }
      }));
    }
  }

  std::vector<std::unique_ptr<async::RepeatingThread>> threads;
};

Courier::Courier(Core& core) : impl_(std::make_unique<Impl>(core)) {}
Courier::~Courier() = default;

}  // namespace clerk::instance::webhooks
