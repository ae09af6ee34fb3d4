#include "api/resources.hpp"

#include "json/json_reader.hpp"
#include "request/backend_request.hpp"
#include "request/wire_names.hpp"
#include "url/url.hpp"

#include <boost/json/parse.hpp>

#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace clerk::api {
namespace {

using boost::json::object;
using boost::json::value;

struct ClassRow {
  const char* name;
  const char* object;  // the wire's `object`, or nothing
  const char* fields;
};

// The SDK's classes with their fields in JSON order. Behind a field's name:
//   <wire     the wire's name, when it is not the name in snake_case; several with | between: the first that is truthy
//   :Class    a nested resource; what is falsy stays as it is        :Class[]  a list of them
//   !         must be a list
//   =json     in place of a missing value                            ?json     in place of a missing value or null
//   ~json     in place of a falsy one                                #json     always
//   ^         a URL, normalised; null in place of a falsy one        %         errors of the API
// What is missing and has no such mark is undefined: it does not appear.
constexpr ClassRow kClasses[] = {
    {"Email", "email",
     "id fromEmailName emailAddressId toEmailAddress subject body bodyPlain status slug data deliveredByClerk userId "
     "suppressionReason"},
    {"IdPOAuthAccessToken", "clerk_idp_oauth_access_token",
     "id clientId type subject scopes revoked revocationReason expired expiration createdAt updatedAt aud "
     "act:OAuthActor"},
    {"M2MToken", "machine_to_machine_token",
     "id subject scopes claims revoked revocationReason expired expiration createdAt updatedAt token"},
    {"AccountlessApplication", "accountless_application", "publishableKey secretKey claimUrl apiKeysUrl"},
    {"AgentTask", "agent_task", "agentId taskId<agent_task_id|task_id~\"\" agentTaskId<agent_task_id|task_id~\"\" url"},
    {"ActorToken", "actor_token", "id status userId actor token url createdAt updatedAt"},
    {"AllowlistIdentifier", "allowlist_identifier",
     "id identifier identifierType createdAt updatedAt instanceId invitationId"},
    {"APIKey", "api_key",
     "id type name subject scopes claims revoked revocationReason expired expiration createdBy description lastUsedAt "
     "createdAt updatedAt secret"},
    {"BlocklistIdentifier", "blocklist_identifier", "id identifier identifierType createdAt updatedAt instanceId"},
    {"SessionActivity", "", "id isMobile ipAddress city country browserVersion browserName deviceType"},
    {"Session", "session",
     "id clientId userId status lastActiveAt expireAt abandonAt createdAt updatedAt lastActiveOrganizationId "
     "latestActivity:SessionActivity actor=null"},
    {"Client", "client",
     "id sessionIds sessions:Session[]! signInId signUpId lastActiveSessionId lastAuthenticationStrategy createdAt "
     "updatedAt"},
    {"CnameTarget", "", "host value required"},
    {"Cookies", "cookies", "cookies"},
    {"DeletedObject", "", "object id~null slug~null deleted"},
    {"Domain", "domain",
     "id name isSatellite frontendApiUrl developmentOrigin cnameTargets:CnameTarget[] accountsPortalUrl proxyUrl"},
    {"IdentificationLink", "", "id type"},
    {"Verification", "",
     "status strategy externalVerificationRedirectURL^ attempts=null expireAt=null nonce=null message#null"},
    {"EmailAddress", "email_address", "id emailAddress verification:Verification linkedTo:IdentificationLink[]!"},
    {"Feature", "feature", "id name description?null slug avatarUrl?null"},
    {"BillingPlan", "commerce_plan",
     "id name slug description?null isDefault isRecurring hasBaseFee publiclyVisible fee:Money annualFee:Money "
     "annualMonthlyFee:Money forPayerType features:Feature[]~[] avatarUrl freeTrialDays freeTrialEnabled"},
    {"BillingSubscriptionItem", "commerce_subscription_item",
     "id instanceId status planPeriod periodStart nextPayment:NextItemPayment amount:Money plan:BillingPlan~null "
     "planId?null priceId?null createdAt updatedAt periodEnd canceledAt pastDueAt endedAt payerId isFreeTrial "
     "lifetimePaid:Money seats:Seats"},
    {"BillingSubscription", "commerce_subscription",
     "id instanceId status payerId createdAt updatedAt activeAt?null pastDueAt?null "
     "subscriptionItems:BillingSubscriptionItem[]~[] nextPayment:NextPayment~null eligibleForFreeTrial?false"},
    {"EnterpriseAccountConnection", "",
     "id active allowIdpInitiated allowSubdomains disableAdditionalIdentifications domain logoPublicUrl name protocol "
     "provider syncUserAttributes createdAt updatedAt"},
    {"EnterpriseAccount", "enterprise_account",
     "id active emailAddress enterpriseConnection:EnterpriseAccountConnection firstName lastName protocol provider "
     "providerUserId publicMetadata verification:Verification lastAuthenticatedAt enterpriseConnectionId"},
    {"SamlConnectionIdpCertificate", "", "certificate issuedAt expiresAt"},
    {"EnterpriseConnectionSamlConnectionLoginHint", "", "mode source"},
    {"EnterpriseConnectionCustomAttribute", "", "name key ssoPath scimPath multiValued"},
    {"EnterpriseConnectionSamlConnection", "",
     "id name idpEntityId idpSsoUrl idpCertificate idpCertificateIssuedAt idpCertificateExpiresAt idpMetadataUrl "
     "idpMetadata acsUrl spEntityId spMetadataUrl syncUserAttributes allowSubdomains allowIdpInitiated active "
     "forceAuthn loginHint:EnterpriseConnectionSamlConnectionLoginHint "
     "idpCertificates:SamlConnectionIdpCertificate[]~[]"},
    {"EnterpriseConnectionOauthConfig", "",
     "id name clientId discoveryUrl logoPublicUrl createdAt updatedAt providerKey authUrl tokenUrl userInfoUrl "
     "requiresPkce"},
    {"EnterpriseConnection", "enterprise_connection",
     "id name domains organizationId?null active syncUserAttributes allowSubdomains disableAdditionalIdentifications "
     "createdAt updatedAt samlConnection:EnterpriseConnectionSamlConnection~null "
     "oauthConfig:EnterpriseConnectionOauthConfig~null provider logoPublicUrl allowOrganizationAccountLinking "
     "authenticatable disableJitProvisioning customAttributes:EnterpriseConnectionCustomAttribute[]"},
    {"ExternalAccount", "",
     "id provider providerUserId identificationId externalId<provider_user_id approvedScopes emailAddress firstName "
     "lastName imageUrl~\"\" username phoneNumber publicMetadata={} label verification:Verification externalAccountId"},
    {"Instance", "instance", "id environmentType allowedOrigins"},
    {"InstanceRestrictions", "instance_restrictions",
     "allowlist blocklist blockEmailSubaddresses blockDisposableEmailDomains ignoreDotsForGmailAddresses"},
    {"InstanceSettings", "instance_settings",
     "id restrictedToAllowlist fromEmailAddress progressiveSignUp enhancedEmailDeliverability"},
    {"Invitation", "invitation", "id emailAddress publicMetadata createdAt updatedAt status url revoked _raw"},
    {"JwtTemplate", "jwt_template",
     "id name claims lifetime allowedClockSkew customSigningKey signingAlgorithm createdAt updatedAt"},
    {"Machine", "machine",
     "id name instanceId createdAt updatedAt scopedMachines:ScopedMachine[]! defaultTokenTtl secretKey"},
    {"MachineScope", "machine_scope", "fromMachineId toMachineId createdAt deleted"},
    {"MachineSecretKey", "machine_secret_key", "secret"},
    {"OauthAccessToken", "oauth_access_token",
     "externalAccountId provider token publicMetadata={} label~\"\" scopes tokenSecret expiresAt idToken"},
    {"OAuthApplication", "oauth_application",
     "id instanceId name clientId clientUri clientImageUrl dynamicallyRegistered consentScreenEnabled pkceRequired "
     "isPublic<public scopes redirectUris authorizeUrl tokenFetchUrl userInfoUrl discoveryUrl tokenIntrospectionUrl "
     "createdAt updatedAt clientSecret"},
    {"Organization", "organization",
     "id name slug imageUrl~\"\" hasImage createdAt updatedAt publicMetadata={} privateMetadata={} "
     "maxAllowedMemberships adminDeleteEnabled membersCount createdBy _raw"},
    {"OrganizationInvitation", "organization_invitation",
     "id emailAddress role roleName organizationId createdAt updatedAt expiresAt url status publicMetadata={} "
     "privateMetadata={} publicOrganizationData _raw"},
    {"OrganizationMembership", "organization_membership",
     "id role permissions publicMetadata={} privateMetadata={} createdAt updatedAt organization:Organization "
     "publicUserData:OrganizationMembershipPublicUserData _raw"},
    {"OrganizationMembershipPublicUserData", "", "identifier firstName lastName imageUrl hasImage userId"},
    {"OrganizationSettings", "organization_settings",
     "enabled maxAllowedMemberships maxAllowedRoles maxAllowedPermissions creatorRole adminDeleteEnabled "
     "domainsEnabled slugDisabled domainsEnrollmentModes domainsDefaultRole"},
    {"Permission", "permission", "id name key description createdAt updatedAt"},
    {"PhoneNumber", "phone_number",
     "id phoneNumber reservedForSecondFactor defaultSecondFactor verification:Verification "
     "linkedTo:IdentificationLink[]!"},
    {"ProxyCheck", "proxy_check", "id domainId lastRunAt proxyUrl successful createdAt updatedAt"},
    {"RedirectUrl", "redirect_url", "id url createdAt updatedAt"},
    {"Role", "role", "id name key description permissions:Permission[]~[] isCreatorEligible createdAt updatedAt"},
    {"RoleSetItem", "", "id name key description createdAt updatedAt membersCount hasMembers"},
    {"RoleSetMigration", "",
     "id organizationId instanceId sourceRoleSetId destRoleSetId triggerType status migratedMembers mappings createdAt "
     "updatedAt startedAt completedAt"},
    {"RoleSet", "role_set",
     "id name key description roles:RoleSetItem[]~[] defaultRole:RoleSetItem~null creatorRole:RoleSetItem~null type "
     "roleSetMigration:RoleSetMigration~null createdAt updatedAt"},
    {"SamlConnection", "saml_connection",
     "id name domain organizationId idpEntityId idpSsoUrl idpCertificate idpCertificateIssuedAt "
     "idpCertificateExpiresAt idpMetadataUrl idpMetadata acsUrl spEntityId spMetadataUrl active provider userCount "
     "syncUserAttributes allowSubdomains allowIdpInitiated createdAt updatedAt attributeMapping:AttributeMapping "
     "idpCertificates:SamlConnectionIdpCertificate[]~[]"},
    {"AttributeMapping", "", "userId emailAddress firstName lastName"},
    {"SignInToken", "sign_in_token", "id userId token status url createdAt updatedAt"},
    {"SignUpAttemptVerification", "", "nextAction supportedStrategies"},
    {"SignUpAttemptVerifications", "",
     "emailAddress:SignUpAttemptVerification phoneNumber:SignUpAttemptVerification "
     "web3Wallet:SignUpAttemptVerification externalAccount"},
    {"SignUpAttempt", "sign_up_attempt",
     "id status requiredFields optionalFields missingFields unverifiedFields "
     "verifications:SignUpAttemptVerifications~null username emailAddress phoneNumber web3Wallet passwordEnabled "
     "firstName lastName customAction externalId createdSessionId createdUserId abandonAt legalAcceptedAt "
     "publicMetadata unsafeMetadata"},
    {"SMSMessage", "sms_message", "id fromPhoneNumber toPhoneNumber message status phoneNumberId data"},
    {"Token", "token", "jwt"},
    {"Web3Wallet", "", "id web3Wallet verification:Verification"},
    {"User", "user",
     "id passwordEnabled totpEnabled backupCodeEnabled twoFactorEnabled banned locked createdAt updatedAt imageUrl "
     "hasImage primaryEmailAddressId primaryPhoneNumberId primaryWeb3WalletId lastSignInAt externalId username "
     "firstName lastName publicMetadata={} privateMetadata={} unsafeMetadata={} emailAddresses:EmailAddress[]~[] "
     "phoneNumbers:PhoneNumber[]~[] web3Wallets:Web3Wallet[]~[] externalAccounts:ExternalAccount[]~[] "
     "enterpriseAccounts:EnterpriseAccount[]~[] lastActiveAt createOrganizationEnabled createOrganizationsLimit=null "
     "deleteSelfEnabled legalAcceptedAt locale timezone=null deprovisioned=false _raw"},
    {"WaitlistEntry", "waitlist_entry", "id emailAddress status invitation:Invitation createdAt updatedAt isLocked"},
    {"Money", "", "amount amountFormatted currency currencySymbol"},
    {"OAuthActor", "", "iss sub act:OAuthActorOfActor"},
    {"OAuthActorOfActor", "", "iss sub"},
    {"ScopedMachine", "", "id name instanceId createdAt updatedAt scopedMachines#[] defaultTokenTtl"},
    {"NextItemPayment", "", "amount:Money date perUnitTotals totals:BillingTotals"},
    {"NextPayment", "", "date amount:Money perUnitTotals totals:BillingTotals"},
    {"BillingTotals", "",
     "subtotal:Money baseFee:Money~null taxTotal:Money grandTotal:Money totalDueAfterFreeTrial:Money credit:Money "
     "credits~null discounts~null pastDue:Money totalDueNow:Money perUnitTotals totalsDuePerPeriod "
     "totalDuePerPeriod:Money"},
    {"Seats", "", "quantity tiers:SeatTier[]"},
    {"SeatTier", "", "quantity feePerBlock:Money total:Money"},
    {"BatchEmailResult", "", "index email:Email errors% statusCode retryAfterSeconds"},
};

struct Field {
  std::string name;
  std::vector<std::string> wireNames;
  std::string nested;
  bool isList = false;
  bool mustBeList = false;
  char mark = '\0';  // of = ? ~ # ^ %
  value fallback;
};
using Class = std::vector<Field>;

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> pieces(1);
  for (char c : text) {
    if (c == separator) {
      pieces.emplace_back();
    } else {
      pieces.back() += c;
    }
  }
  return pieces;
}

