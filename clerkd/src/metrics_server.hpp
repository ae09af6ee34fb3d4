#pragma once
// Numbers for Prometheus at an address of their own, which the operator keeps from strangers: nobody presents a key.

#include <clerk/instance.hpp>
#include <fastify/instance.hpp>

#include <memory>

namespace clerkd {

/// Answers `GET /metrics`: what `served` counts, and what waits in the database. Runs on threads of its own.
class MetricsServer {
 public:
  /// Borrows `served`, which must outlive it.
  MetricsServer(fastify::Fastify& served, clerk::InstanceOptions database);
  ~MetricsServer();

  fastify::Fastify& app() noexcept { return *app_; }

 private:
  std::unique_ptr<fastify::Fastify> app_;
};

}  // namespace clerkd
