// Users as backends manage them.

#include "flows/user/user.hpp"

#include "flows/normal_form.hpp"
#include "flows/phone_number.hpp"
#include "flows/session/tasks.hpp"
#include "flows/user/lockout.hpp"
#include "flows/user/user_change.hpp"
#include "model/ids.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace clerk::instance {
namespace {

constexpr std::size_t maxIdentifiers = 100;
constexpr std::size_t maxExternalId = 256;

// ---- passwords that a backend gives

struct GivenPassword {
  std::optional<std::string> password;
  std::optional<PasswordDigest> digest;
  bool skipChecks = false;
};

/// Checks the password and hashes it, or checks the digest; absent when neither was given.
async::Task<Outcome<std::optional<PasswordDigest>>> digestOf(Core& core, GivenPassword given,
                                                             std::vector<std::string> identifiers) {
  if (given.digest) {
    if (!isKnownPasswordHasher(given.digest->hasher)) {
      co_return Failure(errors::formParamValueInvalid("password_hasher", given.digest->hasher));
    }
    if (!isWellFormed(*given.digest)) {
      co_return Failure(errors::formPasswordDigestInvalid("password_digest", given.digest->hasher));
    }
    co_return std::move(given.digest);
  }
  if (!given.password) co_return std::optional<PasswordDigest>();
  // Whatever is skipped, what bcrypt cannot tell apart is refused.
  PasswordSettings rules = core.settings().passwords;
  if (given.skipChecks) rules = {.minLength = 1, .maxLength = 72};
  auto broken = checkPasswordRules(rules, *given.password, given.skipChecks ? std::vector<std::string>() : identifiers,
                                   "password");
  if (broken && !(given.skipChecks && broken->first().code == "form_password_pwned")) co_return *std::move(broken);
  co_return co_await core.passwords().hash(*std::move(given.password));
}

// ---- new users

Outcome<> setName(std::optional<std::string>& name, const std::optional<std::string>& given, std::string_view param) {
  auto normal = normalName(given.value_or(""), param);
  if (!normal) return normal.error();
  name = *std::move(normal);
  return {};
}

Outcome<> setExternalId(const Transaction& tx, User& user, const std::optional<std::string>& externalId) {
  if (!externalId || externalId->empty()) {
    user.externalId.reset();
    return {};
  }
  if (externalId->size() > maxExternalId)
    return Failure(errors::formParamMaxLengthExceeded("external_id", maxExternalId));
  if (*externalId == user.externalId) return {};
  if (tx.users().isExternalIdTaken(*externalId)) return Failure(errors::formIdentifierExists("external_id"));
  user.externalId = externalId;
  return {};
}

Outcome<> checkMetadata(const Settings& settings, const boost::json::object& publicOne,
                        const boost::json::object& privateOne, const boost::json::object& unsafeOne) {
  for (auto checked : {checkMetadataSize(publicOne, "public_metadata", settings.maxMetadataBytes),
                       checkMetadataSize(privateOne, "private_metadata", settings.maxMetadataBytes),
                       checkMetadataSize(unsafeOne, "unsafe_metadata", settings.maxMetadataBytes)}) {
    if (!checked) return checked;
  }
  return {};
}

/// Addresses or phone numbers, as a backend gives them.
struct GivenIdentifiers {
  std::string_view param;  ///< whose `…_identification_status` says how each stands
  const std::vector<std::string>& texts;
  const std::vector<std::string>& statuses;
  Outcome<std::string> (*normal)(std::string_view text, std::string_view param);
};

/// An identifier that a backend vouches for, or holds free for somebody.
template <class Item>
Item newIdentifier(Core& core, std::string Item::* text, std::string value, bool reserved, Time now) {
  Item item;
  item.id = newId(id::identification, now, core.random());
  item.*text = std::move(value);
  item.reserved = reserved;
  item.createdAt = item.updatedAt = now;
  if (!reserved) {
    item.verification = Verification{.id = newId(id::verification, now, core.random()),
                                     .strategy = Strategy(strategy::admin),
                                     .status = VerificationStatus::Verified,
                                     .identificationId = item.id,
                                     .createdAt = now};
  }
  return item;
}

/// Adds them to `items`; the first is the `primary` one.
template <class Item>
Outcome<> addIdentifiers(Core& core, const GivenIdentifiers& given, std::string Item::* text, std::vector<Item>& items,
                         std::optional<std::string>& primary) {
  const auto statusParam = std::string(given.param) + "_identification_status";
  if (given.texts.size() > maxIdentifiers)
    return Failure(errors::formParamMaxLengthExceeded(given.param, maxIdentifiers));
  if (!given.statuses.empty() && given.statuses.size() != given.texts.size()) {
    return Failure(errors::formParamArrayLengthMismatch(statusParam, given.param));
  }
  std::set<std::string> seen;
  for (std::size_t i = 0; i < given.texts.size(); ++i) {
    auto value = given.normal(given.texts[i], given.param);
    if (!value) return value.error();
    if (!seen.insert(*value).second) return Failure(errors::formParamDuplicate(given.param, *value));
    const std::string status = given.statuses.empty() ? "verified" : given.statuses[i];
    if (status != "verified" && status != "reserved") {
      return Failure(errors::formParamValueInvalid(statusParam, status));
    }
    // A moment apart, so that they stay in the order in which they were given.
    const Time now = core.now() + Milliseconds(i);
    items.push_back(newIdentifier<Item>(core, text, *std::move(value), status == "reserved", now));
  }
  if (!items.empty()) primary = items.front().id;
  return {};
}

Outcome<> addEmailAddresses(Core& core, User& user, const NewUser& fields) {
  return addIdentifiers<EmailAddress>(
      core, {"email_address", fields.emailAddresses, fields.emailAddressIdentificationStatus, normalEmailAddress},
      &EmailAddress::emailAddress, user.emailAddresses, user.primaryEmailAddressId);
}

Outcome<> addPhoneNumbers(Core& core, User& user, const NewUser& fields) {
  if (!fields.phoneNumbers.empty() && !core.settings().attributes.phoneNumber.enabled) {
    return Failure(errors::formParamUnknown("phone_number"));
  }
  return addIdentifiers<PhoneNumber>(
      core, {"phone_number", fields.phoneNumbers, fields.phoneNumberIdentificationStatus, normalPhoneNumber},
      &PhoneNumber::phoneNumber, user.phoneNumbers, user.primaryPhoneNumberId);
}

Outcome<> checkRequirements(const Settings& settings, const NewUser& fields) {
  const auto& attributes = settings.attributes;
  if (attributes.emailAddress.required && !fields.skipUserRequirement && fields.emailAddresses.empty()) {
    return Failure(errors::formDataMissing("email_address"));
  }
  const bool hasPassword = fields.password || fields.passwordDigest;
  if (attributes.password.required && !fields.skipPasswordRequirement && !hasPassword) {
    return Failure(errors::formDataMissing("password"));
  }
  return {};
}

Outcome<User> userOf(Core& core, const NewUser& fields) {
  User user;
  const Time now = core.now();
  user.id = newId(id::user, now, core.random());
  user.createdAt = fields.createdAt.value_or(now);
  user.updatedAt = now;
  if (auto checked = checkRequirements(core.settings(), fields); !checked) return checked.error();
  if (auto added = addEmailAddresses(core, user, fields); !added) return added.error();
  if (auto added = addPhoneNumbers(core, user, fields); !added) return added.error();
  if (auto checked = checkSecondFactors(core, fields.secondFactors); !checked) return checked.error();
  for (auto set :
       {setName(user.firstName, fields.firstName, "first_name"), setName(user.lastName, fields.lastName, "last_name"),
        setName(user.locale, fields.locale, "locale"),
        checkMetadata(core.settings(), fields.publicMetadata, fields.privateMetadata, fields.unsafeMetadata)}) {
    if (!set) return set.error();
  }
  user.publicMetadata = fields.publicMetadata;
  user.privateMetadata = fields.privateMetadata;
  user.unsafeMetadata = fields.unsafeMetadata;
  user.deleteSelfEnabled = fields.deleteSelfEnabled.value_or(core.settings().deleteSelf);
  user.createOrganizationEnabled = fields.createOrganizationEnabled.value_or(true);
  if (fields.createOrganizationsLimit.value_or(0) != 0) user.createOrganizationsLimit = fields.createOrganizationsLimit;
  user.legalAcceptedAt = fields.legalAcceptedAt;
  user.bypassClientTrust = fields.bypassClientTrust;
  user.banned = fields.banned;
  return user;
}

std::optional<Time> lockEnd(const Core& core) {
  const auto& duration = core.settings().lockout.duration;
  return duration ? std::optional<Time>(core.now() + *duration) : std::nullopt;
}

Outcome<User> insertUser(Core& core, Transaction& tx, User user, const NewUser& fields) {
  if (auto set = setUsername(tx, user, fields.username); !set) return set.error();
  if (auto set = setExternalId(tx, user, fields.externalId); !set) return set.error();
  for (const auto& email : user.emailAddresses) {
    if (tx.users().isEmailAddressClaimed(email.emailAddress))
      return Failure(errors::formIdentifierExists("email_address"));
  }
  for (const auto& phone : user.phoneNumbers) {
    if (tx.users().isClaimed("phone_number", phone.phoneNumber))
      return Failure(errors::formIdentifierExists("phone_number"));
  }
  if (!tx.users().insert(user)) return Failure(errors::formIdentifierExists("email_address"));
  giveSecondFactors(core, tx, user, fields.secondFactors);
  if (fields.locked) tx.users().lock(user.id, core.now(), lockEnd(core));
  return *tx.users().find(user.id);
}

// ---- changes

Outcome<> applyChanges(const Transaction& tx, User& user, const UserChanges& changes) {
  if (changes.externalId) {
    if (auto set = setExternalId(tx, user, *changes.externalId); !set) return set;
  }
  if (changes.username) {
    if (auto set = setUsername(tx, user, *changes.username); !set) return set;
  }
  const auto rename = [](std::optional<std::string>& name, const Change<std::string>& change, std::string_view param) {
    return change ? setName(name, *change, param) : Outcome<>();
  };
  for (auto set :
       {rename(user.firstName, changes.firstName, "first_name"), rename(user.lastName, changes.lastName, "last_name"),
        rename(user.locale, changes.locale, "locale")}) {
    if (!set) return set;
  }
  if (changes.primaryEmailAddressId) {
    if (auto set = setPrimaryEmailAddress(user, *changes.primaryEmailAddressId); !set) return set;
  }
  if (changes.primaryPhoneNumberId) {
    if (auto set = setPrimaryPhoneNumber(user, *changes.primaryPhoneNumberId); !set) return set;
  }
  if (changes.deleteSelfEnabled) user.deleteSelfEnabled = *changes.deleteSelfEnabled;
  if (changes.createOrganizationEnabled) user.createOrganizationEnabled = *changes.createOrganizationEnabled;
  if (changes.createOrganizationsLimit) {
    const int limit = *changes.createOrganizationsLimit;
    user.createOrganizationsLimit = limit == 0 ? std::nullopt : std::optional(limit);
  }
  if (changes.legalAcceptedAt) user.legalAcceptedAt = *changes.legalAcceptedAt;
  if (changes.createdAt) user.createdAt = *changes.createdAt;
  if (changes.bypassClientTrust) user.bypassClientTrust = *changes.bypassClientTrust;
  return {};
}

template <class Merge>
async::Task<Outcome<User>> changeMetadata(Core& core, std::string userId, MetadataChanges changes, Merge merge) {
  co_return co_await changeUser(core, std::move(userId), [&](Transaction&, User& user) -> Outcome<> {
    if (changes.publicMetadata) user.publicMetadata = merge(std::move(user.publicMetadata), *changes.publicMetadata);
    if (changes.privateMetadata)
      user.privateMetadata = merge(std::move(user.privateMetadata), *changes.privateMetadata);
    if (changes.unsafeMetadata) user.unsafeMetadata = merge(std::move(user.unsafeMetadata), *changes.unsafeMetadata);
    return checkMetadata(core.settings(), user.publicMetadata, user.privateMetadata, user.unsafeMetadata);
  });
}

/// Runs `act(tx)` on a user that exists, and gives it as it is then.
template <class Act>
async::Task<Outcome<User>> actOn(Core& core, std::string userId, Act act) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<User> {
    if (!tx.users().exists(userId)) return Failure(errors::userNotFound(userId));
    act(tx);
    return *tx.users().find(userId);
  });
}

}  // namespace

