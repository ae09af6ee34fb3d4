#include "store/users.hpp"

#include "store/folded_text.hpp"
#include "store/stored_addresses.hpp"
#include "store/stored_factors.hpp"
#include "store/stored_json.hpp"
#include "store/user_listing.hpp"
#include "store/verifications.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace clerk::instance {
namespace {

constexpr std::string_view emailAddressKind = "email_address";
constexpr std::string_view phoneNumberKind = "phone_number";
constexpr std::string_view passkeyKind = "passkey";

// The order is that of readUser().
#define CLERK_USER_COLUMNS                                                                                         \
  "id, external_id, username, first_name, last_name, locale, image_url, primary_email_address_id, "                \
  "primary_phone_number_id, primary_web3_wallet_id, password_hasher, password_digest, password_updated_at, "       \
  "mfa_enabled_at, mfa_disabled_at, public_metadata, private_metadata, unsafe_metadata, banned, failed_attempts, " \
  "locked_at, lock_expires_at, delete_self_enabled, create_organization_enabled, create_organizations_limit, "     \
  "bypass_client_trust, legal_accepted_at, last_sign_in_at, last_active_at, created_at, updated_at, "              \
  "email_addresses, factors, password_compromised"

User readUser(const sql::Rows& row) {
  User user;
  user.id = row.string(0);
  user.externalId = row.optionalString(1);
  user.username = row.optionalString(2);
  user.firstName = row.optionalString(3);
  user.lastName = row.optionalString(4);
  user.locale = row.optionalString(5);
  user.imageUrl = row.string(6);
  user.primaryEmailAddressId = row.optionalString(7);
  user.primaryPhoneNumberId = row.optionalString(8);
  user.primaryWeb3WalletId = row.optionalString(9);
  if (!row.isNull(10)) user.password = PasswordDigest{row.string(10), row.string(11)};
  user.passwordLastUpdatedAt = row.optionalTime(12);
  user.mfaEnabledAt = row.optionalTime(13);
  user.mfaDisabledAt = row.optionalTime(14);
  user.publicMetadata = storedObject(row.text(15));
  user.privateMetadata = storedObject(row.text(16));
  user.unsafeMetadata = storedObject(row.text(17));
  user.banned = row.boolean(18);
  user.failedAttempts = static_cast<int>(row.integer(19));
  user.lockedAt = row.optionalTime(20);
  user.lockExpiresAt = row.optionalTime(21);
  user.deleteSelfEnabled = row.boolean(22);
  user.createOrganizationEnabled = row.boolean(23);
  if (auto limit = row.optionalInteger(24)) user.createOrganizationsLimit = static_cast<int>(*limit);
  user.bypassClientTrust = row.boolean(25);
  user.legalAcceptedAt = row.optionalTime(26);
  user.lastSignInAt = row.optionalTime(27);
  user.lastActiveAt = row.optionalTime(28);
  user.createdAt = row.time(29);
  user.updatedAt = row.time(30);
  user.emailAddresses = readAddresses(row.text(31));
  readFactors(row.text(32), user);
  user.passwordCompromised = row.boolean(33);
  return user;
}

std::string placeholders(std::size_t count, std::size_t first = 1) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ", ";
    text += '$';
    text += std::to_string(first + i);
  }
  return text;
}

/// Looks up what a row cannot tell: proofs that go on.
void completeProofs(sql::Connection& sql, User& user) {
  const auto complete = [&](auto& items) {
    for (auto& item : items) {
      if (item.verification && isPending(*item.verification)) {
        item.verification = Verifications(sql).find(item.verification->id);
      }
    }
  };
  complete(user.emailAddresses);
  complete(user.phoneNumbers);
  complete(user.externalAccounts);
  complete(user.passkeys);
}

std::vector<User> readAll(sql::Connection& sql, sql::Rows rows) {
  std::vector<User> users;
  while (rows.next()) users.push_back(readUser(rows));
  for (auto& user : users) completeProofs(sql, user);
  return users;
}

