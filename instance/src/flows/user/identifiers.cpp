#include "flows/user/identifiers.hpp"

#include "delivery/mails.hpp"
#include "flows/normal_form.hpp"
#include "flows/phone_number.hpp"
#include "flows/restrictions.hpp"
#include "flows/session/tasks.hpp"
#include "model/auth_errors.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "strategies/email_code.hpp"
#include "strategies/email_link.hpp"
#include "strategies/phone_code.hpp"

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

constexpr std::size_t maxIdentifiers = 100;

// What differs between the two kinds, so that the rules are written once.
template <class Item>
struct Kind;

template <>
struct Kind<EmailAddress> {
  static constexpr std::string_view name = "email_address";
  static constexpr std::string_view spoken = "email address";
  static auto& items(User& user) { return user.emailAddresses; }
  static auto& primary(User& user) { return user.primaryEmailAddressId; }
  static const std::string& text(const EmailAddress& item) { return item.emailAddress; }
  static void setText(EmailAddress& item, std::string text) { item.emailAddress = std::move(text); }
  static Outcome<std::string> normal(std::string_view text) { return normalEmailAddress(text, name); }
  static const Attribute& attribute(const Settings& settings) { return settings.attributes.emailAddress; }
  static Outcome<> checkNew(const Core& core, const Transaction& tx, const std::string& text) {
    return checkNewEmailAddress(core, tx, text);
  }
};

template <>
struct Kind<PhoneNumber> {
  static constexpr std::string_view name = "phone_number";
  static constexpr std::string_view spoken = "phone number";
  static auto& items(User& user) { return user.phoneNumbers; }
  static auto& primary(User& user) { return user.primaryPhoneNumberId; }
  static const std::string& text(const PhoneNumber& item) { return item.phoneNumber; }
  static void setText(PhoneNumber& item, std::string text) { item.phoneNumber = std::move(text); }
  static Outcome<std::string> normal(std::string_view text) { return normalPhoneNumber(text, name); }
  static const Attribute& attribute(const Settings& settings) { return settings.attributes.phoneNumber; }
  static Outcome<> checkNew(const Core& core, const Transaction& tx, const std::string& text) {
    return checkNewPhoneNumber(core, tx, text);
  }
};

template <class Item>
Failure notFound(std::string_view id) {
  return errors::identificationNotFound(Kind<Item>::spoken, id);
}

template <class Item>
Item* findItem(User& user, std::string_view id) {
  auto& items = Kind<Item>::items(user);
  const auto found = std::ranges::find(items, id, &Item::id);
  return found == items.end() ? nullptr : &*found;
}

/// Reads the user and lets `act(tx, user, item)` work on one of its identifiers; its result is given.
template <class Item, class Act>
auto withItem(Transaction& tx, const std::string& userId, const std::string& id, Act act)
    -> decltype(act(tx, std::declval<User&>(), std::declval<Item&>())) {
  auto user = tx.users().find(userId);
  if (!user) return Failure(errors::userNotFound(userId));
  auto* item = findItem<Item>(*user, id);
  if (!item) return notFound<Item>(id);
  return act(tx, *user, *item);
}

template <class Item>
Outcome<Item> write(Transaction& tx, const User& user, std::string_view id) {
  if (!tx.users().updateIdentifiers(user)) {
    tx.abandon();
    return Failure(errors::formIdentifierExists(Kind<Item>::name));
  }
  if (user.twoFactorEnabled()) settleTasks(tx, user, user.updatedAt);
  auto written = tx.users().find(user.id);
  return *findItem<Item>(*written, id);
}

template <class Item>
Item newItem(Core& core, std::string text) {
  Item item;
  item.id = newId(id::identification, core.now(), core.random());
  Kind<Item>::setText(item, std::move(text));
  item.createdAt = item.updatedAt = core.now();
  return item;
}

template <class Item>
bool hasText(User& user, const std::string& text) {
  const auto& items = Kind<Item>::items(user);
  return std::ranges::any_of(items, [&](const Item& item) { return Kind<Item>::text(item) == text; });
}

Verification adminProof(Core& core, std::string_view identificationId) {
  return {.id = newId(id::verification, core.now(), core.random()),
          .strategy = Strategy(strategy::admin),
          .status = VerificationStatus::Verified,
          .identificationId = std::string(identificationId),
          .createdAt = core.now()};
}

