#include "flows/restrictions.hpp"

#include "delivery/mails.hpp"
#include "flows/phone_country.hpp"
#include "model/auth_errors.hpp"
#include "settings/disposable_domains.hpp"

#include <algorithm>

namespace clerk::instance {
namespace {

Outcome<> checkLists(const Core& core, const Transaction& tx, std::string_view identifier) {
  const auto& restrictions = core.settings().runtime.restrictions;
  const auto lists = tx.restrictedIdentifiers();
  const bool blocked = restrictions.blocklist && lists.has(RestrictionList::Blocklist, identifier);
  const bool unlisted = restrictions.allowlist && !lists.has(RestrictionList::Allowlist, identifier);
  if (blocked || unlisted) return Failure(errors::notAllowedAccess(identifier));
  return {};
}

bool hasSubaddress(std::string_view emailAddress) {
  const auto local = emailAddress.substr(0, emailAddress.rfind('@'));
  return local.find_first_of("+=#") != std::string_view::npos;
}

std::string_view domainOf(std::string_view emailAddress) { return emailAddress.substr(emailAddress.rfind('@') + 1); }

}  // namespace

Outcome<> checkNewEmailAddress(const Core& core, const Transaction& tx, std::string_view emailAddress) {
  const auto& restrictions = core.settings().runtime.restrictions;
  if (restrictions.blockEmailSubaddresses && hasSubaddress(emailAddress) &&
      !isTestAddress(core.settings(), emailAddress)) {
    return Failure(errors::emailSubaddressNotAllowed());
  }
  if (restrictions.blockDisposableEmailDomains && isDisposableDomain(domainOf(emailAddress))) {
    return Failure(errors::notAllowedAccess(emailAddress));
  }
  return checkLists(core, tx, emailAddress);
}

Outcome<> checkNewPhoneNumber(const Core& core, const Transaction& tx, std::string_view phoneNumber) {
  if (auto allowed = checkCountry(core, phoneNumber); !allowed) return allowed;
  return checkLists(core, tx, phoneNumber);
}

Outcome<> checkSignInIdentifier(const Core& core, const Transaction& tx, std::string_view identifier) {
  const auto& restrictions = core.settings().runtime.restrictions;
  // A username is on no list.
  const bool listed = identifier.find('@') != std::string_view::npos || identifier.starts_with('+');
  if (restrictions.disabledOnSignIn || !listed) return {};
  return checkLists(core, tx, identifier);
}

Outcome<> checkCountry(const Core& core, std::string_view phoneNumber) {
  const auto& blocked = core.settings().runtime.general.blockedCountryCodes;
  if (blocked.empty() || std::ranges::find(blocked, countryOf(phoneNumber)) == blocked.end()) return {};
  return Failure(errors::countryCodeNotAllowed());
}

}  // namespace clerk::instance
