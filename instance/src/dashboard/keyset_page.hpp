#pragma once
// Lists that go on where the last page ended.

#include "api/text_fields.hpp"
#include "backend_api/operation.hpp"
#include "store/listings.hpp"

#include <string>
#include <utility>
#include <vector>

namespace clerk::instance::dashboard {

/// `limit` (1 to 100, 25 unless given), `starting_after`, and the text parameters of `columns`, each of which narrows
/// the column of its name.
ListingRequest readListing(api::TextFields& query, ListedTable table,
                           std::initializer_list<std::pair<std::string_view, std::string_view>> columns = {});

/// `{"data": […], "next": "id of the last one, or null when there is no more"}`: each id of the listing as `show`
/// gives it; what is gone in the meantime is passed over.
template <class Show>
async::Task<wire::JsonObject> listed(Core& core, ListingRequest request, Show show) {
  const auto limit = static_cast<std::size_t>(request.limit++);  // one more tells whether there is another page
  co_return co_await core.store().scan([&](const Transaction& tx) {
    auto ids = tx.listings().newest(request);
    const bool more = ids.size() > limit;
    if (more) ids.pop_back();
    wire::JsonArray data;
    for (const auto& id : ids) {
      if (auto shown = show(tx, id)) data.push_back(*std::move(shown));
    }
    return wire::JsonObject{{"data", std::move(data)}, {"next", more ? wire::Json(ids.back()) : wire::Json()}};
  });
}

}  // namespace clerk::instance::dashboard
