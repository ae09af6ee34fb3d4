#pragma once
// `clerkd serve`: an instance for others, alone or with its like over one PostgreSQL database.

#include "serve_options.hpp"

namespace clerkd {

/// Serves until SIGINT or SIGTERM, then finishes what is under way. The options have no problems. Returns the exit
/// code. Call it from `main`, before there are other threads.
int runServe(const ServeOptions& options);

}  // namespace clerkd
