// Who changed what.

#include "api/text_fields.hpp"
#include "dashboard/operations.hpp"
#include "wire/error.hpp"

namespace clerk::instance::dashboard {
namespace {

wire::JsonObject shown(const AuditEntry& entry) {
  return {{"object", "audit_entry"},
          {"id", entry.id},
          {"source", nameOf(entry.actor.source)},
          {"actor", entry.actor.id},
          {"operation", entry.actor.operation},
          {"objects", wire::texts(entry.actor.objects)},
          {"request_id", entry.actor.requestId},
          {"ip_address", entry.actor.ipAddress},
          {"created_at", toMilliseconds(entry.createdAt)}};
}

async::Task<Outcome<wire::Json>> list(backend_api::Call& call) {
  auto query = call.query();
  AuditFilter filter{.object = query.text("object_id").value_or(""),
                     .startingAfter = query.text("starting_after").value_or("")};
  const auto limit = query.integerWithin("limit", 1, 100).value_or(25);
  if (const auto source = query.text("source").value_or(""); !source.empty()) {
    filter.source = auditSourceOf(source);
    if (!filter.source) query.refuse(wire::wrong::paramValue("source", "backend_api, dashboard, command"));
  }
  if (auto wrong = query.failure()) co_return *wrong;
  auto entries =
      co_await call.core.store().scan([&](const Transaction& tx) { return tx.auditLog().list(filter, limit + 1); });
  const bool more = static_cast<std::int64_t>(entries.size()) > limit;
  if (more) entries.pop_back();
  wire::JsonArray data;
  for (const auto& entry : entries) data.push_back(shown(entry));
  co_return wire::JsonObject{{"data", std::move(data)}, {"next", more ? wire::Json(entries.back().id) : wire::Json()}};
}

}  // namespace

void addAuditLog(const backend_api::AddOperation& add) { add("GET", "/lists/audit_log", list); }

}  // namespace clerk::instance::dashboard