Field fieldOf(std::string text) {
  Field field;
  if (const auto at = text.find_first_of("=?~#^%"); at != std::string::npos) {
    field.mark = text[at];
    const auto json = text.substr(at + 1);
    if (!json.empty()) field.fallback = boost::json::parse(json);
    text.resize(at);
  }
  if (text.ends_with('!')) {
    field.mustBeList = true;
    text.pop_back();
  }
  if (text.ends_with("[]")) {
    field.isList = true;
    text.resize(text.size() - 2);
  }
  if (const auto at = text.find(':'); at != std::string::npos) {
    field.nested = text.substr(at + 1);
    text.resize(at);
  }
  const auto wire = text.find('<');
  field.name = text.substr(0, wire);
  field.wireNames =
      wire == std::string::npos ? std::vector{request::toSnakeCase(field.name)} : split(text.substr(wire + 1), '|');
  if (field.name == "_raw") field.wireNames = {"_raw"};
  return field;
}

struct Tables {
  std::unordered_map<std::string_view, Class> byName;
  std::unordered_map<std::string_view, std::string_view> nameOfObject;
};

const Tables& tables() {
  static const Tables made = [] {
    Tables result;
    for (const auto& row : kClasses) {
      auto& fields = result.byName[row.name];
      for (const auto& text : split(row.fields, ' ')) fields.push_back(fieldOf(text));
      if (*row.object) result.nameOfObject[row.object] = row.name;
    }
    return result;
  }();
  return made;
}

