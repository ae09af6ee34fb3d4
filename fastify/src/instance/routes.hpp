#pragma once
// Declaring routes and not-found handlers, and compiling them at `ready()`.

#include "scope.hpp"

#include <string>
#include <string_view>

namespace fastify {

/// Checks options that no type can check. Throws FastifyError.
void checkOptions(const FastifyOptions& options);
void prepareLogger(Application& application);

/// Throws FST_ERR_PLUGIN_VERSION_MISMATCH, …_DEPENDENCY_NOT_REGISTERED, …_NOT_PRESENT_IN_INSTANCE.
void checkPluginMeta(const Fastify::Scope& scope, const PluginMeta& meta);

/// Adds a route, its HEAD twin, and what a prefix makes of it, to the router. Throws FastifyError.
void declareRoute(Fastify::Scope& scope, RouteOptions options);
void declareNotFound(Fastify::Scope& scope, Fastify::NotFoundOptions options, Handler handler);
void addMethod(AppRoot& root, std::string_view name, bool hasBody);

/// Fills all compiled routes. Throws the first error, which names the route.
void compileRoutes(AppRoot& root);

/// "http://127.0.0.1:3000"
std::string originOf(const AppRoot& root, const AddressInfo& address);

}  // namespace fastify
