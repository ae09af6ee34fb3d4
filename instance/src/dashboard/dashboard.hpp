#pragma once
// The operator's dashboard: a page on the instance itself, for whoever has the secret key.

#include "dashboard/assets.hpp"
#include "dashboard/door.hpp"

namespace clerk::instance::dashboard {

/// Adds itself to an app. Lives as long as the app; `core` outlives it.
class Dashboard {
 public:
  explicit Dashboard(Core& core) : core_(core), door_(core) {}

  /// `/dashboard` and all below it.
  void add(fastify::Fastify& scope);

 private:
  void addPage(fastify::Fastify& scope, const std::string& path);

  Core& core_;
  Door door_;
  Assets assets_;
};

}  // namespace clerk::instance::dashboard
