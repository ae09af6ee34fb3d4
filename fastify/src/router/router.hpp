#pragma once
// Which route answers a method and a target. The rules are find-my-way's: static before parameters with a regular
// expression before plain parameters before the wildcard, with full backtracking.

#include "../http/method.hpp"
#include "constraints.hpp"
#include "route_params.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::router {

/// A route that cannot be declared. The texts are find-my-way's.
class RouterError : public std::runtime_error {
 public:
  enum class Kind { InvalidPath, InvalidRegex, InvalidConstraint, Duplicate };
  RouterError(Kind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  Kind kind() const noexcept { return kind_; }

 private:
  Kind kind_;
};

struct Settings {
  bool caseSensitive = true;
  bool ignoreTrailingSlash = false;
  bool ignoreDuplicateSlashes = false;
  bool useSemicolonDelimiter = false;
  /// UTF-16 units of a decoded parameter.
  std::size_t maxParamLength = 100;
  /// Besides "version" and "host".
  std::vector<std::shared_ptr<const ConstraintStrategy>> strategies;
};

/// What the caller knows a route by.
using RouteNumber = std::size_t;

enum class MatchResult : std::uint8_t {
  Found,
  NotFound,
  BadUrl,       // 400 FST_ERR_BAD_URL
  ParamTooLong  // 414 FST_ERR_MAX_PARAM_LENGTH
};

struct Match {
  MatchResult result = MatchResult::NotFound;
  RouteNumber route = 0;
  /// The raw path and query of the target; the query without its delimiter, empty without one.
  std::string_view path;
  std::string_view query;
  /// For BadUrl and ParamTooLong: what the error message names. Lives as `RouteParams`' values do.
  std::string_view culprit;
};

struct PrintOptions {
  /// Only this method's routes; absent: all, with their methods.
  std::optional<http::Method> method;
  /// False: one line a route, without the nodes between.
  bool commonPrefix = true;
  /// Lines below a route, as key and JSON text. Asked for each route when it is set (`includeMeta`).
  std::function<std::vector<std::pair<std::string, std::string>>(RouteNumber)> meta;
};

/// Routes are added, then `freeze()` makes the tables that `find()` walks. After that it is immutable, and `find()` may
/// be called from any thread. Its cost depends on the length of the path, not on the number of routes.
class Router {
 public:
  explicit Router(Settings settings = {});
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  /// Declares a route. Throws RouterError for a bad path, regular expression or constraint, and when method, path
  /// (names of parameters aside) and constraints are those of another route; nothing is added then. An optional last
  /// parameter makes two routes.
  void add(http::Method method, std::string_view path, RouteNumber route, const Constraints& constraints = {});

  /// Throws what `add` would throw, and adds nothing.
  void check(http::Method method, std::string_view path, const Constraints& constraints = {}) const;

  /// The route declared with this pattern (names of parameters do not count) and exactly these constraints; not one
  /// that such a path would reach.
  std::optional<RouteNumber> findRoute(http::Method method, std::string_view pattern,
                                       const Constraints& constraints = {}) const;
  bool hasRoute(http::Method method, std::string_view pattern, const Constraints& constraints = {}) const {
    return findRoute(method, pattern, constraints).has_value();
  }
  /// Names of the parameters of such a route.
  std::vector<std::string> paramNames(http::Method method, std::string_view pattern,
                                      const Constraints& constraints = {}) const;
  bool hasConstraintStrategy(std::string_view name) const noexcept;
  /// Throws RouterError for a name that is taken.
  void addConstraintStrategy(std::shared_ptr<const ConstraintStrategy> strategy);

  /// The methods that have a route for this target. Only after `freeze()`.
  std::vector<http::Method> methodsOf(std::string_view target, const ConstraintValues* constraints = nullptr) const;

  /// Ends the declarations. A second call does nothing.
  void freeze();

  /// The route for a target as it came ("/path?query", "*", absolute). Fills `params`. Allocates nothing for paths
  /// without percent-encoding (and up to RouteParams::inlineCount parameters). Only after `freeze()`.
  Match find(http::Method method, std::string_view target, RouteParams& params,
             const ConstraintValues* constraints = nullptr) const;

  /// The tree as `printRoutes()` shows it.
  std::string print(const PrintOptions& options = {}) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fastify::router
