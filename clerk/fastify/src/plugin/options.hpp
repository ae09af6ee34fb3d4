#pragma once
// The plugin's options, completed from the environment.

#include <clerk/fastify.hpp>

namespace clerk::plugin {

/// Fills what was left empty. Throws clerk::Error for a hook that there is not.
ClerkFastifyOptions completed(ClerkFastifyOptions options);

/// Throws clerk::Error when these options can authenticate no request. Missing keys are named with their variables.
void requireUsable(const ClerkFastifyOptions& options);

/// The options of a route whose config has some (`routeConfig`), on top of the plugin's.
ClerkFastifyOptions withRouteOptions(ClerkFastifyOptions options, const fastify::JsonObject& own);
/// What `routeConfig` put into a route's config; nullptr for most routes.
const fastify::JsonObject* routeOptionsIn(const fastify::Json& config);

AuthenticateRequestOptions requestOptionsOf(const ClerkFastifyOptions& options);
ClerkOptions clientOptionsOf(const ClerkFastifyOptions& options);

}  // namespace clerk::plugin
