#include "settings/runtime_settings.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <limits>
#include <string_view>
#include <type_traits>

namespace clerk::instance {
namespace {

using Json = boost::json::value;
using Texts = std::vector<std::string>;

Json toJson(bool value) { return value; }
Json toJson(int value) { return value; }
Json toJson(const std::string& value) { return Json(value); }
Json toJson(const Texts& values) {
  boost::json::array list;
  for (const auto& value : values) list.emplace_back(value);
  return list;
}

void read(const Json& json, bool& value) {
  if (json.is_bool()) value = json.get_bool();
}
void read(const Json& json, int& value) {
  const auto* number = json.if_int64();
  if (number && *number >= 0 && *number <= std::numeric_limits<int>::max()) value = static_cast<int>(*number);
}
void read(const Json& json, std::string& value) {
  if (json.is_string()) value = std::string(json.get_string());
}
void read(const Json& json, Texts& values) {
  if (!json.is_array()) return;
  values.clear();
  for (const auto& item : json.get_array()) {
    if (item.is_string()) values.emplace_back(item.get_string());
  }
}

Json toJson(const boost::json::object& value) { return value; }
void read(const Json& json, boost::json::object& value) {
  if (json.is_object()) value = json.get_object();
}

struct Member {
  std::string_view name;
  Json (*write)(const RuntimeSettings& settings);
  void (*read)(const Json& json, RuntimeSettings& settings);
};

template <auto Part, auto Value>
constexpr Member member(std::string_view name) {
  return {name, [](const RuntimeSettings& settings) { return toJson(settings.*Part.*Value); },
          [](const Json& json, RuntimeSettings& settings) { read(json, settings.*Part.*Value); }};
}

using Organizations = OrganizationSettings;
constexpr auto organizations = &RuntimeSettings::organizations;
using Restrictions = RestrictionSettings;
constexpr auto restrictions = &RuntimeSettings::restrictions;
using OAuth = OAuthApplicationSettings;
constexpr auto oauth = &RuntimeSettings::oauthApplications;
constexpr auto general = &RuntimeSettings::general;

/// Names are those of the stored record: never reuse one for another meaning.
constexpr Member members[] = {
    member<organizations, &Organizations::enabled>("organizations.enabled"),
    member<organizations, &Organizations::forceSelection>("organizations.force_selection"),
    member<organizations, &Organizations::maxAllowedMemberships>("organizations.max_allowed_memberships"),
    member<organizations, &Organizations::adminDeleteEnabled>("organizations.admin_delete_enabled"),
    member<organizations, &Organizations::slugDisabled>("organizations.slug_disabled"),
    member<organizations, &Organizations::domainsEnabled>("organizations.domains_enabled"),
    member<organizations, &Organizations::domainsEnrollmentModes>("organizations.domains_enrollment_modes"),
    member<organizations, &Organizations::domainsDefaultRole>("organizations.domains_default_role"),
    member<organizations, &Organizations::creatorRole>("organizations.creator_role"),
    member<organizations, &Organizations::creationDefaultsEnabled>("organizations.creation_defaults_enabled"),
    member<restrictions, &Restrictions::allowlist>("restrictions.allowlist"),
    member<restrictions, &Restrictions::blocklist>("restrictions.blocklist"),
    member<restrictions, &Restrictions::disabledOnSignIn>("restrictions.disabled_on_sign_in"),
    member<restrictions, &Restrictions::blockEmailSubaddresses>("restrictions.block_email_subaddresses"),
    member<restrictions, &Restrictions::blockDisposableEmailDomains>("restrictions.block_disposable_email_domains"),
    member<oauth, &OAuth::dynamicRegistration>("oauth_applications.dynamic_registration"),
    member<oauth, &OAuth::defaultScopes>("oauth_applications.default_scopes"),
    member<oauth, &OAuth::jwtAccessTokens>("oauth_applications.jwt_access_tokens"),
    member<oauth, &OAuth::metadataDocumentsAdvertised>("oauth_applications.metadata_documents_advertised"),
    member<oauth, &OAuth::metadataDocumentsOnlyPreRegistered>(
        "oauth_applications.metadata_documents_only_pre_registered"),
    member<oauth, &OAuth::metadataDocumentsBlockImplicit>("oauth_applications.metadata_documents_block_implicit"),
    member<general, &GeneralSettings::allowedOrigins>("general.allowed_origins"),
    member<general, &GeneralSettings::developmentOrigin>("general.development_origin"),
    member<general, &GeneralSettings::supportEmail>("general.support_email"),
    member<general, &GeneralSettings::clerkJsVersion>("general.clerk_js_version"),
    member<general, &GeneralSettings::preferredSignInStrategy>("general.preferred_sign_in_strategy"),
    member<general, &GeneralSettings::blockedCountryCodes>("general.blocked_country_codes"),
    {"sign_in", [](const RuntimeSettings& settings) { return toJson(settings.signIn); },
     [](const Json& json, RuntimeSettings& settings) { read(json, settings.signIn); }},
};

}  // namespace

boost::json::object changesFrom(const RuntimeSettings& defaults, const RuntimeSettings& settings) {
  boost::json::object changes;
  for (const auto& member : members) {
    auto value = member.write(settings);
    if (value != member.write(defaults)) changes[member.name] = std::move(value);
  }
  return changes;
}

RuntimeSettings withChanges(RuntimeSettings defaults, const boost::json::object& changes) {
  if (changes.empty()) return defaults;
  for (const auto& member : members) {
    if (const auto* value = changes.if_contains(member.name)) member.read(*value, defaults);
  }
  return defaults;
}

}  // namespace clerk::instance
