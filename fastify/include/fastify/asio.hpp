#pragma once
// For handlers that use Asio themselves: `co_await socket.async_connect(endpoint, useTask)` with objects made on
// `async::ioContext(async::EventLoop::current())`. The only public header here that includes Asio.

#include <async/asio.hpp>

namespace fastify {
using async::useTask;
}