/// Keeps the one default second factor where it belongs, and notes when second factors begin and end.
void settleSecondFactors(User& user, bool before, Time now) {
  auto& phones = user.phoneNumbers;
  for (auto& phone : phones) {
    if (!phone.reservedForSecondFactor) phone.defaultSecondFactor = false;
  }
  const bool has = user.twoFactorEnabled();
  if (has && !before) user.mfaEnabledAt = now;
  if (!has && before) user.mfaDisabledAt = now;
}

template <class Item>
void choosePrimary(User& user) {
  auto& primary = Kind<Item>::primary(user);
  if (primary && findItem<Item>(user, *primary)) return;
  primary.reset();
  for (const auto& item : Kind<Item>::items(user)) {
    if (item.verified()) {
      primary = item.id;
      return;
    }
  }
}

template <class Item>
bool accept(Transaction& tx, User& user, std::string_view id, const Verification& verification, Time now) {
  auto* item = findItem<Item>(user, id);
  if (!item) return false;
  const bool had = user.twoFactorEnabled();
  item->verification = verification;
  item->verification->status = VerificationStatus::Verified;
  item->reserved = false;
  item->updatedAt = user.updatedAt = now;
  choosePrimary<Item>(user);
  settleSecondFactors(user, had, now);
  if (!tx.users().updateIdentifiers(user)) return false;
  if (user.twoFactorEnabled()) settleTasks(tx, user, now);
  return true;
}

template <class Item>
async::Task<Outcome<Item>> add(Core& core, std::string userId, std::string text, bool secondFactor) {
  using K = Kind<Item>;
  if (!K::attribute(core.settings()).enabled) co_return Failure(errors::formParamUnknown(K::name));
  auto normal = K::normal(text);
  if (!normal) co_return normal.error();
  Item item = newItem<Item>(core, *normal);
  if constexpr (std::is_same_v<Item, PhoneNumber>) item.reservedForSecondFactor = secondFactor;
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Item> {
    auto user = tx.users().find(userId);
    if (!user) return Failure(errors::userNotFound(userId));
    if (K::items(*user).size() >= maxIdentifiers) {
      return Failure(errors::formParamMaxLengthExceeded(K::name, maxIdentifiers));
    }
    if (auto allowed = K::checkNew(core, tx, *normal); !allowed) return allowed.error();
    const bool taken = !core.settings().enumerationProtection && tx.users().isClaimed(K::name, *normal);
    if (taken || hasText<Item>(*user, *normal)) return Failure(errors::formIdentifierExists(K::name));
    K::items(*user).push_back(item);
    user->updatedAt = core.now();
    return write<Item>(tx, *user, item.id);
  });
}

template <class Item>
async::Task<Outcome<Item>> get(Core& core, std::string userId, std::string id) {
  co_return co_await core.store().read([&](const Transaction& tx) -> Outcome<Item> {
    auto user = tx.users().find(userId);
    if (!user) return Failure(errors::userNotFound(userId));
    const auto* item = findItem<Item>(*user, id);
    if (!item) return notFound<Item>(id);
    return *item;
  });
}

bool allows(const Attribute& attribute, std::string_view strategy) {
  return std::ranges::find(attribute.verifications, strategy) != attribute.verifications.end();
}

/// Sends what proves the identifier, and gives the verification that waits for it.
Outcome<Verification> send(Core& core, Transaction& tx, const User& user, const EmailAddress& email,
                           const PrepareIdentifierFields& fields) {
  const auto& settings = core.settings();
  // Somebody else's by now: whoever asks is told nothing under enumeration protection, and no code is right.
  const bool claimed = tx.users().isEmailAddressClaimed(email.emailAddress) && !email.reserved;
  if (fields.strategy == strategy::emailLink) {
    const auto link = prepareEmailLink(settings, core.digest(), core.random(), core.now(),
                                       {.emailAddress = email.emailAddress,
                                        .identificationId = email.id,
                                        .userId = user.id,
                                        .ownerKind = DetourOwner::User,
                                        .ownerId = user.id,
                                        .clientId = fields.clientId,
                                        .redirectUrl = fields.redirectUrl});
    if (claimed) {
      tx.verifications().insert(link.verification, "");
      return link.verification;
    }
    if (auto sent = sendLink(tx, link, core.now()); !sent) return sent.error();
    return link.verification;
  }
  const EmailCodeRequest request{.strategy = strategy::emailCode,
                                 .emailAddress = email.emailAddress,
                                 .identificationId = email.id,
                                 .userId = user.id};
  const auto code = claimed ? prepareDecoyCode(settings, core.random(), core.now(), request, std::nullopt)
                            : prepareEmailCode(settings, core.digest(), core.random(), core.now(), request);
  if (auto sent = sendCode(tx, code, core.now()); !sent) return sent.error();
  return code.verification;
}

