#pragma once
// Messages as the developer's outbox shows them.

#include "model/message.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject message(const Message& message);

}  // namespace clerk::instance::wire
