#include "auth/session_authorization.hpp"

#include "json/json_reader.hpp"

#include <ecmascript/text.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace clerk::auth {
namespace {

using boost::json::value;

constexpr std::string_view kOrganizationPrefix = "org:";
/// Far more than any token holds; a longer number is taken for none.
constexpr std::size_t kMaximumDigits = 4096;

std::vector<std::string_view> splitTrimmed(std::string_view text, char separator) {
  std::vector<std::string_view> items;
  for (;;) {
    const auto at = text.find(separator);
    items.push_back(ecmascript::trim(text.substr(0, at)));
    if (at == std::string_view::npos) return items;
    text.remove_prefix(at + 1);
  }
}

/// A decimal number of any length, in limbs from the lowest; empty when the text is no number.
std::vector<std::uint32_t> limbsOf(std::string_view digits) {
  std::vector<std::uint32_t> limbs;
  if (digits.empty() || digits.size() > kMaximumDigits) return limbs;
  for (char digit : digits) {
    if (digit < '0' || digit > '9') return {};
    std::uint64_t carry = static_cast<std::uint64_t>(digit - '0');
    for (auto& limb : limbs) {
      carry += static_cast<std::uint64_t>(limb) * 10;
      limb = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry) limbs.push_back(static_cast<std::uint32_t>(carry));
  }
  return limbs;
}

bool bitOf(const std::vector<std::uint32_t>& limbs, std::size_t bit) {
  return bit / 32 < limbs.size() && (limbs[bit / 32] >> (bit % 32) & 1);
}

std::string_view textOf(const value& object, std::string_view name) {
  return json::textMember(object, name).value_or("");
}

std::string withOnePrefix(std::string_view name) {
  while (name.starts_with(kOrganizationPrefix)) name.remove_prefix(kOrganizationPrefix.size());
  return std::string(kOrganizationPrefix) + std::string(name);
}

std::optional<value> copied(const value& claims, std::string_view name) {
  const auto* found = json::member(claims, name);
  if (!found) return {};
  return *found;
}

bool contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// The level and age of a preset.
std::optional<Reverification> configOf(const Reverification& asked) {
  static const std::array<std::pair<std::string_view, Reverification>, 4> presets{{
      {"strict_mfa", {"multi_factor", 10}},
      {"strict", {"second_factor", 10}},
      {"moderate", {"second_factor", 60}},
      {"lax", {"second_factor", 1440}},
  }};
  for (const auto& [name, config] : presets) {
    if (asked.preset == name) return config;
  }
  const bool isLevel = asked.level == "first_factor" || asked.level == "second_factor" || asked.level == "multi_factor";
  if (asked.preset.empty() && isLevel && asked.afterMinutes > 0) return asked;
  return {};
}

}  // namespace

std::vector<std::string> permissionsOf(std::string_view features, std::string_view permissions, std::string_view map) {
  if (features.empty() || permissions.empty() || map.empty()) return {};
  const auto items = scopedItemsOf(features);
  if (!items) return {};
  const auto names = splitTrimmed(permissions, ',');
  const auto rows = splitTrimmed(map, ',');
  std::vector<std::string> result;
  for (std::size_t i = 0; i < rows.size() && i < items->organization.size(); ++i) {
    const auto bits = limbsOf(rows[i]);
    for (std::size_t bit = 0; bit < names.size(); ++bit) {
      if (bitOf(bits, bit)) result.push_back("org:" + items->organization[i] + ':' + std::string(names[bit]));
    }
  }
  return result;
}

std::optional<ScopedItems> scopedItemsOf(std::string_view claim) {
  ScopedItems items;
  if (claim.empty()) return items;
  for (auto item : splitTrimmed(claim, ',')) {
    const auto colon = item.find(':');
    if (colon == std::string_view::npos) return {};
    const auto scope = item.substr(0, colon);
    const std::string name(item.substr(colon + 1));
    if (scope == "o" || scope == "ou" || scope == "uo") items.organization.push_back(name);
    if (scope == "u" || scope == "ou" || scope == "uo") items.user.push_back(name);
  }
  return items;
}

ActiveOrganization organizationOf(const value& claims) {
  const auto* version = json::member(claims, "v");
  if (!version || json::numberOf(*version) != 2) {
    return {copied(claims, "org_id"), copied(claims, "org_role"), copied(claims, "org_slug"),
            copied(claims, "org_permissions")};
  }
  const auto* organization = json::member(claims, "o");
  if (!json::isTruthy(organization)) return {};
  ActiveOrganization active{copied(*organization, "id"), {}, copied(*organization, "slg"), {}};
  if (const auto role = json::textMember(*organization, "rol"); role && !role->empty()) {
    active.role = value(std::string(kOrganizationPrefix) + std::string(*role));
  }
  boost::json::array permissions;
  for (auto& permission :
       permissionsOf(textOf(claims, "fea"), textOf(*organization, "per"), textOf(*organization, "fpm"))) {
    permissions.emplace_back(std::move(permission));
  }
  active.permissions = std::move(permissions);
  return active;
}

