#include "flows/sign_in/factors.hpp"

#include "flows/enterprise/sign_in_connection.hpp"
#include "flows/normal_form.hpp"
#include "flows/phone_number.hpp"
#include "model/ids.hpp"

#include <algorithm>

namespace clerk::instance {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

bool allows(const Attribute& attribute, std::string_view strategy) {
  return attribute.enabled && contains(attribute.firstFactors, strategy);
}

Factor factorFor(std::string_view strategy, const User& user, const EmailAddress& email) {
  return {Strategy(strategy), email.id, safeIdentifier(email.emailAddress), user.primaryEmailAddressId == email.id};
}

Factor factorFor(std::string_view strategy, const User& user, const PhoneNumber& phone) {
  return {.strategy = Strategy(strategy),
          .emailAddressId = {},
          .safeIdentifier = safePhoneNumber(phone.phoneNumber),
          .primary = user.primaryPhoneNumberId == phone.id,
          .phoneNumberId = phone.id,
          .defaultSecondFactor = phone.defaultSecondFactor};
}

template <class Item>
bool usable(const Item& item) {
  return item.verified() || item.reserved;
}

template <class Item>
void add(std::vector<Factor>& factors, std::string_view strategy, const User& user, const std::vector<Item>& items) {
  for (const auto& item : items) {
    if (usable(item)) factors.push_back(factorFor(strategy, user, item));
  }
}

std::vector<Factor> factorsOf(const Settings& settings, const User& user, bool hasPassword) {
  const auto& attributes = settings.attributes;
  const bool password = attributes.password.enabled && hasPassword;
  const bool emailCode = allows(attributes.emailAddress, strategy::emailCode);
  const bool phoneCode = allows(attributes.phoneNumber, strategy::phoneCode);
  std::vector<Factor> factors;
  const bool passkey = attributes.passkey.enabled && attributes.passkey.usedForFirstFactor;
  if (passkey && std::ranges::any_of(user.passkeys, &Passkey::verified)) {
    factors.push_back({.strategy = Strategy(strategy::passkey)});
  }
  if (password) factors.push_back({.strategy = Strategy(strategy::password)});
  if (emailCode) add(factors, strategy::emailCode, user, user.emailAddresses);
  if (allows(attributes.emailAddress, strategy::emailLink)) {
    add(factors, strategy::emailLink, user, user.emailAddresses);
  }
  if (phoneCode) add(factors, strategy::phoneCode, user, user.phoneNumbers);
  const bool mailed = emailCode || allows(attributes.emailAddress, strategy::emailLink);
  if (password && mailed) add(factors, strategy::resetPasswordEmailCode, user, user.emailAddresses);
  if (password && phoneCode) add(factors, strategy::resetPasswordPhoneCode, user, user.phoneNumbers);
  for (const auto& account : user.externalAccounts) {
    const bool enabled = std::ranges::find(settings.socialProviders, account.provider, &SocialProvider::strategy) !=
                         settings.socialProviders.end();
    if (account.verified() && enabled) factors.push_back({.strategy = account.provider});
  }
  return factors;
}

/// An id that looks like any other, and is the same for the same identifier. The first characters of an id tell its
/// time: these ones tell that of the instance's making.
std::string decoyIdentificationId(const Core& core, std::string_view identifier) {
  constexpr std::size_t timeLength = 5;
  constexpr std::size_t ksuidLength = 27;
  const auto& instanceId = core.settings().instanceId;
  auto text = instanceId.substr(instanceId.find('_') + 1, timeLength);
  for (char c : core.digestOf("decoy identification", identifier)) {
    if (c != '-' && c != '_' && text.size() < ksuidLength) text += c;
  }
  text.resize(ksuidLength, '0');
  return std::string(id::identification) + "_" + text;
}

}  // namespace

std::vector<Factor> firstFactorsOf(const Settings& settings, const User& user) {
  return factorsOf(settings, user, user.passwordEnabled());
}

