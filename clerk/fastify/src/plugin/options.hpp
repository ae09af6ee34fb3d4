#pragma once
// The plugin's options, completed from the environment.

#include <clerk/fastify.hpp>

namespace clerk::plugin {

/// Fills what was left empty. Throws clerk::Error for a hook that there is not.
ClerkFastifyOptions completed(ClerkFastifyOptions options);

AuthenticateRequestOptions requestOptionsOf(const ClerkFastifyOptions& options);
ClerkOptions clientOptionsOf(const ClerkFastifyOptions& options);

}  // namespace clerk::plugin
