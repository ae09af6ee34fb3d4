#pragma once
// What every list is asked with: which page, in which order, with which of several words.

#include "api/text_fields.hpp"
#include "model/names.hpp"
#include "model/organization_list.hpp"
#include "model/page.hpp"
#include "wire/error.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance::api {

/// `limit` (1 to 500, 10 unless given) and `offset`; what is wrong with them goes to `query`.
PageRequest readPage(TextFields& query);

/// The field that `order_by` names, without its sign; `descending` is set by that. Empty when there is none.
std::string readOrderField(TextFields& query, bool& descending);

/// `order_by`: a word of the table, with `-` (descending), `+` or nothing before it.
template <class By, std::size_t Size>
Order<By> readOrder(TextFields& query, const NameTable<By, Size>& names) {
  Order<By> order;
  const auto field = readOrderField(query, order.descending);
  if (field.empty()) return order;
  if (const auto by = valueIn(names, field)) {
    order.by = *by;
    return order;
  }
  std::string allowed;
  for (const auto& [value, name] : names) allowed.append(allowed.empty() ? "" : ", ").append(name);
  query.refuse(wire::wrong::paramValue("order_by", allowed));
  return order;
}

/// All values of a parameter that may come several times, each a word that `valueOf(text)` knows.
template <class Value>
std::vector<Value> readWords(TextFields& query, std::string_view name,
                             std::optional<Value> (*valueOf)(std::string_view) noexcept) {
  std::vector<Value> values;
  for (const auto& text : query.list(name)) {
    if (text.empty()) continue;
    if (const auto value = valueOf(text)) {
      values.push_back(*value);
    } else {
      query.refuse(wire::wrong::paramValue(name));
    }
  }
  return values;
}

/// A repeated parameter with at most 100 values (Backend API document).
std::vector<std::string> readValues(TextFields& query, std::string_view name);

/// The same under its two spellings: `role` and `role[]`.
std::vector<std::string> readBracketed(TextFields& query, std::string_view name);

}  // namespace clerk::instance::api
