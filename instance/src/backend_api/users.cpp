#include "wire/user.hpp"

#include "backend_api/backend_api.hpp"
#include "wire/error.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr std::int64_t maxOrganizations = 1'000'000;

Outcome<wire::Json> shown(Call& call, const Outcome<User>& user) {
  if (!user) return user.error();
  constexpr std::size_t usualLength = 2048;
  call.text.reserve(usualLength);
  wire::appendBackendUser(call.text, call.view(), *user);
  return wire::Json();
}

std::optional<int> readOrganizationsLimit(JsonFields& body) {
  const auto limit = body.integerWithin("create_organizations_limit", 0, maxOrganizations);
  return limit ? std::optional(static_cast<int>(*limit)) : std::nullopt;
}

std::optional<PasswordDigest> readPasswordDigest(JsonFields& body) {
  auto digest = body.text("password_digest");
  auto hasher = body.text("password_hasher");
  if (digest && !hasher) body.refuse(wire::wrong::paramMissing("password_hasher"));
  if (hasher && !digest) body.refuse(wire::wrong::paramMissing("password_digest"));
  if (!digest || !hasher) return std::nullopt;
  return PasswordDigest{.hasher = std::move(*hasher), .digest = std::move(*digest)};
}

/// Wallets are no identifiers here: an empty list of them is no harm.
void refuseWallets(JsonFields& body) {
  if (!body.list("web3_wallet").empty()) body.refuse(wire::wrong::paramUnknown("web3_wallet"));
}

GivenSecondFactors readSecondFactors(JsonFields& body) {
  return {.totpSecret = body.text("totp_secret"), .backupCodes = body.list("backup_codes")};
}

MetadataChanges readMetadata(JsonFields& body) {
  return {.publicMetadata = body.object("public_metadata"),
          .privateMetadata = body.object("private_metadata"),
          .unsafeMetadata = body.object("unsafe_metadata")};
}

NewUser readNewUser(JsonFields& body) {
  auto metadata = readMetadata(body);
  refuseWallets(body);
  return {.externalId = body.text("external_id"),
          .firstName = body.text("first_name"),
          .lastName = body.text("last_name"),
          .locale = body.text("locale"),
          .username = body.text("username"),
          .emailAddresses = body.list("email_address"),
          .emailAddressIdentificationStatus = body.list("email_address_identification_status"),
          .phoneNumbers = body.list("phone_number"),
          .phoneNumberIdentificationStatus = body.list("phone_number_identification_status"),
          .password = body.text("password"),
          .passwordDigest = readPasswordDigest(body),
          .skipPasswordChecks = body.flag("skip_password_checks"),
          .skipPasswordRequirement = body.flag("skip_password_requirement"),
          .skipUserRequirement = body.flag("skip_user_requirement"),
          .skipLegalChecks = body.flag("skip_legal_checks"),
          .publicMetadata = std::move(metadata.publicMetadata).value_or(boost::json::object()),
          .privateMetadata = std::move(metadata.privateMetadata).value_or(boost::json::object()),
          .unsafeMetadata = std::move(metadata.unsafeMetadata).value_or(boost::json::object()),
          .deleteSelfEnabled = body.boolean("delete_self_enabled"),
          .createOrganizationEnabled = body.boolean("create_organization_enabled"),
          .createOrganizationsLimit = readOrganizationsLimit(body),
          .legalAcceptedAt = body.time("legal_accepted_at"),
          .createdAt = body.time("created_at"),
          .bypassClientTrust = body.flag("bypass_client_trust"),
          .banned = body.flag("banned"),
          .locked = body.flag("locked"),
          .secondFactors = readSecondFactors(body)};
}