namespace {

using jwt::Field;

bool isVersion2(const jwt::Payload& claims) { return claims.v.kind == Field::Kind::Number && claims.v.number == 2; }

/// Whether the claims can name an organization at all: those of most people's tokens do not.
bool mayHaveOrganization(const jwt::Payload& claims) {
  using Kind = Field::Kind;
  if (isVersion2(claims)) return claims.o.kind == Kind::Other;
  for (const auto* field : {&claims.org_id, &claims.org_role, &claims.org_slug, &claims.org_permissions}) {
    if (field->kind != Kind::Undefined) return true;
  }
  return false;
}

std::optional<std::string> textOf(const std::optional<value>& json) {
  if (!json || !json->is_string()) return {};
  return std::string(json->get_string());
}

std::optional<std::string> textOf(const Field& field) {
  if (!field.isText()) return {};
  return std::string(field.text);
}

/// The same as of organizationOf, from the fields at hand.
OrganizationTexts textsOfVersion2(const jwt::Payload& claims) {
  const auto& organization = claims.organization;
  OrganizationTexts texts{textOf(organization.id), {}, textOf(organization.slg), {}};
  if (organization.rol.isText() && !organization.rol.text.empty()) {
    texts.role = std::string(kOrganizationPrefix) + std::string(organization.rol.text);
  }
  texts.permissions = permissionsOf(claims.fea.text, organization.per.text, organization.fpm.text);
  return texts;
}

OrganizationTexts textsOf(const ActiveOrganization& organization) {
  OrganizationTexts texts{textOf(organization.id), textOf(organization.role), textOf(organization.slug), {}};
  const auto* list = organization.permissions ? organization.permissions->if_array() : nullptr;
  if (!list) return texts;
  for (const auto& item : *list) {
    if (item.is_string()) texts.permissions.emplace_back(item.get_string());
  }
  return texts;
}

}  // namespace

const OrganizationTexts& organizationTextsOf(const jwt::Payload& claims) {
  static const OrganizationTexts none;
  if (!mayHaveOrganization(claims)) return none;
  return claims.derived<OrganizationTexts>(
      [&] { return isVersion2(claims) ? textsOfVersion2(claims) : textsOf(organizationOf(claims.value())); });
}

bool hasScopedItem(const value* claim, std::string_view asked) {
  if (!claim || !claim->is_string() || asked.empty()) return false;
  const auto items = scopedItemsOf(std::string_view(claim->get_string()));
  if (!items) return false;
  const auto colon = asked.find(':');
  if (colon == std::string_view::npos) return contains(items->organization, asked) || contains(items->user, asked);
  const auto scope = asked.substr(0, colon);
  auto name = asked.substr(colon + 1);
  name = name.substr(0, name.find(':'));
  if (name.empty()) name = scope;  // Clerk's SDK: an empty id after a scope falls back to the scope's text
  if (scope == "o" || scope == "org" || scope == "organization") return contains(items->organization, name);
  if (scope == "u" || scope == "user") return contains(items->user, name);
  return false;
}

bool isSameRole(std::string_view role, std::string_view asked) {
  return !role.empty() && !asked.empty() && withOnePrefix(role) == withOnePrefix(asked);
}

bool hasPermission(const std::vector<std::string>& permissions, std::string_view asked) {
  return !asked.empty() && contains(permissions, withOnePrefix(asked));
}

bool isReverified(const value* factorAges, const Reverification& asked) {
  const auto config = configOf(asked);
  const auto* ages = factorAges ? factorAges->if_array() : nullptr;
  if (!config || !ages || ages->size() != 2) return false;
  const auto first = json::numberOf(ages->at(0)), second = json::numberOf(ages->at(1));
  auto isAge = [](const std::optional<double>& age) { return age && (*age == -1 || *age >= 0); };
  if (!isAge(first) || !isAge(second) || (*first == -1 && *second == -1)) return false;

  const bool firstFresh = *first != -1 && *first < config->afterMinutes;
  const bool secondFresh = *second != -1 && *second < config->afterMinutes;
  const bool hasSecond = *second != -1;
  if (config->level == "first_factor") return firstFresh;
  if (config->level == "second_factor") return hasSecond ? secondFresh : firstFresh;
  return hasSecond ? firstFresh && secondFresh : firstFresh;
}

}  // namespace clerk::auth