std::vector<Factor> secondFactorsOf(const Settings& settings, const User& user) {
  if (!user.twoFactorEnabled()) return {};
  const auto& attributes = settings.attributes;
  std::vector<Factor> factors;
  for (const auto& phone : user.phoneNumbers) {
    if (phone.verified() && phone.reservedForSecondFactor) {
      factors.push_back(factorFor(strategy::phoneCode, user, phone));
    }
  }
  if (user.totpEnabled) factors.push_back({.strategy = Strategy(strategy::totp)});
  if (user.backupCodeEnabled) factors.push_back({.strategy = Strategy(strategy::backupCode)});
  if (attributes.emailAddress.usedForSecondFactor) {
    add(factors, strategy::emailCode, user, user.emailAddresses);
  }
  return factors;
}

std::vector<Factor> hiddenFirstFactors(const Core& core, std::string_view identifier, const User* user) {
  User shown;
  if (const auto number = parsePhoneNumber(identifier)) {
    PhoneNumber phone{.id = decoyIdentificationId(core, *number), .phoneNumber = *number, .reserved = true};
    for (const auto& own : user ? user->phoneNumbers : std::vector<PhoneNumber>()) {
      if (own.phoneNumber == *number) phone.id = own.id;
    }
    shown.primaryPhoneNumberId = phone.id;
    shown.phoneNumbers.push_back(std::move(phone));
  } else if (identifier.find('@') != std::string_view::npos) {
    EmailAddress email{
        .id = decoyIdentificationId(core, identifier), .emailAddress = std::string(identifier), .reserved = true};
    for (const auto& own : user ? user->emailAddresses : std::vector<EmailAddress>()) {
      if (own.emailAddress == identifier) email.id = own.id;
    }
    shown.primaryEmailAddressId = email.id;
    shown.emailAddresses.push_back(std::move(email));
  }
  return factorsOf(core.settings(), shown, true);
}

const Factor* findFactor(const std::vector<Factor>& factors, const PrepareFactorFields& fields) {
  const bool any = fields.emailAddressId.empty() && fields.phoneNumberId.empty();
  const Factor* first = nullptr;
  for (const auto& factor : factors) {
    if (factor.strategy != fields.strategy) continue;
    const bool meant = any ? factor.primary || factor.defaultSecondFactor
                           : (!fields.emailAddressId.empty() && factor.emailAddressId == fields.emailAddressId) ||
                                 (!fields.phoneNumberId.empty() && factor.phoneNumberId == fields.phoneNumberId);
    if (meant) return &factor;
    if (!first) first = &factor;
  }
  return any ? first : nullptr;
}

void offerConnection(const Transaction& tx, SignInState& state) {
  const auto& signIn = state.signIn;
  if (signIn.status != SignInStatus::NeedsFirstFactor || !signIn.identifier) return;
  if (!findSignInConnection(tx, normalIdentifier(*signIn.identifier))) return;
  state.firstFactors = {{.strategy = Strategy(strategy::enterpriseSso)}};
}

SignInState signInStateOf(const Core& core, SignIn signIn, std::optional<User> user) {
  SignInState state;
  const bool hides =
      core.settings().enumerationProtection && signIn.identifier && signIn.status == SignInStatus::NeedsFirstFactor;
  if (hides) {
    state.firstFactors = hiddenFirstFactors(core, normalIdentifier(*signIn.identifier), user ? &*user : nullptr);
  } else if (user) {
    state.firstFactors = firstFactorsOf(core.settings(), *user);
  }
  // What second factors somebody has is nobody's business before the first is proved.
  if (user && signIn.status != SignInStatus::NeedsFirstFactor && signIn.status != SignInStatus::NeedsIdentifier) {
    state.secondFactors = secondFactorsOf(core.settings(), *user);
  }
  // Before anything is proved, a name and a picture would tell that the account exists.
  state.showsUserData = user && (!core.settings().enumerationProtection || signIn.status == SignInStatus::Complete);
  state.signIn = std::move(signIn);
  state.user = std::move(user);
  return state;
}

}  // namespace clerk::instance