const value* wireValueOf(const Field& field, const value& wire) {
  const value* found = nullptr;
  for (const auto& name : field.wireNames) {
    found = json::member(wire, name);
    if (json::isTruthy(found)) return found;
  }
  return found;
}

boost::json::array listOf(const Field& field, const value& wire) {
  boost::json::array list;
  for (const auto& item : wire.get_array()) list.push_back(resourceOf(field.nested, item));
  return list;
}

value normalisedUrl(const value& wire) {
  if (!wire.is_string()) return wire;
  const auto url = url::Url::parse(std::string_view(wire.get_string()));
  return url ? value(url->href()) : wire;
}

value errorsOf(const value& wire) {
  boost::json::array errors;
  for (const auto& item : wire.get_array()) errors.push_back(request::errorOf(item).toJson());
  return errors;
}

/// The field's value; absent for undefined.
std::optional<value> convert(const Field& field, const value& wire) {
  if (field.mark == '#') return field.fallback;
  if (field.name == "_raw") return wire;
  const auto* found = wireValueOf(field, wire);
  const bool truthy = json::isTruthy(found);
  if (field.mustBeList && (!found || !found->is_array())) {
    throw std::runtime_error("the answer has no list " + field.wireNames.front());
  }
  if (!truthy && (field.mark == '~' || field.mark == '^')) return field.fallback;
  if (!found && field.mark == '=') return field.fallback;
  if ((!found || found->is_null()) && field.mark == '?') return field.fallback;
  if (!found) return {};
  if (!truthy) return *found;
  if (field.mark == '^') return normalisedUrl(*found);
  if (field.mark == '%' && found->is_array()) return errorsOf(*found);
  if (field.nested.empty()) return *found;
  if (field.isList) return found->is_array() ? value(listOf(field, *found)) : *found;
  return value(resourceOf(field.nested, *found));
}