async::Task<Outcome<User>> createUser(Core& core, NewUser fields) {
  auto made = userOf(core, fields);
  if (!made) co_return made;
  GivenPassword given{fields.password, fields.passwordDigest, fields.skipPasswordChecks};
  auto digest = co_await digestOf(core, std::move(given), identifiersOf(*made));
  if (!digest) co_return digest.error();
  User user = *std::move(made);
  user.password = *std::move(digest);
  if (user.password) user.passwordLastUpdatedAt = core.now();
  co_return co_await core.store().transact([&](Transaction& tx) {
    auto inserted = insertUser(core, tx, user, fields);
    if (!inserted) tx.abandon();
    return inserted;
  });
}

async::Task<Outcome<User>> getUser(Core& core, std::string userId) {
  auto user = co_await core.store().read([&](const Transaction& tx) { return tx.users().find(userId); });
  if (!user) co_return Failure(errors::userNotFound(userId));
  co_return *std::move(user);
}

async::Task<Outcome<std::vector<User>>> listUsers(Core& core, UserListRequest request) {
  if (!request.startingAfter.empty() && (request.orderBy != UserOrder::CreatedAt || request.offset != 0)) {
    co_return Failure(errors::formParamValueInvalid("starting_after", request.startingAfter));
  }
  co_return co_await core.store().scan([&](const Transaction& tx) { return tx.users().list(request); });
}

