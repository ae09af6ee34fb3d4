#pragma once
// Which connection a person signs in by: the one that has the domain of the address. Its people have no other way in.

#include "flows/enterprise/connection.hpp"
#include "model/user.hpp"
#include "settings/settings.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// How the account of such a connection is called where others say `oauth_google`: `enterprise_entconn_…`, and
/// `enterprise_samlc_…` for SAML.
std::string enterpriseProviderOf(const EnterpriseConnection& connection);
/// How many people have come in by it.
async::Task<std::int64_t> countPeopleOf(Core& core, const EnterpriseConnection& connection);
/// The connection's id again.
std::string connectionIdIn(std::string_view provider);
bool isEnterpriseProvider(std::string_view provider) noexcept;
bool isSamlProvider(std::string_view provider) noexcept;
/// What people and clients are told of it: `enterprise_sso`, and others as they are.
std::string_view shownStrategy(std::string_view provider) noexcept;

/// The active connection of an address's domain.
std::optional<EnterpriseConnection> findSignInConnection(const Transaction& tx, std::string_view identifier);
/// The same, for whoever asks for it by name. Errors: `enterprise_sso_sign_in_connection_missing`.
Outcome<EnterpriseConnection> requireSignInConnection(const Transaction& tx, std::string_view identifier);

/// How the provider of an OpenID Connect connection is asked, active or not.
SocialProvider oidcProviderOf(const Core& core, const EnterpriseConnection& connection);
/// Whether somebody may come in this way: where a proved address is of a connection, its provider is the only one, and
/// what a backend hands out (tickets). Errors: `sign_in_must_use_enterprise_connection_identifier`.
Outcome<> checkWayIn(const Transaction& tx, const User& user, std::string_view strategy);

/// How its OpenID Connect provider is asked; absent when the connection is not there (any more), or not active.
async::Task<std::optional<SocialProvider>> enterpriseProvider(Core& core, std::string provider);
/// Whether an address is one of the connection's people: at one of its domains, or below one where it allows that.
bool speaksFor(const EnterpriseConnection& connection, std::string_view emailAddress);
async::Task<bool> isOfConnection(Core& core, std::string provider, std::string emailAddress);

}  // namespace clerk::instance
