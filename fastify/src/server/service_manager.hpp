#pragma once
// What systemd and its kind say to a service, and hear of it (sd_listen_fds(3), sd_notify(3)), without their library.

#include <fastify/service_manager.hpp>

#include <vector>

namespace fastify::server {

/// The listening sockets that the service manager has opened for this process, for the caller to own; non-blocking and
/// closed on exec. Empty when there are none, and at a second call.
std::vector<int> takeActivatedSockets();

using fastify::notifyServiceManager;

}  // namespace fastify::server
