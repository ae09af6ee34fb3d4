#include "store/audit_log.hpp"

#include "store/sql_builder.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace clerk::instance {
namespace {

std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const auto& id : ids) text.append(text.empty() ? "" : " ").append(id);
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> ids;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    ids.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return ids;
}

AuditEntry readEntry(const sql::Rows& row) {
  return {.id = row.string(0),
          .actor = {.source = auditSourceOf(row.text(1)).value_or(AuditSource::BackendApi),
                    .id = row.string(2),
                    .operation = row.string(3),
                    .requestId = row.string(5),
                    .ipAddress = row.string(6),
                    .objects = split(row.text(4))},
          .createdAt = row.time(7)};
}

/// Absent when there is no such entry.
std::optional<Time> createdAtOf(sql::Connection& sql, std::string_view id) {
  auto rows = sql.query("select created_at from audit_log where id = $1", {id});
  return rows.next() ? std::optional(rows.time(0)) : std::nullopt;
}

}  // namespace

void AuditLog::insert(const AuditEntry& entry) {
  const auto& actor = entry.actor;
  sql_.execute(
      "insert into audit_log (id, source, actor, operation, objects, request_id, ip_address, created_at) values ($1, "
      "$2, $3, $4, $5, $6, $7, $8)",
      {entry.id, nameOf(actor.source), actor.id, actor.operation, joined(actor.objects), actor.requestId,
       actor.ipAddress, entry.createdAt});
  for (const auto& id : actor.objects) {
    sql_.execute("insert into audit_log_objects (object_id, created_at, entry_id) values ($1, $2, $3)",
                 {id, entry.createdAt, entry.id});
  }
}

std::vector<AuditEntry> AuditLog::list(const AuditFilter& filter, std::int64_t limit) const {
  sql::Builder builder;
  builder.add("select e.id, e.source, e.actor, e.operation, e.objects, e.request_id, e.ip_address, e.created_at from ");
  // Each of the two tables is walked in its own index, which has the order.
  const bool ofObject = !filter.object.empty();
  const std::string key = ofObject ? "o.created_at, o.entry_id" : "e.created_at, e.id";
  if (ofObject) {
    builder.add("audit_log_objects o join audit_log e on e.id = o.entry_id");
    builder.condition().add("o.object_id = ").parameter(filter.object);
  } else {
    builder.add("audit_log e");
  }
  if (filter.source) builder.condition().add("e.source = ").parameter(nameOf(*filter.source));
  if (!filter.startingAfter.empty()) {
    const auto createdAt = createdAtOf(sql_, filter.startingAfter);
    if (!createdAt) return {};
    builder.condition().add("(").add(key).add(") < (").parameter(*createdAt).add(", ");
    builder.parameter(filter.startingAfter).add(")");
  }
  const std::string order = ofObject ? "o.created_at desc, o.entry_id desc" : "e.created_at desc, e.id desc";
  auto rows = builder.add(" order by ").add(order).add(" limit ").parameter(limit).run(sql_);
  std::vector<AuditEntry> entries;
  while (rows.next()) entries.push_back(readEntry(rows));
  return entries;
}

std::int64_t AuditLog::eraseOlder(Time before, std::int64_t limit) {
  return sql_.execute(
      "delete from audit_log where id in (select id from audit_log where created_at < $1 order by created_at limit $2)",
      {before, limit});
}

}  // namespace clerk::instance
