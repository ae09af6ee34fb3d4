#include "leaf.hpp"

#include <algorithm>

namespace fastify::router {
namespace {

constexpr std::size_t mostRoutes = 31;

[[noreturn]] void fail(const std::string& message) { throw RouterError(RouterError::Kind::InvalidConstraint, message); }

}  // namespace

Strategies::Strategies(const std::vector<std::shared_ptr<const ConstraintStrategy>>& own)
    : strategies_{versionStrategy(), hostStrategy()} {
  for (const auto& strategy : own) add(strategy);
}

void Strategies::add(std::shared_ptr<const ConstraintStrategy> strategy) {
  const std::string name(strategy->name());
  const auto known = find(name);
  if (known && (*known >= builtIn || replaced_[*known])) {
    fail("There already exists a custom constraint with the name " + name + ".");
  }
  if (known && used_[*known]) fail("There already exists a route with " + name + " constraint.");
  const auto index = known.value_or(strategies_.size());
  if (index == most) fail("A router has at most " + std::to_string(most) + " constraint strategies");
  // "version" must match too, but only once some route has one.
  used_[index] = strategy->mustMatchWhenDerived();
  anyUsed_ |= used_[index];
  if (known) {
    replaced_[index] = true;
    strategies_[index] = std::move(strategy);
  } else {
    strategies_.push_back(std::move(strategy));
  }
}

std::optional<std::size_t> Strategies::find(std::string_view name) const noexcept {
  const auto found = std::find_if(strategies_.begin(), strategies_.end(),
                                  [name](const auto& strategy) { return strategy->name() == name; });
  if (found == strategies_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - strategies_.begin());
}

bool Strategies::has(std::string_view name) const noexcept {
  const auto index = find(name);
  return index && (*index >= builtIn || used_[*index]);
}

void Strategies::validate(const Constraints& constraints) const {
  for (const auto& [name, value] : constraints) {
    const auto index = find(name);
    if (!index) fail("No strategy registered for constraint key " + std::string(name));
    strategies_[*index]->validate(value);
  }
}

void Strategies::noteUse(const Constraints& constraints) {
  for (const auto& [name, value] : constraints) {
    used_[*find(name)] = true;
    anyUsed_ = true;
  }
}

std::optional<std::string_view> DerivedValues::operator[](std::size_t strategy) {
  if (!derived_) {
    derived_ = true;
    for (std::size_t index = 0; source_ && index < strategies_.size(); ++index) {
      if (strategies_.used(index)) values_[index] = source_->derive(strategies_[index]);
    }
  }
  return values_[strategy];
}

Leaf::Leaf(const std::vector<const RouteEntry*>& routes, const Strategies& strategies) {
  if (routes.size() > mostRoutes) {
    fail("find-my-way supports a maximum of 31 route handlers per node when there are constraints, limit reached");
  }
  for (const auto* route : routes) {
    const auto place = std::upper_bound(
        routes_.begin(), routes_.end(), route,
        [](const RouteEntry* a, const RouteEntry* b) { return a->constraints.size() < b->constraints.size(); });
    routes_.insert(place, route);
  }
  if (!strategies.anyUsed()) only_ = routes_.front();
  for (std::size_t strategy = 0; strategy < strategies.size(); ++strategy) {
    const auto name = strategies[strategy].name();
    std::vector<std::pair<const boost::json::value*, RouteMask>> masks;
    RouteMask constrained = 0;
    for (std::size_t route = 0; route < routes_.size(); ++route) {
      const auto* constraint = routes_[route]->constraints.if_contains(name);
      if (!constraint) continue;
      const RouteMask bit = RouteMask{1} << route;
      constrained |= bit;
      const auto same =
          std::find_if(masks.begin(), masks.end(), [&](const auto& known) { return *known.first == *constraint; });
      if (same == masks.end()) {
        masks.emplace_back(constraint, bit);
      } else {
        same->second |= bit;
      }
    }
    if (constrained != 0) {
      stores_.push_back({strategy, ~constrained, strategies[strategy].newStore()});
      for (const auto& [constraint, mask] : masks) stores_.back().store->set(*constraint, mask);
    } else if (strategies.used(strategy) && strategies[strategy].mustMatchWhenDerived()) {
      mustBeAbsent_.push_back(strategy);
    }
  }
}

const RouteEntry* Leaf::choose(DerivedValues& values) const {
  RouteMask candidates = (RouteMask{1} << routes_.size()) - 1;
  for (const auto& [strategy, unconstrained, store] : stores_) {
    if (const auto value = values[strategy]) {
      const auto fitting = store->get(*value);
      candidates &= values.mustMatch(strategy) ? fitting : fitting | unconstrained;
    } else {
      candidates &= unconstrained;
    }
  }
  if (candidates == 0) return nullptr;
  for (const auto strategy : mustBeAbsent_) {
    if (values[strategy]) return nullptr;
  }
  return routes_[static_cast<std::size_t>(31 - __builtin_clz(candidates))];
}

}  // namespace fastify::router
