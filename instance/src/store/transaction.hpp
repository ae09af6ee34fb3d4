#pragma once
// All tables, inside one transaction.

#include "store/attempts.hpp"
#include "store/audit_log.hpp"
#include "store/backend_verifications.hpp"
#include "store/clients.hpp"
#include "store/dashboard_sign_outs.hpp"
#include "store/detours.hpp"
#include "store/everybody.hpp"
#include "store/identity.hpp"
#include "store/images.hpp"
#include "store/invitations.hpp"
#include "store/listings.hpp"
#include "store/organization_domains.hpp"
#include "store/organization_invitations.hpp"
#include "store/organizations.hpp"
#include "store/outbox.hpp"
#include "store/provider_tokens.hpp"
#include "store/rate_windows.hpp"
#include "store/registry.hpp"
#include "store/reverifications.hpp"
#include "store/roles.hpp"
#include "store/second_factors.hpp"
#include "store/sessions.hpp"
#include "store/settings_record.hpp"
#include "store/tickets.hpp"
#include "store/users.hpp"
#include "store/verifications.hpp"
#include "store/webhooks.hpp"

namespace clerk::instance {

/// What a unit of work is given. A constant one can only be read. Valid during the unit alone.
class Transaction {
 public:
  explicit Transaction(sql::Connection& connection) noexcept : connection_(connection) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  Users users() { return Users(connection_); }
  const Users users() const { return Users(connection_); }
  Clients clients() { return Clients(connection_); }
  const Clients clients() const { return Clients(connection_); }
  Sessions sessions() { return Sessions(connection_); }
  const Sessions sessions() const { return Sessions(connection_); }
  Verifications verifications() { return Verifications(connection_); }
  const Verifications verifications() const { return Verifications(connection_); }
  BackendVerifications backendVerifications() { return BackendVerifications(connection_); }
  const BackendVerifications backendVerifications() const { return BackendVerifications(connection_); }
  ProviderTokenTable providerTokens() { return ProviderTokenTable(connection_); }
  const ProviderTokenTable providerTokens() const { return ProviderTokenTable(connection_); }
  SignIns signIns() { return SignIns(connection_); }
  const SignIns signIns() const { return SignIns(connection_); }
  SignUps signUps() { return SignUps(connection_); }
  const SignUps signUps() const { return SignUps(connection_); }
  SignInTokens signInTokens() { return SignInTokens(connection_); }
  const SignInTokens signInTokens() const { return SignInTokens(connection_); }
  HandshakeNonces handshakeNonces() { return HandshakeNonces(connection_); }
  Outbox outbox() { return Outbox(connection_); }
  const Outbox outbox() const { return Outbox(connection_); }
  SettingsRecord settings() { return SettingsRecord(connection_); }
  const SettingsRecord settings() const { return SettingsRecord(connection_); }
  Organizations organizations() { return Organizations(connection_); }
  const Organizations organizations() const { return Organizations(connection_); }
  Memberships memberships() { return Memberships(connection_); }
  const Memberships memberships() const { return Memberships(connection_); }
  OrganizationInvitations organizationInvitations() { return OrganizationInvitations(connection_); }
  const OrganizationInvitations organizationInvitations() const { return OrganizationInvitations(connection_); }
  OrganizationSuggestions organizationSuggestions() { return OrganizationSuggestions(connection_); }
  const OrganizationSuggestions organizationSuggestions() const { return OrganizationSuggestions(connection_); }
  MembershipRequests membershipRequests() { return MembershipRequests(connection_); }
  const MembershipRequests membershipRequests() const { return MembershipRequests(connection_); }
  OrganizationDomains organizationDomains() { return OrganizationDomains(connection_); }
  const OrganizationDomains organizationDomains() const { return OrganizationDomains(connection_); }
  Permissions permissions() { return Permissions(connection_); }
  const Permissions permissions() const { return Permissions(connection_); }
  Roles roles() { return Roles(connection_); }
  const Roles roles() const { return Roles(connection_); }
  RoleSets roleSets() { return RoleSets(connection_); }
  const RoleSets roleSets() const { return RoleSets(connection_); }
  TotpSecrets totpSecrets() { return TotpSecrets(connection_); }
  const TotpSecrets totpSecrets() const { return TotpSecrets(connection_); }
  BackupCodes backupCodes() { return BackupCodes(connection_); }
  const BackupCodes backupCodes() const { return BackupCodes(connection_); }
  Images images() { return Images(connection_); }
  const Images images() const { return Images(connection_); }
  EmailLinks emailLinks() { return EmailLinks(connection_); }
  const EmailLinks emailLinks() const { return EmailLinks(connection_); }
  OauthStates oauthStates() { return OauthStates(connection_); }
  const OauthStates oauthStates() const { return OauthStates(connection_); }
  Reverifications reverifications() { return Reverifications(connection_); }
  const Reverifications reverifications() const { return Reverifications(connection_); }
  Invitations invitations() { return Invitations(connection_); }
  const Invitations invitations() const { return Invitations(connection_); }
  WaitlistEntries waitlistEntries() { return WaitlistEntries(connection_); }
  const WaitlistEntries waitlistEntries() const { return WaitlistEntries(connection_); }
  RestrictedIdentifiers restrictedIdentifiers() { return RestrictedIdentifiers(connection_); }
  const RestrictedIdentifiers restrictedIdentifiers() const { return RestrictedIdentifiers(connection_); }
  Registry registry() { return Registry(connection_); }
  const Registry registry() const { return Registry(connection_); }
  Webhooks webhooks() { return Webhooks(connection_); }
  const Webhooks webhooks() const { return Webhooks(connection_); }
  RateWindows rateWindows() { return RateWindows(connection_); }
  AuditLog auditLog() { return AuditLog(connection_); }
  const AuditLog auditLog() const { return AuditLog(connection_); }
  DashboardSignOuts dashboardSignOuts() { return DashboardSignOuts(connection_); }
  const DashboardSignOuts dashboardSignOuts() const { return DashboardSignOuts(connection_); }
  const Listings listings() const { return Listings(connection_); }
  Identity identity() { return Identity(connection_); }
  const Identity identity() const { return Identity(connection_); }

  /// See everybody.hpp.
  void eraseEverybody() { instance::eraseEverybody(connection_); }

  Changes& changes() noexcept { return connection_.changes; }

  /// Undoes what the unit wrote, though its result is given to the caller: for an outcome that is a failure.
  void abandon() noexcept { abandoned_ = true; }
  bool isAbandoned() const noexcept { return abandoned_; }

 private:
  sql::Connection& connection_;
  bool abandoned_ = false;
};

}  // namespace clerk::instance