bool has(sql::Rows rows) { return rows.next(); }

/// A folded text, or NULL for one that is absent.
std::optional<std::string> folded(const std::optional<std::string>& text) {
  return text ? std::optional(foldCase(*text)) : std::nullopt;
}

std::string searchName(const User& user) {
  return foldCase(user.firstName.value_or("") + " " + user.lastName.value_or(""));
}

std::string searchText(const User& user) {
  std::string text = searchName(user);
  text.append("\n").append(foldCase(user.username.value_or("")));
  for (const auto& email : user.emailAddresses) text.append("\n").append(foldCase(email.emailAddress));
  for (const auto& phone : user.phoneNumbers) text.append("\n").append(phone.phoneNumber);
  return text;
}

std::optional<std::string> sortEmailAddress(const User& user) {
  const auto* email = user.primaryEmailAddress();
  return email ? std::optional(email->emailAddress) : std::nullopt;
}

std::optional<std::string> sortPhoneNumber(const User& user) {
  const auto* phone = user.primaryPhoneNumber();
  return phone ? std::optional(phone->phoneNumber) : std::nullopt;
}

void addToCounter(sql::Connection& sql, std::string_view name, std::int64_t change) {
  sql.execute("update counters set value = value + $2 where name = $1", {name, change});
}

bool claims(const EmailAddress& email) noexcept { return email.verified() || email.reserved; }
bool claims(const PhoneNumber& phone) noexcept { return phone.verified() || phone.reserved; }

/// The ids of all verifications that hang on a user's identifiers.
std::set<std::string> verificationsOf(const User& user) {
  std::set<std::string> ids;
  const auto add = [&](const auto& items) {
    for (const auto& item : items) {
      if (item.verification) ids.insert(item.verification->id);
    }
  };
  add(user.emailAddresses);
  add(user.phoneNumbers);
  add(user.externalAccounts);
  add(user.passkeys);
  return ids;
}

}  // namespace

/// One row of the table that makes identifiers unique and lets users be found by them.
struct Users::Identification {
  std::string_view id;
  std::string_view kind;
  std::string_view identifier;
  bool claimed = false;
};

std::vector<Users::Identification> Users::identificationsOf(const User& user) {
  std::vector<Identification> all;
  for (const auto& email : user.emailAddresses) {
    all.push_back({email.id, emailAddressKind, email.emailAddress, claims(email)});
  }
  for (const auto& phone : user.phoneNumbers) {
    all.push_back({phone.id, phoneNumberKind, phone.phoneNumber, claims(phone)});
  }
  for (const auto& account : user.externalAccounts) {
    if (account.verified()) all.push_back({account.identificationId, account.provider, account.providerUserId, true});
  }
  for (const auto& passkey : user.passkeys) {
    if (passkey.verified()) all.push_back({passkey.id, passkeyKind, passkey.credentialId, true});
  }
  return all;
}

std::optional<User> Users::find(std::string_view id) const {
  auto found = [&]() -> std::optional<User> {
    auto rows = sql_.query("select " CLERK_USER_COLUMNS " from users where id = $1", {id});
    return rows.next() ? std::optional(readUser(rows)) : std::nullopt;
  }();
  if (found) completeProofs(sql_, *found);
  return found;
}

std::vector<User> Users::find(const std::vector<std::string>& ids) const {
  if (ids.empty()) return {};
  const std::vector<sql::Value> values(ids.begin(), ids.end());
  return readAll(
      sql_, sql_.queryBuilt("select " CLERK_USER_COLUMNS " from users where id in (" + placeholders(ids.size()) + ")",
                            values));
}

std::optional<User> Users::findByEmailAddress(std::string_view emailAddress) const {
  return findByIdentification(emailAddressKind, emailAddress);
}

