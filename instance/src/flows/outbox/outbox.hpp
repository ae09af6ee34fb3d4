#pragma once
// What was or will be sent: for the developer's outbox page.

#include "flows/core.hpp"
#include "model/message.hpp"
#include "model/page.hpp"

#include <async/task.hpp>

namespace clerk::instance {

/// Newest first; `to` narrows to one address (empty: all).
async::Task<std::vector<Message>> listMessages(Core& core, std::string to, PageRequest page);

}  // namespace clerk::instance
