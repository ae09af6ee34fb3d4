#pragma once
// `/__control`: what tests of an app ask of an instance beside its APIs: who it is, what was sent and said, another
// time of day, and everybody gone. Hands out the secret key and moves the clock: for one's own machine, where it was
// asked for.

#include "flows/core.hpp"
#include "test_control/exchange_log.hpp"
#include "test_control/shifted_clock.hpp"

#include <fastify/instance.hpp>

namespace clerk::instance::test_control {

/// Adds itself to an app. Lives as long as the app; `core` and `clock` outlive it.
class TestControl {
 public:
  /// `clock` is the one that `core` goes by.
  TestControl(Core& core, ShiftedClock& clock) noexcept : core_(core), clock_(clock) {}

  void addRoutes(fastify::Fastify& scope);
  /// Remembers what this scope's routes are asked and answer. Before they are added.
  void record(fastify::Fastify& scope);

 private:
  boost::json::object info() const;
  void setClock(fastify::Request& request, fastify::Reply& reply);

  Core& core_;
  ShiftedClock& clock_;
  ExchangeLog log_;
};

}  // namespace clerk::instance::test_control