async::Task<std::int64_t> countUsers(Core& core, UserFilter filter) {
  co_return co_await core.store().scan([&](const Transaction& tx) { return tx.users().count(filter); });
}

async::Task<Outcome<User>> updateUser(Core& core, std::string userId, UserChanges changes) {
  auto before = co_await getUser(core, userId);
  if (!before) co_return before;
  GivenPassword given{changes.password, changes.passwordDigest, changes.skipPasswordChecks};
  auto digest = co_await digestOf(core, std::move(given), identifiersOf(*before));
  if (!digest) co_return digest.error();
  co_return co_await changeUser(core, std::move(userId), [&](Transaction& tx, User& user) -> Outcome<> {
    if (auto applied = applyChanges(tx, user, changes); !applied) return applied;
    if (auto checked = checkSecondFactors(core, changes.secondFactors); !checked) return checked;
    giveSecondFactors(core, tx, user, changes.secondFactors);
    if (!*digest) return {};
    user.password = *digest;
    user.passwordLastUpdatedAt = core.now();
    user.passwordCompromised = false;
    if (changes.signOutOfOtherSessions) tx.sessions().endAllOfUser(user.id, SessionStatus::Revoked, "", core.now());
    settleTasks(tx, user, core.now());
    return {};
  });
}

async::Task<Outcome<User>> mergeUserMetadata(Core& core, std::string userId, MetadataChanges changes) {
  return changeMetadata(core, std::move(userId), std::move(changes), mergeMetadata);
}

