#include "flows/user/backend_verification.hpp"

#include "flows/user/identifiers.hpp"
#include "model/auth_errors.hpp"
#include "model/errors.hpp"
#include "strategies/email_code.hpp"
#include "strategies/phone_code.hpp"

namespace clerk::instance {
namespace {

// What differs between the two kinds.
struct Email {
  static constexpr std::string_view name = "email_address";
  static constexpr std::string_view spoken = "email address";
  static constexpr std::string_view strategy = strategy::emailCode;
  static const EmailAddress* find(const User& user, std::string_view id) { return user.findEmailAddress(id); }
  static PreparedCode draw(Core& core, const User& user, const EmailAddress& email) {
    return prepareEmailCode(
        core.settings(), core.digest(), core.random(), core.now(),
        {.strategy = strategy, .emailAddress = email.emailAddress, .identificationId = email.id, .userId = user.id});
  }
  static bool accept(Transaction& tx, User& user, std::string_view id, const Verification& proof, Time now) {
    return acceptEmailAddress(tx, user, id, proof, now);
  }
};

struct Phone {
  static constexpr std::string_view name = "phone_number";
  static constexpr std::string_view spoken = "phone number";
  static constexpr std::string_view strategy = strategy::phoneCode;
  static const PhoneNumber* find(const User& user, std::string_view id) { return user.findPhoneNumber(id); }
  static PreparedCode draw(Core& core, const User& user, const PhoneNumber& phone) {
    return preparePhoneCode(
        core.settings(), core.digest(), core.random(), core.now(),
        {.strategy = strategy, .phoneNumber = phone.phoneNumber, .identificationId = phone.id, .userId = user.id});
  }
  static bool accept(Transaction& tx, User& user, std::string_view id, const Verification& proof, Time now) {
    return acceptPhoneNumber(tx, user, id, proof, now);
  }
};

template <class Kind>
Outcome<User> ownerOf(const Transaction& tx, const std::string& id) {
  const auto owner = tx.users().ownerOf(Kind::name, id);
  auto user = owner ? tx.users().find(*owner) : std::nullopt;
  if (!user || !Kind::find(*user, id)) return Failure(errors::identificationNotFound(Kind::spoken, id));
  return *std::move(user);
}

template <class Kind>
async::Task<Outcome<Verification>> prepare(Core& core, std::string id) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Verification> {
    const auto user = ownerOf<Kind>(tx, id);
    if (!user) return user.error();
    const auto code = Kind::draw(core, *user, *Kind::find(*user, id));
    if (auto sent = sendCode(tx, code, core.now()); !sent) return sent.error();
    tx.backendVerifications().replace(id, code.verification.id, *code.verification.expireAt);
    return code.verification;
  });
}

template <class Kind>
async::Task<Outcome<Verification>> attempt(Core& core, std::string id, std::string verificationId, std::string code) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Verification> {
    auto user = ownerOf<Kind>(tx, id);
    if (!user) return user.error();
    if (!tx.backendVerifications().belongs(verificationId, id)) {
      return Failure(errors::identificationNotFound("verification", verificationId));
    }
    const auto tried =
        attemptCode(tx, core.settings(), core.digest(), core.now(), tx.verifications().find(verificationId),
                    {.strategy = Kind::strategy, .code = code, .clientId = {}});
    if (!tried && tried.error().first().code == "verification_already_verified") return tried.error();
    auto verification = tx.verifications().find(verificationId);
    if (!verification) return Failure(errors::identificationNotFound("verification", verificationId));
    const auto proves = tried && !Kind::find(*user, id)->verified();
    if (proves && !Kind::accept(tx, *user, id, *verification, core.now())) {
      tx.abandon();
      return Failure(errors::formIdentifierExists(Kind::name));
    }
    return *std::move(verification);
  });
}

}  // namespace

async::Task<Outcome<Verification>> prepareEmailAddressForBackend(Core& core, std::string emailAddressId) {
  return prepare<Email>(core, std::move(emailAddressId));
}
async::Task<Outcome<Verification>> preparePhoneNumberForBackend(Core& core, std::string phoneNumberId) {
  return prepare<Phone>(core, std::move(phoneNumberId));
}
async::Task<Outcome<Verification>> attemptEmailAddressForBackend(Core& core, std::string emailAddressId,
                                                                 std::string verificationId, std::string code) {
  return attempt<Email>(core, std::move(emailAddressId), std::move(verificationId), std::move(code));
}
async::Task<Outcome<Verification>> attemptPhoneNumberForBackend(Core& core, std::string phoneNumberId,
                                                                std::string verificationId, std::string code) {
  return attempt<Phone>(core, std::move(phoneNumberId), std::move(verificationId), std::move(code));
}

}  // namespace clerk::instance
