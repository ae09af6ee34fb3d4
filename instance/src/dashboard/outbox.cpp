// What was or will be sent: mails and text messages, and events to webhook endpoints.

#include "dashboard/errors.hpp"
#include "dashboard/keyset_page.hpp"
#include "dashboard/operations.hpp"
#include "model/errors.hpp"
#include "wire/message.hpp"

namespace clerk::instance::dashboard {
namespace {

using backend_api::Call;
using Shown = std::optional<wire::JsonObject>;

/// What a message says (a code, a link) signs somebody in: only where nothing is real may others read it.
wire::JsonObject shownMessage(const Core& core, const Message& message, const QueueProgress& progress) {
  auto json = wire::message(message);
  if (!core.settings().testMode) {
    json["body"] = nullptr;
    json["code"] = nullptr;
  }
  json["attempts"] = progress.attempts;
  json["due_at"] = toMilliseconds(progress.dueAt);
  json["last_error"] = wire::textOrNull(progress.lastError);
  return json;
}

async::Task<Outcome<wire::Json>> listMessages(Call& call) {
  auto query = call.query();
  auto request = readListing(query, ListedTable::Messages, {{"status", "status"}, {"to", "recipient"}});
  if (auto wrong = query.failure()) co_return *wrong;
  const auto& core = call.core;
  co_return co_await listed(call.core, std::move(request), [&](const Transaction& tx, const std::string& id) -> Shown {
    const auto message = tx.outbox().find(id);
    if (!message) return std::nullopt;
    return shownMessage(core, *message, tx.outbox().progressOf(id).value_or(QueueProgress{}));
  });
}

async::Task<Outcome<wire::Json>> retryMessage(Call& call) {
  const auto id = call.param("message_id");
  const Time now = call.core.now();
  const auto found = co_await call.core.store().transact([&](Transaction& tx) -> Outcome<> {
    if (!tx.outbox().find(id)) return errors::resourceNotFound();
    if (!tx.outbox().hasten(id, now)) return wrong::messageIsOver();
    return {};
  });
  if (!found) co_return found.error();
  call.status = 204;
  co_return wire::Json();
}

wire::JsonObject shownDelivery(const Transaction& tx, const WebhookDelivery& delivery) {
  const auto event = tx.webhooks().findEvent(delivery.eventId);
  const auto endpoint = tx.registry().find(registry::webhookEndpoint, delivery.endpointId);
  return {{"object", "webhook_delivery"},
          {"id", delivery.id},
          {"event_id", delivery.eventId},
          {"event_type", event ? wire::Json(event->type) : wire::Json()},
          {"payload", event ? wire::Json(event->payload) : wire::Json()},
          {"endpoint", endpoint ? wire::Json(endpoint->name) : wire::Json()},
          {"status", delivery.status},
          {"attempts", delivery.attempts},
          {"due_at", toMilliseconds(delivery.dueAt)},
          {"last_status", delivery.lastStatus == 0 ? wire::Json() : wire::Json(delivery.lastStatus)},
          {"last_error", wire::textOrNull(delivery.lastError)},
          {"created_at", toMilliseconds(delivery.createdAt)}};
}

async::Task<Outcome<wire::Json>> listDeliveries(Call& call) {
  auto query = call.query();
  auto request = readListing(query, ListedTable::WebhookDeliveries, {{"status", "status"}});
  if (auto wrong = query.failure()) co_return *wrong;
  co_return co_await listed(call.core, std::move(request), [](const Transaction& tx, const std::string& id) -> Shown {
    const auto delivery = tx.webhooks().findDelivery(id);
    if (!delivery) return std::nullopt;
    return shownDelivery(tx, *delivery);
  });
}

async::Task<Outcome<wire::Json>> retryDelivery(Call& call) {
  const auto id = call.param("delivery_id");
  const Time now = call.core.now();
  const auto found = co_await call.core.store().transact([&](Transaction& tx) -> Outcome<> {
    if (!tx.webhooks().findDelivery(id)) return errors::resourceNotFound();
    if (!tx.webhooks().sendAgain(id, now)) return wrong::deliveryUnderWay();
    return {};
  });
  if (!found) co_return found.error();
  call.status = 204;
  co_return wire::Json();
}

}  // namespace

void addOutbox(const backend_api::AddOperation& add) {
  add("GET", "/lists/messages", listMessages);
  add("POST", "/messages/:message_id/retry", retryMessage);
  add("GET", "/lists/webhook_deliveries", listDeliveries);
  add("POST", "/webhook_deliveries/:delivery_id/retry", retryDelivery);
}

}  // namespace clerk::instance::dashboard
