#pragma once
// Events: what changed becomes a payload, written in the transaction that changed it.

#include "flows/core.hpp"
#include "store/changes.hpp"

namespace clerk::instance::webhooks {

/// From now on every change that an endpoint wants to hear of is written down with the change itself. `core` must
/// outlive its store's last transaction. Call it once, before the first request.
void recordEvents(Core& core);

}  // namespace clerk::instance::webhooks
