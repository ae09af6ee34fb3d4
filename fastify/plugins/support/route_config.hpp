#pragma once
// What a route's `config` says to a plugin.

#include <fastify/request.hpp>
#include <fastify/route.hpp>

#include <string_view>

namespace fastify::detail {

/// `config[name]`; nullptr when the route says nothing.
inline const Json* findConfig(const Json& config, std::string_view name) noexcept {
  const auto* members = config.if_object();
  return members ? members->if_contains(name) : nullptr;
}
inline const Json* findRouteConfig(const Request& request, std::string_view name) noexcept {
  return findConfig(request.routeOptions().config, name);
}

}  // namespace fastify::detail
