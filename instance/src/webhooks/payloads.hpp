#pragma once
// The `data` of each kind of event.

#include "store/changes.hpp"
#include "store/transaction.hpp"
#include "wire/json.hpp"

#include <optional>

namespace clerk::instance::webhooks {

/// As it is inside the transaction; absent when the thing is not there, or nobody is told of such changes.
std::optional<wire::JsonObject> payloadOf(const wire::View& view, const Transaction& tx, const StoreChange& change);

}  // namespace clerk::instance::webhooks