value pageOf(const object& wire, const boost::json::array& items) {
  boost::json::array data;
  for (const auto& item : items) data.push_back(resourceOf(item));
  const auto* count = wire.if_contains("total_count");
  if (!count) return data;
  return object{{"data", std::move(data)}, {"totalCount", *count}};
}

const boost::json::array* listMember(const object& wire, std::string_view name) {
  const auto* member = wire.if_contains(name);
  return member ? member->if_array() : nullptr;
}

}  // namespace

object resourceOf(std::string_view className, const value& wire) {
  object resource;
  for (const auto& field : tables().byName.at(className)) {
    if (auto member = convert(field, wire)) resource[field.name] = *std::move(member);
  }
  return resource;
}

value resourceOf(const value& wire) {
  if (const auto* list = wire.if_array()) {
    boost::json::array items;
    for (const auto& item : *list) items.push_back(resourceOf(item));
    return items;
  }
  const auto* whole = wire.if_object();
  if (!whole) return wire;
  if (const auto* tokens = listMember(*whole, "m2m_tokens")) return pageOf(*whole, *tokens);
  if (const auto* data = listMember(*whole, "data")) return pageOf(*whole, *data);
  const auto kind = json::textMember(wire, "object");
  if (!kind) return wire;
  if (whole->contains("deleted")) return resourceOf("DeletedObject", wire);
  if (*kind == "total_count") return whole->contains("total_count") ? whole->at("total_count") : value(nullptr);
  const auto known = tables().nameOfObject.find(*kind);
  return known == tables().nameOfObject.end() ? wire : value(resourceOf(known->second, wire));
}

}  // namespace clerk::api
