#pragma once
// What chooses among the routes of one path besides the path: host, version, and strategies of the program's own.

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastify::router {

/// Constraints of a route by strategy: `{{"version", "1.2.0"}, {"host", "example.com"}}`. A regular expression is
/// `{"pattern": "^api\\."}`.
using Constraints = boost::json::object;

/// Which of a node's routes (by bit) a request's value fits.
using RouteMask = std::uint32_t;

/// The values of one strategy at one node of the tree.
class ConstraintStore {
 public:
  virtual ~ConstraintStore() = default;
  /// The routes of `mask` have this constraint. Given once for each different value.
  virtual void set(const boost::json::value& constraint, RouteMask mask) = 0;
  /// Those that fit the request's value; 0 when none does. From any thread.
  virtual RouteMask get(std::string_view value) const = 0;
};

class ConstraintStrategy {
 public:
  virtual ~ConstraintStrategy() = default;
  virtual std::string_view name() const noexcept = 0;
  /// True: a request that has a value never gets a route without this constraint.
  virtual bool mustMatchWhenDerived() const noexcept { return false; }
  /// Throws RouterError for a constraint that makes no sense.
  virtual void validate(const boost::json::value&) const {}
  /// By default: equality of texts.
  virtual std::unique_ptr<ConstraintStore> newStore() const;
};

/// "version": the Accept-Version header against exact versions, `1.x`, `1.2.x` and `*`: the highest that fits.
std::shared_ptr<const ConstraintStrategy> versionStrategy();
/// "host": the Host header, exact or by a regular expression.
std::shared_ptr<const ConstraintStrategy> hostStrategy();

/// Tells a request's values. Asked only for strategies that some route uses, once a match.
class ConstraintValues {
 public:
  /// For "version" the Accept-Version header, for "host" the Host header unless it is empty; nullopt without one.
  virtual std::optional<std::string_view> derive(const ConstraintStrategy& strategy) const = 0;

 protected:
  ~ConstraintValues() = default;
};

}  // namespace fastify::router
