#pragma once
// The routes that one path has, and which of them a request's constraints choose.

#include "constraints.hpp"
#include "router.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastify::router {

/// A declared route.
struct RouteEntry {
  http::Method method;
  std::string path;
  RouteNumber number;
  std::vector<std::string> names;
  Constraints constraints;
  std::string expressions;  // of its pattern
};

/// The strategies of a router, in a fixed order; which of them some route uses.
class Strategies {
 public:
  static constexpr std::size_t most = 8;

  /// Throws RouterError for two of one name, or too many.
  explicit Strategies(const std::vector<std::shared_ptr<const ConstraintStrategy>>& own);
  /// One more; it may replace "version" or "host". Throws RouterError as above, and when routes use that name already.
  void add(std::shared_ptr<const ConstraintStrategy> strategy);

  /// Throws RouterError for constraints without a strategy, or that it does not take.
  void validate(const Constraints& constraints) const;
  void noteUse(const Constraints& constraints);

  std::size_t size() const noexcept { return strategies_.size(); }
  const ConstraintStrategy& operator[](std::size_t index) const noexcept { return *strategies_[index]; }
  bool used(std::size_t index) const noexcept { return used_[index]; }
  bool anyUsed() const noexcept { return anyUsed_; }
  std::optional<std::size_t> find(std::string_view name) const noexcept;
  bool has(std::string_view name) const noexcept;

 private:
  static constexpr std::size_t builtIn = 2;
  std::vector<std::shared_ptr<const ConstraintStrategy>> strategies_;  // "version" first: it excludes most
  std::array<bool, most> replaced_{};                                  // of the built-in ones
  std::array<bool, most> used_{};
  bool anyUsed_ = false;
};

/// A request's values, asked for when a path with several routes is reached.
class DerivedValues {
 public:
  DerivedValues(const Strategies& strategies, const ConstraintValues* source) noexcept
      : strategies_(strategies), source_(source) {}
  std::optional<std::string_view> operator[](std::size_t strategy);
  bool mustMatch(std::size_t strategy) const noexcept { return strategies_[strategy].mustMatchWhenDerived(); }

 private:
  const Strategies& strategies_;
  const ConstraintValues* source_;
  std::array<std::optional<std::string_view>, Strategies::most> values_;
  bool derived_ = false;
};

/// Immutable.
class Leaf {
 public:
  /// `routes` in order of declaration. Throws RouterError when they are too many.
  Leaf(const std::vector<const RouteEntry*>& routes, const Strategies& strategies);

  /// The route without constraints, when that is all there is and no strategy is used anywhere.
  const RouteEntry* only() const noexcept { return only_; }
  /// The route with the most constraints that all fit; nullptr when none does.
  const RouteEntry* choose(DerivedValues& values) const;

 private:
  struct Store {
    std::size_t strategy;
    RouteMask unconstrained;  // routes that do not ask for it
    std::unique_ptr<ConstraintStore> store;
  };
  std::vector<const RouteEntry*> routes_;  // those with fewer constraints first
  std::vector<Store> stores_;
  std::vector<std::size_t>
      mustBeAbsent_;  // strategies of which no route here has a constraint, but a value excludes all
  const RouteEntry* only_ = nullptr;
};

}  // namespace fastify::router
