#pragma once
// What a backend may change while the instance runs, in contrast to Settings, which is fixed when it starts.

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace clerk::instance {

struct OrganizationSettings {
  bool enabled = true;
  /// Everybody must be in an organization: sessions begin with the task `choose-organization`.
  bool forceSelection = false;
  /// Of a new organization; 0 is no limit. Outstanding invitations count.
  int maxAllowedMemberships = 5;
  /// Of a new organization: whether its admins may delete it.
  bool adminDeleteEnabled = true;
  bool slugDisabled = false;
  bool domainsEnabled = false;
  std::vector<std::string> domainsEnrollmentModes{};
  std::string domainsDefaultRole = "org:member";
  std::string creatorRole = "org:admin";
  /// Whether the form for a new organization is filled in from the person's address.
  bool creationDefaultsEnabled = false;

  friend bool operator==(const OrganizationSettings&, const OrganizationSettings&) = default;
};

/// Who may sign up, and in (Backend API: `/instance/restrictions`).
struct RestrictionSettings {
  bool allowlist = false;
  bool blocklist = false;
  bool disabledOnSignIn = false;
  bool blockEmailSubaddresses = false;
  bool blockDisposableEmailDomains = false;

  friend bool operator==(const RestrictionSettings&, const RestrictionSettings&) = default;
};

/// What backends may do with applications that sign people in here (`/instance/oauth_application_settings`).
struct OAuthApplicationSettings {
  /// Anybody may register one (RFC 7591).
  bool dynamicRegistration = false;
  std::vector<std::string> defaultScopes{"profile", "email"};
  bool jwtAccessTokens = false;
  bool metadataDocumentsAdvertised = false;
  bool metadataDocumentsOnlyPreRegistered = false;
  bool metadataDocumentsBlockImplicit = false;

  friend bool operator==(const OAuthApplicationSettings&, const OAuthApplicationSettings&) = default;
};

/// What is left of `PATCH /instance`, and `/instance/communication`.
struct GeneralSettings {
  std::vector<std::string> allowedOrigins{};
  std::string developmentOrigin{};
  std::string supportEmail{};
  std::string clerkJsVersion{};
  std::string preferredSignInStrategy{};
  /// ISO 3166: no messages are sent to phones there.
  std::vector<std::string> blockedCountryCodes{};

  friend bool operator==(const GeneralSettings&, const GeneralSettings&) = default;
};

/// A new member is one in its struct and one line in the table of runtime_settings.cpp.
struct RuntimeSettings {
  OrganizationSettings organizations{};
  RestrictionSettings restrictions{};
  OAuthApplicationSettings oauthApplications{};
  GeneralSettings general{};
  /// Members of the settings file, as a backend changed them; see settings_file.hpp.
  boost::json::object signIn{};

  friend bool operator==(const RuntimeSettings&, const RuntimeSettings&) = default;
};

/// The members in which `settings` differs from `defaults`: what the database keeps, so that what nobody changed goes
/// on following the configuration.
boost::json::object changesFrom(const RuntimeSettings& defaults, const RuntimeSettings& settings);

/// `defaults` with the members that `changes` holds. What is unknown or of another type (of a newer or older program)
/// is passed over.
RuntimeSettings withChanges(RuntimeSettings defaults, const boost::json::object& changes);

}  // namespace clerk::instance
