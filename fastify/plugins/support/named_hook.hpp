#pragma once
// Hooks at a point that an option names, as the plugins' `hook` options do.

#include <fastify/instance.hpp>

#include <string_view>
#include <utility>

namespace fastify::detail {

/// Adds `hook`, which takes (Request&, Reply&), at the point of that name. False when no request passes such a point.
template <class F>
bool addNamedHook(Fastify& instance, std::string_view name, F hook) {
  if (name == "onRequest") return instance.addHook(onRequest, std::move(hook)), true;
  if (name == "preParsing") return instance.addHook(preParsing, std::move(hook)), true;
  if (name == "preValidation") return instance.addHook(preValidation, std::move(hook)), true;
  if (name == "preHandler") return instance.addHook(preHandler, std::move(hook)), true;
  if (name == "preSerialization") return instance.addHook(preSerialization, std::move(hook)), true;
  return false;
}

}  // namespace fastify::detail
