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

/// A new member is one in its struct and one line in the table of runtime_settings.cpp.
struct RuntimeSettings {
  OrganizationSettings organizations{};

  friend bool operator==(const RuntimeSettings&, const RuntimeSettings&) = default;
};

/// The members in which `settings` differs from `defaults`: what the database keeps, so that what nobody changed goes
/// on following the configuration.
boost::json::object changesFrom(const RuntimeSettings& defaults, const RuntimeSettings& settings);

/// `defaults` with the members that `changes` holds. What is unknown or of another type (of a newer or older program)
/// is passed over.
RuntimeSettings withChanges(RuntimeSettings defaults, const boost::json::object& changes);

}  // namespace clerk::instance
