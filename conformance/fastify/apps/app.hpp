#pragma once
// The reference apps, each named by its area: what a program must offer so that the recorded scenarios can be run on
// it.

#include <fastify/fastify.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace conformance {

/// What an app is built from.
struct Setup {
  /// Chooses among the app's options and routes; "default" when nothing was asked for.
  std::string variant;
  /// Prints one event line; from any thread.
  std::function<void(const fastify::JsonObject&)> emit;
};

struct App {
  std::string_view name;
  /// Declares everything, but neither loads nor listens. Throws FastifyError, std::invalid_argument for an unknown
  /// variant.
  std::unique_ptr<fastify::Fastify> (*build)(const Setup&);
};

/// All apps.
std::span<const App> apps() noexcept;

std::unique_ptr<fastify::Fastify> buildAuth(const Setup&);
std::unique_ptr<fastify::Fastify> buildBody(const Setup&);
std::unique_ptr<fastify::Fastify> buildCore(const Setup&);
std::unique_ptr<fastify::Fastify> buildErrors(const Setup&);
std::unique_ptr<fastify::Fastify> buildH2(const Setup&);
std::unique_ptr<fastify::Fastify> buildHooks(const Setup&);
std::unique_ptr<fastify::Fastify> buildLifecycle(const Setup&);
std::unique_ptr<fastify::Fastify> buildLogging(const Setup&);
std::unique_ptr<fastify::Fastify> buildNotFound(const Setup&);
std::unique_ptr<fastify::Fastify> buildPlugins(const Setup&);
std::unique_ptr<fastify::Fastify> buildRequest(const Setup&);
std::unique_ptr<fastify::Fastify> buildRouting(const Setup&);
std::unique_ptr<fastify::Fastify> buildSerialization(const Setup&);
std::unique_ptr<fastify::Fastify> buildValidation(const Setup&);

}  // namespace conformance