std::optional<User> Users::findByIdentification(std::string_view kind, std::string_view identifier) const {
  std::string id;
  {
    auto rows = sql_.query("select user_id from identifications where kind = $1 and identifier = $2 and claimed = 1",
                           {kind, identifier});
    if (!rows.next()) return std::nullopt;
    id = rows.string(0);
  }
  return find(id);
}

std::optional<User> Users::findByUsername(std::string_view username) const {
  std::string id;
  {
    auto rows = sql_.query("select id from users where username = $1", {username});
    if (!rows.next()) return std::nullopt;
    id = rows.string(0);
  }
  return find(id);
}

bool Users::exists(std::string_view id) const { return has(sql_.query("select 1 from users where id = $1", {id})); }

bool Users::isEmailAddressClaimed(std::string_view emailAddress) const {
  return isClaimed(emailAddressKind, emailAddress);
}

bool Users::isClaimed(std::string_view kind, std::string_view identifier) const {
  return has(sql_.query("select 1 from identifications where kind = $1 and identifier = $2 and claimed = 1",
                        {kind, identifier}));
}

std::int64_t Users::countClaimed(std::string_view kind) const {
  auto rows = sql_.query("select count(*) from identifications where kind = $1 and claimed = 1", {kind});
  return rows.next() ? rows.integer(0) : 0;
}

std::optional<std::string> Users::ownerOf(std::string_view kind, std::string_view identificationId) const {
  auto rows = sql_.query("select user_id from identifications where id = $1 and kind = $2", {identificationId, kind});
  return rows.next() ? std::optional(rows.string(0)) : std::nullopt;
}

bool Users::isUsernameTaken(std::string_view username) const {
  return has(sql_.query("select 1 from users where username = $1", {username}));
}

bool Users::isExternalIdTaken(std::string_view externalId) const {
  return has(sql_.query("select 1 from users where external_id = $1", {externalId}));
}

std::vector<User> Users::list(const UserListRequest& request) const {
  const auto ids = listUserIds(sql_, request);
  if (ids.empty()) return {};
  auto users = find(ids);
  std::unordered_map<std::string_view, std::size_t> rank;
  for (std::size_t i = 0; i < ids.size(); ++i) rank.emplace(ids[i], i);
  std::ranges::sort(users, {}, [&](const User& user) { return rank.at(user.id); });
  return users;
}

std::int64_t Users::count(const UserFilter& filter) const { return countUsersMatching(sql_, filter); }

bool Users::insert(const User& user) {
  if (user.username && isUsernameTaken(*user.username)) return false;
  if (user.externalId && isExternalIdTaken(*user.externalId)) return false;
  const auto identifications = identificationsOf(user);
  std::set<std::pair<std::string_view, std::string_view>> claimed;
  for (const auto& each : identifications) {
    if (!each.claimed) continue;
    if (!claimed.insert({each.kind, each.identifier}).second || isClaimed(each.kind, each.identifier)) return false;
  }
  sql_.execute(
      "insert into users (" CLERK_USER_COLUMNS
      ", sort_email_address, sort_phone_number, sort_web3_wallet, sort_first_name, sort_last_name, search_name, "
      "search_text) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "
      "$21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, null, $37, $38, $39, $40)",
      {user.id,
       user.externalId,
       user.username,
       user.firstName,
       user.lastName,
       user.locale,
       user.imageUrl,
       user.primaryEmailAddressId,
       user.primaryPhoneNumberId,
       user.primaryWeb3WalletId,
       user.password ? sql::Value(user.password->hasher) : nullptr,
       user.password ? sql::Value(user.password->digest) : nullptr,
       user.passwordLastUpdatedAt,
       user.mfaEnabledAt,
       user.mfaDisabledAt,
       storedText(user.publicMetadata),
       storedText(user.privateMetadata),
       storedText(user.unsafeMetadata),
       user.banned,
       user.failedAttempts,
       user.lockedAt,
       user.lockExpiresAt,
       user.deleteSelfEnabled,
       user.createOrganizationEnabled,
       user.createOrganizationsLimit,
       user.bypassClientTrust,
       user.legalAcceptedAt,
       user.lastSignInAt,
       user.lastActiveAt,
       user.createdAt,
       user.updatedAt,
       storedAddresses(user.emailAddresses),
       storedFactors(user),
       user.passwordCompromised,
       sortEmailAddress(user),
       sortPhoneNumber(user),
       folded(user.firstName),
       folded(user.lastName),
       searchName(user),
       searchText(user)});
  for (const auto& each : identifications) insertIdentification(user.id, each);
  claimProviderTokens(user);
  sql_.changes.note("user.created", user.id);
  addToCounter(sql_, "users", 1);
  if (user.banned) addToCounter(sql_, "banned_users", 1);
  return true;
}

