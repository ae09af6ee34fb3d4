#include "store/outbox.hpp"

namespace clerk::instance {
namespace {

#define CLERK_MESSAGE_COLUMNS "id, channel, status, slug, recipient, subject, body, code, user_id, created_at"

std::vector<Message> readAll(sql::Rows rows) {
  std::vector<Message> messages;
  while (rows.next()) {
    messages.push_back({rows.string(0), messageChannelOf(rows.text(1)).value_or(MessageChannel::Email),
                        messageStatusOf(rows.text(2)).value_or(MessageStatus::Failed), rows.string(3), rows.string(4),
                        rows.string(5), rows.string(6), rows.string(7), rows.string(8), rows.time(9)});
  }
  return messages;
}

}  // namespace

void Outbox::insert(const Message& message) {
  sql_.execute("insert into outbox (" CLERK_MESSAGE_COLUMNS ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
               {message.id, nameOf(message.channel), nameOf(message.status), message.slug, message.to, message.subject,
                message.body, message.code, message.userId, message.createdAt});
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

std::vector<Message> Outbox::queued(std::int64_t limit) const {
  return readAll(sql_.query("select " CLERK_MESSAGE_COLUMNS
                            " from outbox where status = 'queued' order by created_at, id limit $1",
                            {limit}));
}

std::int64_t Outbox::countSince(std::string_view to, Time since) const {
  auto rows = sql_.query("select count(*) from outbox where recipient = $1 and created_at > $2", {to, since});
  return rows.next() ? rows.integer(0) : 0;
}

bool Outbox::setStatus(std::string_view id, MessageStatus status) {
  return sql_.execute("update outbox set status = $2 where id = $1", {id, nameOf(status)}) > 0;
}

std::int64_t Outbox::eraseOlder(Time before, std::int64_t limit) {
  return sql_.execute(
      "delete from outbox where id in (select id from outbox where created_at < $1 order by created_at limit $2)",
      {before, limit});
}

}  // namespace clerk::instance