Outcome<Verification> send(Core& core, Transaction& tx, const User& user, const PhoneNumber& phone,
                           const PrepareIdentifierFields&) {
  const auto code = preparePhoneCode(core.settings(), core.digest(), core.random(), core.now(),
                                     {.strategy = strategy::phoneCode,
                                      .phoneNumber = phone.phoneNumber,
                                      .identificationId = phone.id,
                                      .userId = user.id});
  if (auto sent = sendCode(tx, code, core.now()); !sent) return sent.error();
  return code.verification;
}

template <class Item>
async::Task<Outcome<Item>> prepare(Core& core, std::string userId, std::string id, PrepareIdentifierFields fields) {
  if (!allows(Kind<Item>::attribute(core.settings()), fields.strategy)) {
    co_return Failure(errors::formParamValueInvalid("strategy", fields.strategy));
  }
  co_return co_await core.store().transact([&](Transaction& tx) {
    return withItem<Item>(tx, userId, id, [&](Transaction&, User& user, Item& item) -> Outcome<Item> {
      if (item.verified()) return Failure(errors::verificationAlreadyVerified());
      auto sent = send(core, tx, user, item, fields);
      if (!sent) return sent.error();
      item.verification = *std::move(sent);
      item.updatedAt = core.now();
      return write<Item>(tx, user, id);
    });
  });
}

template <class Item>
async::Task<Outcome<Item>> attempt(Core& core, std::string userId, std::string id, std::string code,
                                   std::string clientId) {
  constexpr bool isPhone = std::is_same_v<Item, PhoneNumber>;
  if (code.empty()) co_return Failure(errors::formParamNil("code"));
  co_return co_await core.store().transact([&](Transaction& tx) {
    return withItem<Item>(tx, userId, id, [&](Transaction&, User& user, Item& item) -> Outcome<Item> {
      if (item.verified()) return Failure(errors::verificationAlreadyVerified());
      auto attempted = attemptCode(
          tx, core.settings(), core.digest(), core.now(), item.verification,
          {.strategy = isPhone ? strategy::phoneCode : strategy::emailCode, .code = code, .clientId = clientId});
      if (!attempted) return attempted.error();
      const auto proof = *tx.verifications().find(item.verification->id);
      if (!accept<Item>(tx, user, id, proof, core.now())) {
        tx.abandon();
        return Failure(errors::formIdentifierExists(Kind<Item>::name));
      }
      auto written = tx.users().find(userId);
      return *findItem<Item>(*written, id);
    });
  });
}

/// What else one could be found by and sign in with.
bool hasOtherIdentification(const Settings& settings, const User& user, std::string_view id) {
  const auto other = [&](const auto& items) {
    return std::ranges::any_of(items, [&](const auto& item) { return item.id != id && item.verified(); });
  };
  const bool byUsername = user.username && settings.attributes.username.usedForFirstFactor;
  return byUsername || other(user.emailAddresses) || other(user.phoneNumbers) || other(user.externalAccounts);
}

template <class Item>
Outcome<> checkDeletable(const Settings& settings, User& user, const Item& item) {
  if (!item.verified()) return {};
  if constexpr (std::is_same_v<Item, EmailAddress>) {
    const bool linked = std::ranges::any_of(user.externalAccounts, [&](const ExternalAccount& account) {
      return account.verified() && account.emailAddress == item.emailAddress;
    });
    if (linked) return Failure(errors::deleteLinkedIdentificationDisallowed());
  }
  const auto& items = Kind<Item>::items(user);
  const bool last =
      std::ranges::none_of(items, [&](const Item& other) { return other.id != item.id && other.verified(); });
  if (last && Kind<Item>::attribute(settings).required) {
    return Failure(errors::lastRequiredIdentificationDeletionFailed(Kind<Item>::spoken));
  }
  if (!hasOtherIdentification(settings, user, item.id)) return Failure(errors::identificationDeletionFailed());
  return {};
}

