#pragma once
// Plugins: functions that add to an instance, in a scope of their own unless wrapped by `fp`. See Fastify's "Plugins" page.

#include <fastify/json.hpp>
#include <fastify/logger.hpp>
#include <fastify/task.hpp>

#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace fastify {

class Fastify;

/// The second argument of `registerPlugin`.
struct PluginOptions {
  /// Put before the paths of the plugin's routes; without a leading slash one is added.
  std::string prefix;
  /// Level of the log lines of the plugin's routes.
  std::string logLevel;
  LogSerializers logSerializers;
  /// What the plugin itself wants to know.
  JsonObject values;
  /// How messages and `printPlugins` call a plugin that has no name of its own: JavaScript would use the function's.
  std::string name;
};

/// What `fp` tells of a plugin.
struct PluginMeta {
  std::string name;
  /// The version of Fastify that it was made for, e.g. "5.x"; a mismatch is FST_ERR_PLUGIN_VERSION_MISMATCH.
  std::string fastify;
  /// Names of plugins that must be there (FST_ERR_PLUGIN_DEPENDENCY_NOT_REGISTERED), …
  std::vector<std::string> dependencies;
  /// … and of decorators of instance, request and reply (FST_ERR_PLUGIN_NOT_PRESENT_IN_INSTANCE).
  struct Decorators {
    std::vector<std::string> fastify;
    std::vector<std::string> request;
    std::vector<std::string> reply;
  } decorators;
  /// True keeps a scope of its own, though wrapped.
  bool encapsulate = false;
};

/// A plugin with options of a type of its own: `app.registerPlugin(clerkPlugin, {.hookName = "onRequest"})`.
/// A constant: it may be used before any dynamic initialisation.
template <class Options>
struct Plugin {
  Task<> (*start)(Fastify& instance, const Options& options);
  const char* name;
  const char* fastify;
  /// True: like `fp`, what it adds belongs to the scope that registers it.
  bool skipOverride = true;
};

namespace detail {

using PluginCall = std::function<Task<>(Fastify&, const PluginOptions&)>;

template <class F>
PluginCall erasePlugin(F function) {
  return [function = std::move(function)](Fastify& instance, const PluginOptions& options) mutable -> Task<> {
    auto call = [&]() -> decltype(auto) {
      if constexpr (std::is_invocable_v<F&, Fastify&, const PluginOptions&>) {
        return function(instance, options);
      } else {
        static_assert(std::is_invocable_v<F&, Fastify&>, "a plugin takes (Fastify&) or (Fastify&, const PluginOptions&)");
        return function(instance);
      }
    };
    if constexpr (std::is_same_v<decltype(call()), Task<>>) {
      return call();
    } else {
      call();
      return Task<>();
    }
  };
}

}  // namespace detail

/// A plugin that was wrapped by `fp`.
struct FpPlugin {
  detail::PluginCall call;
  PluginMeta meta;
};

/// Takes the plugin's scope away: its hooks, decorators and routes belong to the instance that registers it.
template <class F>
FpPlugin fp(F plugin, PluginMeta meta = {}) {
  return {detail::erasePlugin(std::move(plugin)), std::move(meta)};
}

}  // namespace fastify
