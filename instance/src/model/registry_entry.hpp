#pragma once
// What operators register with an instance: templates, addresses, machines, applications, keys. All are a document with
// a name, an owner and perhaps a secret, found by a few keys; what is in the document is the matter of each kind's
// flow.

#include "model/time.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// The kinds, which are also what the database calls them; `idPrefix` starts their ids.
struct RegistryKind {
  std::string_view name;
  std::string_view idPrefix;
};

namespace registry {
inline constexpr RegistryKind jwtTemplate{"jwt_template", "jtmp"};
inline constexpr RegistryKind redirectUrl{"redirect_url", "ru"};
inline constexpr RegistryKind satelliteDomain{"satellite_domain", "dmn"};
inline constexpr RegistryKind proxyCheck{"proxy_check", "proxchk"};
inline constexpr RegistryKind actorToken{"actor_token", "act"};
inline constexpr RegistryKind webhookApp{"webhook_app", "app"};
inline constexpr RegistryKind webhookEndpoint{"webhook_endpoint", "ep"};
inline constexpr RegistryKind machine{"machine", "mch"};
inline constexpr RegistryKind machineSecret{"machine_secret", "mchsec"};
inline constexpr RegistryKind machineScope{"machine_scope", "mchscp"};
inline constexpr RegistryKind machineToken{"machine_token", "mt"};
inline constexpr RegistryKind apiKey{"api_key", "ak"};
inline constexpr RegistryKind oauthApplication{"oauth_application", "oa"};
inline constexpr RegistryKind oauthCode{"oauth_code", "oac"};
inline constexpr RegistryKind oauthGrant{"oauth_grant", "oag"};
inline constexpr RegistryKind oauthAccessToken{"oauth_access_token", "oat"};
inline constexpr RegistryKind oauthRefreshToken{"oauth_refresh_token", "oart"};
inline constexpr RegistryKind oauthConsent{"oauth_consent", "oaco"};
inline constexpr RegistryKind enterpriseConnection{"enterprise_connection", "entconn"};
inline constexpr RegistryKind enterpriseDomain{"enterprise_domain", "entdom"};
inline constexpr RegistryKind enterpriseTestRun{"enterprise_test_run", "entrun"};
inline constexpr RegistryKind samlAssertion{"saml_assertion", "samlas"};
}  // namespace registry

namespace registry_status {
inline constexpr std::string_view active = "active";
inline constexpr std::string_view pending = "pending";
inline constexpr std::string_view accepted = "accepted";
inline constexpr std::string_view revoked = "revoked";
}  // namespace registry_status

struct RegistryEntry {
  std::string kind;
  std::string id;
  std::string owner;   ///< id of what it belongs to; empty: the instance
  std::string name;    ///< nobody else of the kind has it; empty: it has none
  std::string digest;  ///< of its secret, by which it is found; empty: it has none
  std::string status{registry_status::active};
  boost::json::object document;
  std::optional<Time> expiresAt;
  /// About when its secret was last presented; see Registry::noteUse.
  std::optional<Time> lastUsedAt;
  Time createdAt{};
  Time updatedAt{};

  bool isExpired(Time now) const noexcept { return expiresAt && *expiresAt <= now; }
  bool isUsable(Time now) const noexcept { return status == registry_status::active && !isExpired(now); }

  /// Members of the document; what is missing or of another type reads as absent.
  std::string text(std::string_view member) const;
  bool flag(std::string_view member) const noexcept;
  std::optional<std::int64_t> integer(std::string_view member) const noexcept;
  /// The value, or null.
  boost::json::value json(std::string_view member) const;

  friend bool operator==(const RegistryEntry&, const RegistryEntry&) = default;
};

}  // namespace clerk::instance
