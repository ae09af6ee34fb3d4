#pragma once
// What an InstancePlugin is a handle of.

#include <clerk/instance.hpp>

#include "dashboard/dashboard.hpp"
#include "delivery/courier.hpp"
#include "flows/core.hpp"
#include "frontend_api/frontend_api.hpp"
#include "portal/portal.hpp"
#include "test_control/test_control.hpp"
#include "webhooks/delivery.hpp"

#include <async/repeating_thread.hpp>

#include <memory>
#include <optional>
#include <string>

namespace clerk {

struct InstancePlugin::State {
  explicit State(const InstanceOptions& options);

  /// What a scope's routes are asked and answer is kept for tests, where they want it.
  void observe(fastify::Fastify& scope) {
    if (testControl) testControl->record(scope);
  }

  std::unique_ptr<instance::test_control::ShiftedClock> clock;
  std::unique_ptr<instance::Core> core;
  instance::frontend_api::FrontendApi frontendApi;
  instance::portal::Portal portal;
  std::unique_ptr<instance::dashboard::Dashboard> dashboard;  ///< null when it is switched off
  std::string jwtKey;
  std::optional<instance::test_control::TestControl> testControl;
  std::optional<async::RepeatingThread> tidier;  // these last: they stop before the core goes
  std::optional<instance::webhooks::Courier> courier;
  std::unique_ptr<instance::Courier> messages;
};

/// The way to the core for what is written beside the plugin.
struct InstanceAccess {
  static instance::Core& core(const InstancePlugin& instance) { return *instance.state_->core; }
};

}  // namespace clerk
