#pragma once
// What systemd and its kind say to a service, and hear of it (sd_listen_fds(3), sd_notify(3)), without their library.

#include <string_view>
#include <vector>

namespace fastify::server {

/// The listening sockets that the service manager has opened for this process, for the caller to own; non-blocking and
/// closed on exec. Empty when there are none, and at a second call.
std::vector<int> takeActivatedSockets();

/// Tells the service manager a state such as "READY=1". Does nothing when there is none.
void notifyServiceManager(std::string_view state) noexcept;

}  // namespace fastify::server
