#pragma once
// What chooses among the routes of one path besides the path: host, version, and strategies of the program's own.

#include <fastify/constraint.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastify::router {

/// Constraints of a route by strategy: `{{"version", "1.2.0"}, {"host", "example.com"}}`. A regular expression is
/// `{"pattern": "^api\\."}`.
using Constraints = boost::json::object;

class ConstraintStrategy {
 public:
  virtual ~ConstraintStrategy() = default;
  virtual std::string_view name() const noexcept = 0;
  /// True: a request that has a value never gets a route without this constraint.
  virtual bool mustMatchWhenDerived() const noexcept { return false; }
  /// Throws RouterError for a constraint that makes no sense.
  virtual void validate(const boost::json::value&) const {}
  /// An own strategy asks the request itself; for "version" and "host" the values' source knows the header.
  virtual bool derivesItself() const noexcept { return false; }
  virtual std::optional<std::string> derive(const RawRequest&) const { return std::nullopt; }
  /// By default: equality of texts.
  virtual std::unique_ptr<ConstraintStore> newStore() const;
};

/// "version": the Accept-Version header against exact versions, `1.x`, `1.2.x` and `*`: the highest that fits.
std::shared_ptr<const ConstraintStrategy> versionStrategy();
/// "host": the Host header, exact or by a regular expression.
std::shared_ptr<const ConstraintStrategy> hostStrategy();
/// One of the program's own.
std::shared_ptr<const ConstraintStrategy> ownStrategy(fastify::ConstraintStrategy strategy);

/// Tells a request's values. Asked only for strategies that some route uses, once a match.
class ConstraintValues {
 public:
  /// For "version" the Accept-Version header, for "host" the Host header unless it is empty; nullopt without one.
  virtual std::optional<std::string_view> derive(const ConstraintStrategy& strategy) const = 0;

 protected:
  ~ConstraintValues() = default;
};

}  // namespace fastify::router
