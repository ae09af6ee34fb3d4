#pragma once
// The coroutine type of handlers, hooks and plugins.

#include <async/task.hpp>

namespace fastify {
using async::Task;
}
