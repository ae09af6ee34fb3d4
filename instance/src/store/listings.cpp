#include "store/listings.hpp"

#include "store/sql_builder.hpp"

#include <optional>

namespace clerk::instance {
namespace {

std::string_view nameOf(ListedTable table) noexcept {
  switch (table) {
    case ListedTable::Organizations: return "organizations";
    case ListedTable::Sessions: return "sessions";
    case ListedTable::Registry: return "registry";
    case ListedTable::Messages: return "outbox";
    case ListedTable::WebhookDeliveries: return "webhook_deliveries";
  }
  return {};
}

void addEquals(sql::Builder& builder, const std::vector<std::pair<std::string_view, std::string>>& equals) {
  for (const auto& [column, value] : equals) {
    if (!value.empty()) builder.condition().add(column).add(" = ").parameter(value);
  }
}

std::optional<Time> createdAtOf(sql::Connection& sql, std::string_view table, std::string_view id) {
  sql::Builder builder;
  builder.add("select created_at from ").add(table).condition().add("id = ").parameter(id);
  auto rows = builder.run(sql);
  return rows.next() ? std::optional(rows.time(0)) : std::nullopt;
}

}  // namespace

std::vector<std::string> Listings::newest(const ListingRequest& request) const {
  const auto table = nameOf(request.table);
  sql::Builder builder;
  builder.add("select id from ").add(table);
  addEquals(builder, request.equals);
  builder.contains("search_text", request.query);
  if (!request.startingAfter.empty()) {
    const auto createdAt = createdAtOf(sql_, table, request.startingAfter);
    if (!createdAt) return {};
    builder.condition().add("(created_at, id) < (").parameter(*createdAt).add(", ");
    builder.parameter(request.startingAfter).add(")");
  }
  builder.add(" order by created_at desc, id desc limit ").parameter(request.limit);
  std::vector<std::string> ids;
  auto rows = builder.run(sql_);
  while (rows.next()) ids.push_back(rows.string(0));
  return ids;
}

std::int64_t Listings::countUpTo(ListedTable table, std::int64_t most,
                                 const std::vector<std::pair<std::string_view, std::string>>& equals) const {
  sql::Builder builder;
  builder.add("select count(*) from (select 1 from ").add(nameOf(table));
  addEquals(builder, equals);
  auto rows = builder.add(" limit ").parameter(most).add(") as counted").run(sql_);
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace clerk::instance