/// `checked`: people keep what the instance requires; a backend may take everything.
template <class Item>
async::Task<Outcome<std::string>> remove(Core& core, std::string userId, std::string id, bool checked) {
  co_return co_await core.store().transact([&](Transaction& tx) {
    return withItem<Item>(tx, userId, id, [&](Transaction&, User& user, Item& item) -> Outcome<std::string> {
      if (checked) {
        if (auto deletable = checkDeletable(core.settings(), user, item); !deletable) return deletable.error();
      }
      const bool had = user.twoFactorEnabled();
      std::erase_if(Kind<Item>::items(user), [&](const Item& each) { return each.id == id; });
      choosePrimary<Item>(user);
      user.updatedAt = core.now();
      settleSecondFactors(user, had, core.now());
      if (!user.twoFactorEnabled() && user.backupCodeEnabled) {
        user.backupCodeEnabled = false;
        tx.backupCodes().erase(user.id);
      }
      if (!tx.users().updateIdentifiers(user)) tx.abandon();
      return id;
    });
  });
}

// ---- backends

template <class Item>
async::Task<std::optional<std::string>> ownerOf(Core& core, std::string id) {
  co_return co_await core.store().read([&](const Transaction& tx) { return tx.users().ownerOf(Kind<Item>::name, id); });
}

template <class Item>
Outcome<> apply(Core& core, User& user, Item& item, const IdentifierFields& fields) {
  const bool had = user.twoFactorEnabled();
  if (fields.verified == true && !item.verified()) item.verification = adminProof(core, item.id);
  if (fields.verified == false) {
    item.verification.reset();
    item.reserved = true;
  }
  if (item.verified()) item.reserved = false;
  if (fields.primary == true) {
    if (!item.verified()) return Failure(errors::formVerificationNeeded(Kind<Item>::name));
    Kind<Item>::primary(user) = item.id;
  }
  if constexpr (std::is_same_v<Item, PhoneNumber>) {
    if (fields.reservedForSecondFactor == true && !item.verified()) {
      return Failure(errors::identificationCreateSecondFactorUnverified());
    }
    if (fields.reservedForSecondFactor) item.reservedForSecondFactor = *fields.reservedForSecondFactor;
  }
  item.updatedAt = user.updatedAt = core.now();
  choosePrimary<Item>(user);
  settleSecondFactors(user, had, core.now());
  return {};
}

template <class Item>
async::Task<Outcome<Item>> create(Core& core, std::string userId, std::string text, IdentifierFields fields) {
  using K = Kind<Item>;
  auto normal = K::normal(text);
  if (!normal) co_return normal.error();
  const Item item = newItem<Item>(core, *normal);
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Item> {
    auto user = tx.users().find(userId);
    if (!user) return Failure(errors::userNotFound(userId));
    if (K::items(*user).size() >= maxIdentifiers) {
      return Failure(errors::formParamMaxLengthExceeded(K::name, maxIdentifiers));
    }
    if (hasText<Item>(*user, *normal) || tx.users().isClaimed(K::name, *normal)) {
      return Failure(errors::formIdentifierExists(K::name));
    }
    auto& added = K::items(*user).emplace_back(item);
    if (auto applied = apply(core, *user, added, fields); !applied) return applied.error();
    return write<Item>(tx, *user, item.id);
  });
}

template <class Item>
async::Task<Outcome<Item>> change(Core& core, std::string id, IdentifierFields fields) {
  const auto owner = co_await ownerOf<Item>(core, id);
  if (!owner) co_return notFound<Item>(id);
  co_return co_await core.store().transact([&](Transaction& tx) {
    return withItem<Item>(tx, *owner, id, [&](Transaction&, User& user, Item& item) -> Outcome<Item> {
      if (auto applied = apply(core, user, item, fields); !applied) return applied.error();
      return write<Item>(tx, user, id);
    });
  });
}

template <class Item>
async::Task<Outcome<Item>> find(Core& core, std::string id) {
  const auto owner = co_await ownerOf<Item>(core, id);
  if (!owner) co_return notFound<Item>(id);
  co_return co_await get<Item>(core, *owner, id);
}

