#include "api/list_fields.hpp"

#include <limits>

namespace clerk::instance::api {
namespace {

constexpr std::size_t maxValues = 100;

}  // namespace

PageRequest readPage(TextFields& query) {
  PageRequest page;
  page.limit = query.integerWithin("limit", 1, 500).value_or(page.limit);
  page.offset = query.integerWithin("offset", 0, std::numeric_limits<std::int64_t>::max()).value_or(0);
  return page;
}

std::string readOrderField(TextFields& query, bool& descending) {
  auto field = query.text("order_by").value_or("");
  if (field.empty()) return field;
  descending = field.starts_with('-');
  // An unescaped + in a query is a blank.
  if (field.starts_with('-') || field.starts_with('+') || field.starts_with(' ')) field.erase(0, 1);
  if (field.empty()) query.refuse(wire::wrong::paramValue("order_by"));
  return field;
}

std::vector<std::string> readValues(TextFields& query, std::string_view name) {
  auto values = query.list(name);
  if (values.size() > maxValues) query.refuse(wire::wrong::paramArraySize(name, maxValues));
  return values;
}

std::vector<std::string> readBracketed(TextFields& query, std::string_view name) {
  auto values = readValues(query, name);
  for (auto& value : readValues(query, std::string(name) + "[]")) values.push_back(std::move(value));
  return values;
}

}  // namespace clerk::instance::api
