#pragma once
// What a service hears and tells of itself (sd_notify(3)), for programs that do not use `run()`, which says it by
// itself.

#include <string_view>

namespace fastify {

/// Tells the service manager a state such as "READY=1" or "STOPPING=1". Does nothing when there is none. Any thread.
void notifyServiceManager(std::string_view state) noexcept;

}  // namespace fastify
