#include "flows/sign_in/factors.hpp"

#include "flows/normal_form.hpp"
#include "model/ids.hpp"

#include <algorithm>

namespace clerk::instance {
namespace {

bool allowsEmailCode(const Settings& settings) {
  const auto& email = settings.attributes.emailAddress;
  return email.enabled && std::ranges::find(email.firstFactors, strategy::emailCode) != email.firstFactors.end();
}

Factor factorFor(std::string_view strategy, const User& user, const EmailAddress& email) {
  return {Strategy(strategy), email.id, safeIdentifier(email.emailAddress), user.primaryEmailAddressId == email.id};
}

std::vector<Factor> factorsOf(const Settings& settings, const User& user, bool hasPassword) {
  std::vector<Factor> factors;
  const bool password = settings.attributes.password.enabled && hasPassword;
  if (password) factors.push_back({.strategy = Strategy(strategy::password)});
  if (!allowsEmailCode(settings)) return factors;
  const auto usable = [](const EmailAddress& email) { return email.verified() || email.reserved; };
  for (const auto& email : user.emailAddresses) {
    if (usable(email)) factors.push_back(factorFor(strategy::emailCode, user, email));
  }
  for (const auto& email : user.emailAddresses) {
    if (password && usable(email)) factors.push_back(factorFor(strategy::resetPasswordEmailCode, user, email));
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

std::vector<Factor> decoyFirstFactors(const Core& core, std::string_view identifier) {
  User nobody;
  EmailAddress email;
  email.id = decoyIdentificationId(core, identifier);
  email.emailAddress = identifier;
  email.reserved = true;
  nobody.primaryEmailAddressId = email.id;
  nobody.emailAddresses.push_back(std::move(email));
  return factorsOf(core.settings(), nobody, true);
}

SignInState signInStateOf(const Core& core, SignIn signIn, std::optional<User> user) {
  SignInState state;
  if (user) {
    state.firstFactors = firstFactorsOf(core.settings(), *user);
  } else if (signIn.identifier) {
    state.firstFactors = decoyFirstFactors(core, normalIdentifier(*signIn.identifier));
  }
  // Before anything is proved, a name and a picture would tell that the account exists.
  state.showsUserData = user && (!core.settings().enumerationProtection || signIn.status == SignInStatus::Complete);
  state.signIn = std::move(signIn);
  state.user = std::move(user);
  return state;
}

}  // namespace clerk::instance
