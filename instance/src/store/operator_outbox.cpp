#include "store/operator_outbox.hpp"

namespace clerk::instance {
namespace {

#define CLERK_MESSAGE_PROGRESS                                                                                    \
  "select id, channel, status, slug, recipient, subject, user_id, created_at, attempts, due_at, last_error from " \
  "outbox"

std::vector<MessageProgress> readMessages(sql::Rows rows) {
  std::vector<MessageProgress> all;
  while (rows.next()) {
    all.push_back({.message = {.id = rows.string(0),
                               .channel = messageChannelOf(rows.text(1)).value_or(MessageChannel::Email),
                               .status = messageStatusOf(rows.text(2)).value_or(MessageStatus::Failed),
                               .slug = rows.string(3),
                               .to = rows.string(4),
                               .subject = rows.string(5),
                               .body = {},
                               .code = {},
                               .userId = rows.string(6),
                               .createdAt = rows.time(7)},
                   .attempts = static_cast<int>(rows.integer(8)),
                   .dueAt = rows.time(9),
                   .lastError = rows.string(10)});
  }
  return all;
}

#define CLERK_DELIVERY_PROGRESS                                                                                 \
  "select d.id, d.event_id, d.endpoint_id, d.status, d.attempts, d.due_at, d.leased_until, d.last_status, "     \
  "d.last_error, d.created_at, coalesce(e.type, ''), coalesce(r.name, '') from webhook_deliveries d left join " \
  "webhook_events e on e.id = d.event_id left join registry r on r.kind = 'webhook_endpoint' and r.id = "       \
  "d.endpoint_id"

std::vector<DeliveryProgress> readDeliveries(sql::Rows rows) {
  std::vector<DeliveryProgress> all;
  while (rows.next()) {
    all.push_back({.delivery = {.id = rows.string(0),
                                .eventId = rows.string(1),
                                .endpointId = rows.string(2),
                                .status = rows.string(3),
                                .attempts = rows.integer(4),
                                .dueAt = rows.time(5),
                                .leasedUntil = rows.time(6),
                                .lastStatus = rows.integer(7),
                                .lastError = rows.string(8),
                                .createdAt = rows.time(9)},
                   .eventType = rows.string(10),
                   .url = rows.string(11)});
  }
  return all;
}

template <class Item>
std::optional<Item> firstOf(std::vector<Item> items) {
  return items.empty() ? std::nullopt : std::optional(std::move(items.front()));
}

std::int64_t numberOf(sql::Rows rows) { return rows.next() ? rows.integer(0) : 0; }

}  // namespace

std::vector<MessageProgress> OperatorOutbox::messages(std::optional<MessageStatus> status,
                                                      const PageRequest& page) const {
  if (!status) {
    return readMessages(sql_.query(CLERK_MESSAGE_PROGRESS " order by created_at desc, id desc limit $1 offset $2",
                                   {page.limit, page.offset}));
  }
  return readMessages(sql_.query(CLERK_MESSAGE_PROGRESS
                                 " where status = $1 order by created_at desc, id desc limit $2 offset $3",
                                 {nameOf(*status), page.limit, page.offset}));
}

std::optional<MessageProgress> OperatorOutbox::findMessage(std::string_view id) const {
  return firstOf(readMessages(sql_.query(CLERK_MESSAGE_PROGRESS " where id = $1", {id})));
}

std::int64_t OperatorOutbox::countMessages(MessageStatus status) const {
  return numberOf(sql_.query("select count(*) from outbox where status = $1", {nameOf(status)}));
}

bool OperatorOutbox::retryMessage(std::string_view id, Time now) {
  return sql_.execute(
             "update outbox set due_at = $2, attempts = 0 where id = $1 and status = 'queued' and (attempts = 0 or "
             "last_error <> '')",
             {id, now}) > 0;
}

std::vector<DeliveryProgress> OperatorOutbox::deliveries(std::string_view status, const PageRequest& page) const {
  if (status.empty()) {
    return readDeliveries(sql_.query(CLERK_DELIVERY_PROGRESS
                                     " order by d.created_at desc, d.id desc limit $1 offset $2",
                                     {page.limit, page.offset}));
  }
  return readDeliveries(sql_.query(CLERK_DELIVERY_PROGRESS
                                   " where d.status = $1 order by d.created_at desc, d.id desc limit $2 offset $3",
                                   {status, page.limit, page.offset}));
}

std::optional<DeliveryProgress> OperatorOutbox::findDelivery(std::string_view id) const {
  return firstOf(readDeliveries(sql_.query(CLERK_DELIVERY_PROGRESS " where d.id = $1", {id})));
}

std::int64_t OperatorOutbox::countDeliveries(std::string_view status) const {
  return numberOf(sql_.query("select count(*) from webhook_deliveries where status = $1", {status}));
}

bool OperatorOutbox::retryDelivery(std::string_view id, Time now) {
  return sql_.execute(
             "update webhook_deliveries set status = 'waiting', due_at = $2, attempts = 0, updated_at = $2 where id = "
             "$1 and (status = 'failed' or (status = 'waiting' and leased_until <= $2))",
             {id, now}) > 0;
}

std::int64_t OperatorOutbox::countUsers() const {
  return numberOf(sql_.query("select value from counters where name = 'users'", {}));
}

}  // namespace clerk::instance