template <class Item>
async::Task<Outcome<std::string>> removeAny(Core& core, std::string id) {
  const auto owner = co_await ownerOf<Item>(core, id);
  if (!owner) co_return notFound<Item>(id);
  co_return co_await remove<Item>(core, *owner, id, false);
}

bool isLinked(const User& user) {
  return std::ranges::any_of(user.externalAccounts, [&](const ExternalAccount& account) {
    return account.verified() && std::ranges::any_of(user.emailAddresses, [&](const EmailAddress& email) {
             return email.emailAddress == account.emailAddress;
           });
  });
}

/// Tells the address that was the primary one that it no longer is.
void tellFormerAddress(Core& core, Transaction& tx, const User& user, const EmailAddress* former) {
  if (!former || isTestAddress(core.settings(), former->emailAddress)) return;
  auto mail = primaryAddressChangedMail(core.settings(), former->emailAddress);
  mail.id = newId(id::message, core.now(), core.random());
  mail.userId = user.id;
  mail.createdAt = core.now();
  tx.outbox().insert(mail);
}

template <class Item>
async::Task<Outcome<Item>> replace(Core& core, std::string userId, std::string text, IdentifierStanding standing,
                                   bool notify) {
  using K = Kind<Item>;
  auto normal = K::normal(text);
  if (!normal) co_return normal.error();
  Item item = newItem<Item>(core, *normal);
  if (standing == IdentifierStanding::Verified) item.verification = adminProof(core, item.id);
  item.reserved = standing == IdentifierStanding::Reserved;
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Item> {
    auto user = tx.users().find(userId);
    if (!user) return Failure(errors::userNotFound(userId));
    if constexpr (std::is_same_v<Item, EmailAddress>) {
      if (isLinked(*user)) return Failure(errors::deleteLinkedIdentificationDisallowed());
      const auto* former = user->primaryEmailAddress();
      if (notify && former && former->emailAddress != *normal) tellFormerAddress(core, tx, *user, former);
    }
    const bool had = user->twoFactorEnabled();
    K::items(*user).clear();
    K::primary(*user).reset();
    // The old ones go first: the new one may be one of them.
    if (!tx.users().updateIdentifiers(*user)) tx.abandon();
    K::items(*user).push_back(item);
    K::primary(*user) = item.id;
    user->updatedAt = core.now();
    settleSecondFactors(*user, had, core.now());
    return write<Item>(tx, *user, item.id);
  });
}

}  // namespace

bool acceptPhoneNumber(Transaction& tx, User& user, std::string_view id, const Verification& verification, Time now) {
  return accept<PhoneNumber>(tx, user, id, verification, now);
}
bool acceptEmailAddress(Transaction& tx, User& user, std::string_view id, const Verification& verification, Time now) {
  return accept<EmailAddress>(tx, user, id, verification, now);
}

async::Task<Outcome<EmailAddress>> addEmailAddress(Core& core, std::string userId, std::string emailAddress) {
  return add<EmailAddress>(core, std::move(userId), std::move(emailAddress), false);
}
async::Task<Outcome<EmailAddress>> getEmailAddress(Core& core, std::string userId, std::string id) {
  return get<EmailAddress>(core, std::move(userId), std::move(id));
}
async::Task<Outcome<EmailAddress>> prepareEmailAddress(Core& core, std::string userId, std::string id,
                                                       PrepareIdentifierFields fields) {
  return prepare<EmailAddress>(core, std::move(userId), std::move(id), std::move(fields));
}
async::Task<Outcome<EmailAddress>> attemptEmailAddress(Core& core, std::string userId, std::string id, std::string code,
                                                       std::string clientId) {
  return attempt<EmailAddress>(core, std::move(userId), std::move(id), std::move(code), std::move(clientId));
}
async::Task<Outcome<std::string>> deleteEmailAddress(Core& core, std::string userId, std::string id) {
  return remove<EmailAddress>(core, std::move(userId), std::move(id), true);
}