async::Task<Outcome<User>> replaceUserMetadata(Core& core, std::string userId, MetadataChanges changes) {
  return changeMetadata(core, std::move(userId), std::move(changes),
                        [](const boost::json::object&, const boost::json::object& whole) { return whole; });
}

async::Task<Outcome<std::string>> deleteUser(Core& core, std::string userId) {
  const bool erased = co_await core.store().transact([&](Transaction& tx) { return tx.users().erase(userId); });
  if (!erased) co_return Failure(errors::userNotFound(userId));
  co_return userId;
}

async::Task<Outcome<User>> banUser(Core& core, std::string userId) {
  co_return co_await changeUser(core, std::move(userId), [&](Transaction& tx, User& user) -> Outcome<> {
    user.banned = true;
    tx.sessions().endAllOfUser(user.id, SessionStatus::Revoked, "", core.now());
    return {};
  });
}

async::Task<Outcome<User>> unbanUser(Core& core, std::string userId) {
  co_return co_await changeUser(core, std::move(userId), [](Transaction&, User& user) -> Outcome<> {
    user.banned = false;
    return {};
  });
}

async::Task<Outcome<User>> lockUser(Core& core, std::string userId) {
  if (!core.settings().lockout.enabled) co_return Failure(errors::featureNotEnabled());
  co_return co_await actOn(core, userId, [&](Transaction& tx) { tx.users().lock(userId, core.now(), lockEnd(core)); });
}

