#pragma once
// The Backend API for programs without an event loop.

#include <async/event_loop.hpp>

namespace clerk {

/// Makes the call on a loop of its own, waits for it, and gives its result or throws its error:
/// `const User user = clerk::blockOn([&] { return client.users.getUser(userId); });`
/// The call must be made inside of the function. Several calls in one coroutine share connections; one `blockOn` each
/// does not. Never from a handler or a coroutine: their thread has a loop.
using async::blockOn;

}  // namespace clerk