void Users::claimProviderTokens(const User& user) {
  for (const auto& account : user.externalAccounts) {
    sql_.execute("update provider_tokens set user_id = $2 where account_id = $1", {account.id, user.id});
  }
}

void Users::insertIdentification(std::string_view userId, const Identification& identification) {
  sql_.execute("insert into identifications (id, user_id, kind, identifier, claimed) values ($1, $2, $3, $4, $5)",
               {identification.id, userId, identification.kind, identification.identifier, identification.claimed});
}

bool Users::update(const User& user) {
  {
    auto rows = sql_.query("select 1 from users where id <> $1 and (username = $2 or external_id = $3)",
                           {user.id, user.username, user.externalId});
    if (rows.next()) return false;
  }
  const bool wasBanned = has(sql_.query("select 1 from users where id = $1 and banned = 1", {user.id}));
  const auto changed = sql_.execute(
      "update users set external_id = $2, username = $3, first_name = $4, last_name = $5, locale = $6, image_url = $7, "
      "primary_email_address_id = $8, primary_phone_number_id = $9, primary_web3_wallet_id = $10, password_hasher = "
      "$11, "
      "password_digest = $12, password_updated_at = $13, mfa_enabled_at = $14, mfa_disabled_at = $15, "
      "public_metadata = $16, private_metadata = $17, unsafe_metadata = $18, banned = $19, delete_self_enabled = $20, "
      "create_organization_enabled = $21, create_organizations_limit = $22, bypass_client_trust = $23, "
      "legal_accepted_at = $24, created_at = $25, updated_at = $26, sort_first_name = $27, sort_last_name = $28, "
      "password_compromised = $29 "
      "where id = $1",
      {user.id,
       user.externalId,
       user.username,
       user.firstName,
       user.lastName,
       user.locale,
       user.imageUrl,
       user.primaryEmailAddressId,
       user.primaryPhoneNumberId,
       user.primaryWeb3WalletId,
       user.password ? sql::Value(user.password->hasher) : nullptr,
       user.password ? sql::Value(user.password->digest) : nullptr,
       user.passwordLastUpdatedAt,
       user.mfaEnabledAt,
       user.mfaDisabledAt,
       storedText(user.publicMetadata),
       storedText(user.privateMetadata),
       storedText(user.unsafeMetadata),
       user.banned,
       user.deleteSelfEnabled,
       user.createOrganizationEnabled,
       user.createOrganizationsLimit,
       user.bypassClientTrust,
       user.legalAcceptedAt,
       user.createdAt,
       user.updatedAt,
       folded(user.firstName),
       folded(user.lastName),
       user.passwordCompromised});
  if (changed > 0) {
    sql_.changes.note("user.updated", user.id);
    if (wasBanned != user.banned) addToCounter(sql_, "banned_users", user.banned ? 1 : -1);
    if (const auto written = find(user.id)) writeAddresses(*written);
  }
  return true;
}

