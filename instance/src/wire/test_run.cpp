// A test run of an enterprise connection, as both APIs show it.

#include "wire/enterprise.hpp"

namespace clerk::instance::wire {

JsonObject testRun(const TestRun& run) {
  const auto& entry = run.entry;
  const auto type = entry.text("connection_type");
  const auto logs = entry.json("logs");
  const auto over = run.payload.empty() ? Json() : Json(run.payload);
  return {{"id", entry.id},
          {"status", nameOf(run.status())},
          {"connection_type", type},
          {"parsed_user_info", entry.json("parsed_user_info")},
          {"logs", logs.is_array() ? logs : Json(JsonArray())},
          {"saml", type == "saml" ? over : Json()},
          {"oauth", type == "saml" ? Json() : over},
          {"created_at", toMilliseconds(entry.createdAt)}};
}

}  // namespace clerk::instance::wire
