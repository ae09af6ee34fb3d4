#include "tokens/organization_claims.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {
namespace {

/// More kinds of permission than bits in a number that JavaScript handles with `&` are left out.
constexpr std::size_t maxNames = 31;

std::string_view withoutPrefix(std::string_view key) noexcept {
  constexpr std::string_view prefix = "org:";
  return key.starts_with(prefix) ? key.substr(prefix.size()) : key;
}

struct Feature {
  std::string_view name;
  std::uint32_t permissions = 0;
};

/// The position of what equals `wanted` by `name`; it is added when it is missing.
template <class List, class Projection>
std::size_t positionOf(List& list, std::string_view wanted, Projection name) {
  const auto found = std::ranges::find(list, wanted, name);
  if (found != list.end()) return static_cast<std::size_t>(found - list.begin());
  list.push_back({wanted});
  return list.size() - 1;
}

std::string joined(const auto& list, auto text) {
  std::string all;
  for (const auto& each : list) all.append(all.empty() ? "" : ",").append(text(each));
  return all;
}

}  // namespace

void addOrganizationClaims(boost::json::object& claims, const Membership& membership) {
  const auto& organization = membership.organization;
  boost::json::object claim{
      {"id", organization.id}, {"rol", withoutPrefix(membership.roleKey)}, {"slg", organization.slug}};
  std::vector<Feature> features;
  std::vector<std::string_view> names;
  for (const auto& key : membership.permissions) {
    if (key.starts_with(permission::systemPrefix)) continue;
    const auto rest = withoutPrefix(key);
    const auto colon = rest.find(':');
    const auto name = positionOf(names, rest.substr(colon + 1), std::identity());
    if (colon == std::string_view::npos || name >= maxNames) continue;
    features[positionOf(features, rest.substr(0, colon), &Feature::name)].permissions |= 1U << name;
  }
  if (!features.empty()) {
    names.resize(std::min(names.size(), maxNames));
    claims["fea"] = joined(features, [](const Feature& feature) { return "o:" + std::string(feature.name); });
    claim["fpm"] = joined(features, [](const Feature& feature) { return std::to_string(feature.permissions); });
    claim["per"] = joined(names, [](std::string_view name) { return std::string(name); });
  }
  claims["o"] = std::move(claim);
}

}  // namespace clerk::instance
