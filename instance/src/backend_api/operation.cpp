#include "backend_api/operation.hpp"

#include "api/list_fields.hpp"
#include "api/upload.hpp"

namespace clerk::instance::backend_api {

api::TextFields Call::query() const { return api::TextFields(request.query()); }

JsonFields Call::body() const {
  static const boost::json::object none;
  const auto& body = request.body();
  const auto* members = body.isJson() ? body.json().if_object() : nullptr;
  return JsonFields(members ? *members : none);
}

Outcome<std::string> Call::upload() const { return api::uploadOf(request); }

std::vector<JsonFields> Call::bodies() const {
  std::vector<JsonFields> all;
  const auto& body = request.body();
  const auto* list = body.isJson() ? body.json().if_array() : nullptr;
  if (!list) return all;
  for (const auto& each : *list) all.emplace_back(each.get_object());
  return all;
}

std::string Call::param(std::string_view name) const { return std::string(request.param(name).value_or("")); }

wire::View Call::view() const { return {core.settings(), core.now()}; }

PageRequest readPage(api::TextFields& query) { return api::readPage(query); }

wire::Json listOrPage(api::TextFields& query, wire::JsonArray list, std::int64_t totalCount) {
  if (query.boolean("paginated").value_or(false)) return wire::page(std::move(list), totalCount);
  return list;
}

}  // namespace clerk::instance::backend_api
