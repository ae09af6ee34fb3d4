#include "store/outbox.hpp"

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

#define CLERK_MESSAGE_COLUMNS "id, channel, status, slug, recipient, subject, body, code, user_id, created_at"

Message readMessage(const sql::Rows& row) {
  return {row.string(0),
          messageChannelOf(row.text(1)).value_or(MessageChannel::Email),
          messageStatusOf(row.text(2)).value_or(MessageStatus::Failed),
          row.string(3),
          row.string(4),
          row.string(5),
          row.string(6),
          row.string(7),
          row.string(8),
          row.time(9)};
}

constexpr int afterMessage = 10;

std::vector<Message> readAll(sql::Rows rows) {
  std::vector<Message> messages;
  while (rows.next()) messages.push_back(readMessage(rows));
  return messages;
}

}  // namespace

void Outbox::insert(const Message& message) {
  sql_.execute("insert into outbox (" CLERK_MESSAGE_COLUMNS ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
               {message.id, nameOf(message.channel), nameOf(message.status), message.slug, message.to, message.subject,
                message.body, message.code, message.userId, message.createdAt});
  sql_.changes.note(message.channel == MessageChannel::Email ? "email.created" : "sms.created", message.id);
}

std::optional<Message> Outbox::find(std::string_view id) const {
  auto found = readAll(sql_.query("select " CLERK_MESSAGE_COLUMNS " from outbox where id = $1", {id}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Message> Outbox::list(std::string_view to, const PageRequest& page) const {
  if (to.empty()) {
    return readAll(sql_.query("select " CLERK_MESSAGE_COLUMNS
                              " from outbox order by created_at desc, id desc limit $1 offset $2",
                              {page.limit, page.offset}));
  }
  return readAll(sql_.query("select " CLERK_MESSAGE_COLUMNS
                            " from outbox where recipient = $1 order by created_at desc, id desc limit $2 offset $3",
                            {to, page.limit, page.offset}));
}

std::vector<QueuedMessage> Outbox::claim(Time now, Time leaseEnd, std::int64_t limit) {
  auto rows = sql_.query(
      "update outbox set due_at = $2, attempts = attempts + 1 where id in (select id from outbox where status = "
      "'queued' "
      "and due_at <= $1 order by due_at, id limit $3) returning " CLERK_MESSAGE_COLUMNS ", attempts",
      {now, leaseEnd, limit});
  std::vector<QueuedMessage> claimed;
  while (rows.next()) claimed.push_back({readMessage(rows), static_cast<int>(rows.integer(afterMessage))});
  std::ranges::sort(claimed, {}, [](const QueuedMessage& each) {
    return std::pair(each.message.createdAt, std::string_view(each.message.id));
  });
  return claimed;
}

std::optional<Time> Outbox::nextDue() const {
  auto rows = sql_.query("select due_at from outbox where status = 'queued' order by due_at, id limit 1", {});
  return rows.next() ? std::optional(rows.time(0)) : std::nullopt;
}

void Outbox::markDelivered(std::string_view id) {
  sql_.execute("update outbox set status = 'delivered', body = '', code = '', last_error = '' where id = $1", {id});
}

void Outbox::markFailed(std::string_view id, std::string_view why, std::optional<Time> retryAt) {
  if (retryAt) {
    sql_.execute("update outbox set due_at = $2, last_error = $3 where id = $1 and status = 'queued'",
                 {id, *retryAt, why});
  } else {
    sql_.execute(
        "update outbox set status = 'failed', body = '', code = '', last_error = $2 where id = $1 and status = "
        "'queued'",
        {id, why});
  }
}

std::optional<QueueProgress> Outbox::progressOf(std::string_view id) const {
  auto rows = sql_.query("select attempts, due_at, last_error from outbox where id = $1", {id});
  if (!rows.next()) return std::nullopt;
  return QueueProgress{.attempts = rows.integer(0), .dueAt = rows.time(1), .lastError = rows.string(2)};
}

bool Outbox::hasten(std::string_view id, Time now) {
  sql_.changes.touch(id);
  return sql_.execute("update outbox set due_at = $2 where id = $1 and status = 'queued'", {id, now}) > 0;
}

std::int64_t Outbox::countSince(std::string_view to, Time since) const {
  auto rows = sql_.query("select count(*) from outbox where recipient = $1 and created_at > $2", {to, since});
  return rows.next() ? rows.integer(0) : 0;
}

std::int64_t Outbox::eraseOlder(Time before, std::int64_t limit) {
  return sql_.execute(
      "delete from outbox where id in (select id from outbox where created_at < $1 order by created_at limit $2)",
      {before, limit});
}

}  // namespace clerk::instance
