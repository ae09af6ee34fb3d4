#include "dashboard/keyset_page.hpp"

namespace clerk::instance::dashboard {

ListingRequest readListing(api::TextFields& query, ListedTable table,
                           std::initializer_list<std::pair<std::string_view, std::string_view>> columns) {
  ListingRequest request{.table = table};
  request.limit = query.integerWithin("limit", 1, 100).value_or(25);
  request.startingAfter = query.text("starting_after").value_or("");
  for (const auto& [param, column] : columns) {
    request.equals.emplace_back(column, query.text(param).value_or(""));
  }
  return request;
}

}  // namespace clerk::instance::dashboard
