#include "store/webhooks.hpp"

namespace clerk::instance {
namespace {

#define CLERK_DELIVERY_COLUMNS \
  "id, event_id, endpoint_id, status, attempts, due_at, leased_until, last_status, last_error, created_at"

WebhookDelivery readDelivery(const sql::Rows& row) {
  return {.id = row.string(0),
          .eventId = row.string(1),
          .endpointId = row.string(2),
          .status = row.string(3),
          .attempts = row.integer(4),
          .dueAt = row.time(5),
          .leasedUntil = row.time(6),
          .lastStatus = row.integer(7),
          .lastError = row.string(8),
          .createdAt = row.time(9)};
}

}  // namespace

void Webhooks::insert(const WebhookEvent& event) {
  sql_.execute("insert into webhook_events (id, type, payload, created_at) values ($1, $2, $3, $4)",
               {event.id, event.type, event.payload, event.createdAt});
}

void Webhooks::insert(const WebhookDelivery& delivery) {
  sql_.execute("insert into webhook_deliveries (" CLERK_DELIVERY_COLUMNS
               ", updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
               {delivery.id, delivery.eventId, delivery.endpointId, delivery.status, delivery.attempts, delivery.dueAt,
                delivery.leasedUntil, delivery.lastStatus, delivery.lastError, delivery.createdAt});
}

std::optional<WebhookEvent> Webhooks::findEvent(std::string_view id) const {
  auto rows = sql_.query("select id, type, payload, created_at from webhook_events where id = $1", {id});
  if (!rows.next()) return std::nullopt;
  return WebhookEvent{rows.string(0), rows.string(1), rows.string(2), rows.time(3)};
}

std::optional<WebhookDelivery> Webhooks::findDelivery(std::string_view id) const {
  auto rows = sql_.query("select " CLERK_DELIVERY_COLUMNS " from webhook_deliveries where id = $1", {id});
  return rows.next() ? std::optional(readDelivery(rows)) : std::nullopt;
}

std::vector<WebhookDelivery> Webhooks::due(Time now, std::int64_t limit) const {
  auto rows = sql_.query("select " CLERK_DELIVERY_COLUMNS
                         " from webhook_deliveries where status = 'waiting' and due_at <= $1 and leased_until <= $1 "
                         "order by due_at, id limit $2",
                         {now, limit});
  std::vector<WebhookDelivery> deliveries;
  while (rows.next()) deliveries.push_back(readDelivery(rows));
  return deliveries;
}

bool Webhooks::claim(std::string_view id, Time now, Time leasedUntil) {
  return sql_.execute(
             "update webhook_deliveries set leased_until = $3, attempts = attempts + 1, updated_at = $2 where id = $1 "
             "and status = 'waiting' and due_at <= $2 and leased_until <= $2",
             {id, now, leasedUntil}) > 0;
}

bool Webhooks::settle(const WebhookDelivery& delivery, Time now) {
  return sql_.execute(
             "update webhook_deliveries set status = $2, due_at = $3, leased_until = 0, last_status = $4, last_error = "
             "$5, updated_at = $6 where id = $1 and status = 'waiting' and attempts = $7",
             {delivery.id, delivery.status, delivery.dueAt, delivery.lastStatus, delivery.lastError, now,
              delivery.attempts}) > 0;
}

bool Webhooks::sendAgain(std::string_view id, Time now) {
  sql_.changes.touch(id);
  return sql_.execute(
             "update webhook_deliveries set status = 'waiting', due_at = $2, leased_until = 0, updated_at = $2 where "
             "id = $1 and leased_until <= $2",
             {id, now}) > 0;
}

std::int64_t Webhooks::eraseOlder(Time before, std::int64_t limit) {
  return sql_.execute(
      "delete from webhook_events where id in (select e.id from webhook_events e where e.created_at < $1 and not "
      "exists (select 1 from webhook_deliveries d where d.event_id = e.id and d.status = 'waiting') order by "
      "e.created_at limit $2)",
      {before, limit});
}

}  // namespace clerk::instance
