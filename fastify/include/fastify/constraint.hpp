#pragma once
// Constraint strategies of the program's own. See Fastify's "Routes" page, "Constraints".

#include <fastify/json.hpp>
#include <fastify/raw_request.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fastify {

/// Which of a path's routes (by bit) a constraint stands for.
using RouteMask = std::uint32_t;

/// The constraints of one strategy at one path.
class ConstraintStore {
 public:
  virtual ~ConstraintStore() = default;
  /// The routes of `mask` have this constraint. Called once for each different value, before `ready()` ends.
  virtual void set(const Json& constraint, RouteMask mask) = 0;
  /// Those that fit the request's value; 0 when none does. From any thread.
  virtual RouteMask get(std::string_view value) const = 0;
};

/// Chooses among the routes of one path by something of the request: routes say `.constraints = {{name, value}}`.
struct ConstraintStrategy {
  std::string name;
  /// The request's value; nullopt when it has none. Called for each request whose path has routes to choose from, on
  /// its worker. When it throws, the request is answered with 500.
  std::function<std::optional<std::string>(const RawRequest&)> deriveConstraint;
  /// A request that has a value never gets a route without this constraint.
  bool mustMatchWhenDerived = false;
  /// Throws for a constraint that makes no sense; absent: it must be a text.
  std::function<void(const Json& constraint)> validate;
  /// Absent: equality of texts.
  std::function<std::unique_ptr<ConstraintStore>()> storage;
};

}  // namespace fastify