void Users::writeAddresses(const User& user) {
  sql_.changes.note("user.updated", user.id);
  sql_.execute(
      "update users set email_addresses = $2, sort_email_address = $3, search_name = $4, search_text = $5, factors = "
      "$6, sort_phone_number = $7 where id = $1",
      {user.id, storedAddresses(user.emailAddresses), sortEmailAddress(user), searchName(user), searchText(user),
       storedFactors(user), sortPhoneNumber(user)});
}

bool Users::updateIdentifiers(const User& user) {
  const auto before = find(user.id);
  if (!before) return false;
  // As they lie in the table: a proof that was just finished is not there yet.
  std::map<std::string, bool, std::less<>> old;
  {
    auto rows = sql_.query("select id, claimed from identifications where user_id = $1", {user.id});
    while (rows.next()) old.emplace(rows.string(0), rows.boolean(1));
  }
  const auto now = identificationsOf(user);
  for (const auto& [id, claimed] : old) {
    if (std::ranges::find(now, std::string_view(id), &Identification::id) == now.end()) {
      sql_.execute("delete from identifications where id = $1", {id});
    }
  }
  for (const auto& each : now) {
    const auto known = old.find(each.id);
    const bool claims = each.claimed && (known == old.end() || !known->second);
    if (claims && isClaimed(each.kind, each.identifier)) return false;
    if (known == old.end()) {
      insertIdentification(user.id, each);
    } else if (known->second != each.claimed) {
      sql_.execute("update identifications set claimed = $2 where id = $1", {each.id, each.claimed});
    }
  }
  for (const auto& account : before->externalAccounts) {
    if (std::ranges::find(user.externalAccounts, account.id, &ExternalAccount::id) == user.externalAccounts.end()) {
      sql_.execute("delete from provider_tokens where account_id = $1", {account.id});
    }
  }
  claimProviderTokens(user);
  const auto kept = verificationsOf(user);
  for (const auto& id : verificationsOf(*before)) {
    if (!kept.contains(id)) sql_.execute("delete from verifications where id = $1", {id});
  }
  sql_.execute(
      "update users set primary_email_address_id = $2, primary_phone_number_id = $3, mfa_enabled_at = $4, "
      "mfa_disabled_at = $5, updated_at = $6 where id = $1",
      {user.id, user.primaryEmailAddressId, user.primaryPhoneNumberId, user.mfaEnabledAt, user.mfaDisabledAt,
       user.updatedAt});
  writeAddresses(user);
  return true;
}

bool Users::erase(std::string_view id) {
  const auto user = find(id);
  if (!user) return false;
  sql_.changes.noteRemoval("user.deleted", id);
  // Verifications hang on nothing themselves; identifications, sessions and attempts go with the user.
  for (const auto& each : verificationsOf(*user)) sql_.execute("delete from verifications where id = $1", {each});
  sql_.execute(
      "delete from verifications where id in (select first_factor_verification_id from sign_ins where user_id = $1) or "
      "id in (select second_factor_verification_id from sign_ins where user_id = $1)",
      {id});
  sql_.execute(
      "update organizations set members_count = members_count - 1 where id in (select organization_id from "
      "organization_memberships where user_id = $1)",
      {id});
  sql_.execute("delete from images where owner_id = $1", {id});
  sql_.execute("delete from provider_tokens where user_id = $1", {id});
  sql_.execute("delete from users where id = $1", {id});
  addToCounter(sql_, "users", -1);
  if (user->banned) addToCounter(sql_, "banned_users", -1);
  return true;
}