UserChanges readChanges(JsonFields& body) {
  return {.externalId = body.textChange("external_id"),
          .firstName = body.textChange("first_name"),
          .lastName = body.textChange("last_name"),
          .locale = body.textChange("locale"),
          .username = body.textChange("username"),
          .primaryEmailAddressId = body.text("primary_email_address_id"),
          .primaryPhoneNumberId = body.text("primary_phone_number_id"),
          .password = body.text("password"),
          .passwordDigest = readPasswordDigest(body),
          .skipPasswordChecks = body.flag("skip_password_checks"),
          .signOutOfOtherSessions = body.flag("sign_out_of_other_sessions"),
          .deleteSelfEnabled = body.boolean("delete_self_enabled"),
          .createOrganizationEnabled = body.boolean("create_organization_enabled"),
          .createOrganizationsLimit = readOrganizationsLimit(body),
          .legalAcceptedAt = body.timeChange("legal_accepted_at"),
          .createdAt = body.time("created_at"),
          .bypassClientTrust = body.boolean("bypass_client_trust"),
          .secondFactors = readSecondFactors(body)};
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  auto fields = readNewUser(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createUser(call.core, std::move(fields)));
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shown(call, co_await getUser(call.core, call.param("user_id")));
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto body = call.body();
  auto changes = readChanges(body);
  body.flag("skip_legal_checks");
  body.flag("notify_primary_email_address_changed");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await updateUser(call.core, call.param("user_id"), std::move(changes)));
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  const auto id = co_await deleteUser(call.core, call.param("user_id"));
  if (!id) co_return id.error();
  co_return wire::Json(wire::deletedObject("user", *id));
}

async::Task<Outcome<wire::Json>> mergeMetadataOf(Call& call) {
  auto body = call.body();
  auto changes = readMetadata(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await mergeUserMetadata(call.core, call.param("user_id"), std::move(changes)));
}

async::Task<Outcome<wire::Json>> replaceMetadataOf(Call& call) {
  auto body = call.body();
  auto changes = readMetadata(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await replaceUserMetadata(call.core, call.param("user_id"), std::move(changes)));
}

async::Task<Outcome<wire::Json>> ban(Call& call) {
  co_return shown(call, co_await banUser(call.core, call.param("user_id")));
}
async::Task<Outcome<wire::Json>> unban(Call& call) {
  co_return shown(call, co_await unbanUser(call.core, call.param("user_id")));
}
async::Task<Outcome<wire::Json>> lock(Call& call) {
  co_return shown(call, co_await lockUser(call.core, call.param("user_id")));
}
async::Task<Outcome<wire::Json>> unlock(Call& call) {
  co_return shown(call, co_await unlockUser(call.core, call.param("user_id")));
}

async::Task<Outcome<wire::Json>> verifyPasswordOf(Call& call) {
  auto body = call.body();
  auto password = body.requiredText("password");
  if (auto wrong = body.failure()) co_return *wrong;
  const auto right = co_await verifyPassword(call.core, call.param("user_id"), std::move(password));
  if (!right) co_return right.error();
  co_return wire::JsonObject{{"verified", true}};
}

async::Task<Outcome<wire::Json>> removePasswordOf(Call& call) {
  auto body = call.body();
  const bool signOutOthers = body.flag("sign_out_of_other_sessions");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await removePassword(call.core, call.param("user_id"), signOutOthers));
}

}  // namespace

void addUsers(const AddOperation& add) {
  add("POST", "/users", create);
  add("GET", "/users/:user_id", read);
  add("PATCH", "/users/:user_id", update);
  add("DELETE", "/users/:user_id", remove);
  add("PATCH", "/users/:user_id/metadata", mergeMetadataOf);
  add("PUT", "/users/:user_id/metadata", replaceMetadataOf);
  add("POST", "/users/:user_id/ban", ban);
  add("POST", "/users/:user_id/unban", unban);
  add("POST", "/users/:user_id/lock", lock);
  add("POST", "/users/:user_id/unlock", unlock);
  add("POST", "/users/:user_id/verify_password", verifyPasswordOf);
  add("POST", "/users/:user_id/remove_password", removePasswordOf);
}

}  // namespace clerk::instance::backend_api