async::Task<Outcome<User>> unlockUser(Core& core, std::string userId) {
  if (!core.settings().lockout.enabled) co_return Failure(errors::featureNotEnabled());
  co_return co_await actOn(core, userId, [&](Transaction& tx) { tx.users().unlock(userId); });
}

async::Task<Outcome<>> verifyPassword(Core& core, std::string userId, std::string password) {
  auto user = co_await getUser(core, std::move(userId));
  if (!user) co_return user.error();
  if (!user->password) co_return Failure(errors::noPasswordSet());
  const auto verdict = co_await core.passwords().verify(user->password, std::move(password));
  if (verdict != PasswordHasher::Verdict::Right) co_return Failure(errors::incorrectPassword());
  co_return Outcome<>();
}

async::Task<Outcome<User>> markPasswordCompromised(Core& core, std::string userId, bool revokeAllSessions) {
  co_return co_await changeUser(core, std::move(userId), [&](Transaction& tx, User& user) -> Outcome<> {
    if (!user.password) return Failure(errors::noPasswordSet());
    user.passwordCompromised = true;
    if (revokeAllSessions) tx.sessions().endAllOfUser(user.id, SessionStatus::Revoked, "", core.now());
    return {};
  });
}

async::Task<Outcome<User>> unmarkPasswordCompromised(Core& core, std::string userId) {
  co_return co_await changeUser(core, std::move(userId), [&](Transaction& tx, User& user) -> Outcome<> {
    user.passwordCompromised = false;
    settleTasks(tx, user, core.now());
    return {};
  });
}

async::Task<Outcome<User>> removePassword(Core& core, std::string userId, bool signOutOfOtherSessions) {
  co_return co_await changeUser(core, std::move(userId), [&](Transaction& tx, User& user) -> Outcome<> {
    if (!user.password) return {};
    user.password.reset();
    user.passwordLastUpdatedAt.reset();
    user.passwordCompromised = false;
    if (signOutOfOtherSessions) tx.sessions().endAllOfUser(user.id, SessionStatus::Revoked, "", core.now());
    settleTasks(tx, user, core.now());
    return {};
  });
}

std::optional<int> verificationAttemptsRemaining(const Settings& settings, const User& user, Time now) noexcept {
  if (!settings.lockout.enabled) return std::nullopt;
  const bool lockIsOver = user.lockExpiresAt && *user.lockExpiresAt <= now;
  const int used = lockIsOver ? 0 : user.failedAttempts;
  return std::max(settings.lockout.maxAttempts - used, 0);
}

std::optional<std::int64_t> lockoutExpiresInSeconds(const User& user, Time now) noexcept {
  if (!user.isLocked(now) || !user.lockExpiresAt) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(*user.lockExpiresAt - now).count();
}

}  // namespace clerk::instance