async::Task<Outcome<PhoneNumber>> addPhoneNumber(Core& core, std::string userId, std::string phoneNumber,
                                                 bool reservedForSecondFactor) {
  return add<PhoneNumber>(core, std::move(userId), std::move(phoneNumber), reservedForSecondFactor);
}
async::Task<Outcome<PhoneNumber>> getPhoneNumber(Core& core, std::string userId, std::string id) {
  return get<PhoneNumber>(core, std::move(userId), std::move(id));
}
async::Task<Outcome<PhoneNumber>> preparePhoneNumber(Core& core, std::string userId, std::string id,
                                                     PrepareIdentifierFields fields) {
  return prepare<PhoneNumber>(core, std::move(userId), std::move(id), std::move(fields));
}
async::Task<Outcome<PhoneNumber>> attemptPhoneNumber(Core& core, std::string userId, std::string id, std::string code,
                                                     std::string clientId) {
  return attempt<PhoneNumber>(core, std::move(userId), std::move(id), std::move(code), std::move(clientId));
}
async::Task<Outcome<std::string>> deletePhoneNumber(Core& core, std::string userId, std::string id) {
  return remove<PhoneNumber>(core, std::move(userId), std::move(id), true);
}

async::Task<Outcome<PhoneNumber>> updatePhoneNumber(Core& core, std::string userId, std::string id,
                                                    PhoneNumberChanges changes) {
  co_return co_await core.store().transact([&](Transaction& tx) {
    return withItem<PhoneNumber>(tx, userId, id,
                                 [&](Transaction&, User& user, PhoneNumber& phone) -> Outcome<PhoneNumber> {
                                   if (!phone.verified())
                                     return Failure(errors::identificationUpdateSecondFactorUnverified());
                                   const bool had = user.twoFactorEnabled();
                                   if (changes.reservedForSecondFactor)
                                     phone.reservedForSecondFactor = *changes.reservedForSecondFactor;
                                   if (changes.defaultSecondFactor == true && phone.reservedForSecondFactor) {
                                     for (auto& other : user.phoneNumbers) other.defaultSecondFactor = other.id == id;
                                   }
                                   if (had && !user.twoFactorEnabled() && core.settings().secondFactorRequired) {
                                     return Failure(errors::secondFactorDeletionNotAllowed());
                                   }
                                   phone.updatedAt = user.updatedAt = core.now();
                                   settleSecondFactors(user, had, core.now());
                                   return write<PhoneNumber>(tx, user, id);
                                 });
  });
}

async::Task<Outcome<EmailAddress>> createEmailAddress(Core& core, std::string userId, std::string emailAddress,
                                                      IdentifierFields fields) {
  return create<EmailAddress>(core, std::move(userId), std::move(emailAddress), fields);
}
async::Task<Outcome<EmailAddress>> findEmailAddress(Core& core, std::string id) {
  return find<EmailAddress>(core, std::move(id));
}
async::Task<Outcome<EmailAddress>> changeEmailAddress(Core& core, std::string id, IdentifierFields fields) {
  return change<EmailAddress>(core, std::move(id), fields);
}
async::Task<Outcome<std::string>> removeEmailAddress(Core& core, std::string id) {
  return removeAny<EmailAddress>(core, std::move(id));
}
async::Task<Outcome<EmailAddress>> replaceEmailAddresses(Core& core, std::string userId, std::string emailAddress,
                                                         IdentifierStanding standing, bool notify) {
  return replace<EmailAddress>(core, std::move(userId), std::move(emailAddress), standing, notify);
}
async::Task<Outcome<PhoneNumber>> replacePhoneNumbers(Core& core, std::string userId, std::string phoneNumber,
                                                      IdentifierStanding standing) {
  return replace<PhoneNumber>(core, std::move(userId), std::move(phoneNumber), standing, false);
}
async::Task<Outcome<PhoneNumber>> createPhoneNumber(Core& core, std::string userId, std::string phoneNumber,
                                                    IdentifierFields fields) {
  return create<PhoneNumber>(core, std::move(userId), std::move(phoneNumber), fields);
}
async::Task<Outcome<PhoneNumber>> findPhoneNumber(Core& core, std::string id) {
  return find<PhoneNumber>(core, std::move(id));
}
async::Task<Outcome<PhoneNumber>> changePhoneNumber(Core& core, std::string id, IdentifierFields fields) {
  return change<PhoneNumber>(core, std::move(id), fields);
}
async::Task<Outcome<std::string>> removePhoneNumber(Core& core, std::string id) {
  return removeAny<PhoneNumber>(core, std::move(id));
}

}  // namespace clerk::instance