CountedFailure Users::countFailure(std::string_view id, const Lockout& lockout, Time now) {
  // A lock that has run out starts the count anew. The account locks when the count reaches the limit, once.
  const std::optional<Time> until = lockout.duration ? std::optional<Time>(now + *lockout.duration) : std::nullopt;
  auto rows = sql_.query(
      "update users set "
      "failed_attempts = case when lock_expires_at <= $2 then 1 else failed_attempts + 1 end, "
      "locked_at = case "
      "  when lock_expires_at <= $2 then case when $3 <= 1 then cast($2 as bigint) end "
      "  when locked_at is null and failed_attempts + 1 >= $3 then cast($2 as bigint) else locked_at end, "
      "lock_expires_at = case "
      "  when lock_expires_at <= $2 then case when $3 <= 1 then cast($4 as bigint) end "
      "  when locked_at is null and failed_attempts + 1 >= $3 then cast($4 as bigint) else lock_expires_at end "
      "where id = $1 returning failed_attempts, locked_at, lock_expires_at",
      {id, now, lockout.enabled ? lockout.maxAttempts : INT32_MAX, until});
  CountedFailure counted;
  if (rows.next()) {
    counted = {static_cast<int>(rows.integer(0)), rows.optionalTime(1), rows.optionalTime(2)};
    while (rows.next()) {
    }
  }
  return counted;
}

void Users::clearFailures(std::string_view id) {
  sql_.execute(
      "update users set failed_attempts = 0, locked_at = null, lock_expires_at = null where id = $1 and "
      "(failed_attempts > 0 or "
      "locked_at is not null)",
      {id});
}

void Users::lock(std::string_view id, Time now, std::optional<Time> until) {
  sql_.execute("update users set locked_at = $2, lock_expires_at = $3, updated_at = $2 where id = $1",
               {id, now, until});
}

void Users::unlock(std::string_view id) {
  sql_.execute("update users set failed_attempts = 0, locked_at = null, lock_expires_at = null where id = $1", {id});
}

bool Users::insertEmailAddress(std::string_view userId, const EmailAddress& email) {
  auto user = find(userId);
  if (!user || (claims(email) && isEmailAddressClaimed(email.emailAddress))) return false;
  user->emailAddresses.push_back(email);
  insertIdentification(userId, {email.id, emailAddressKind, email.emailAddress, claims(email)});
  writeAddresses(*user);
  return true;
}

bool Users::eraseEmailAddress(std::string_view userId, std::string_view id) {
  auto user = find(userId);
  const auto* email = user ? user->findEmailAddress(id) : nullptr;
  if (!email) return false;
  if (email->verification) sql_.execute("delete from verifications where id = $1", {email->verification->id});
  sql_.execute("delete from identifications where id = $1", {id});
  std::erase_if(user->emailAddresses, [&](const EmailAddress& each) { return each.id == id; });
  writeAddresses(*user);
  return true;
}

bool Users::setEmailAddressVerification(std::string_view userId, std::string_view id, const Verification& verification,
                                        Time now) {
  auto user = find(userId);
  if (!user) return false;
  auto email = std::ranges::find(user->emailAddresses, id, &EmailAddress::id);
  if (email == user->emailAddresses.end()) return false;
  const bool wasClaimed = claims(*email);
  email->verification = verification;
  if (email->verified()) email->reserved = false;
  email->updatedAt = now;
  if (claims(*email) && !wasClaimed && isEmailAddressClaimed(email->emailAddress)) return false;
  sql_.execute("update identifications set claimed = $2 where id = $1", {id, claims(*email)});
  writeAddresses(*user);
  return true;
}

void Users::noteSignIn(std::string_view id, Time now) {
  sql_.execute("update users set last_sign_in_at = $2, last_active_at = $2 where id = $1", {id, now});
}

void Users::noteActivity(std::string_view id, Time now) {
  sql_.execute("update users set last_active_at = $2 where id = $1 and (last_active_at is null or last_active_at < $2)",
               {id, now});
}

void Users::upgradePassword(std::string_view id, const PasswordDigest& from, const PasswordDigest& to) {
  sql_.execute(
      "update users set password_hasher = $2, password_digest = $3 where id = $1 and password_hasher = $4 and "
      "password_digest = $5",
      {id, to.hasher, to.digest, from.hasher, from.digest});
}

}  // namespace clerk::instance
