#include "flows/organization/names.hpp"

#include "flows/normal_form.hpp"
#include "model/errors.hpp"
#include "model/organization.hpp"
#include "model/organization_errors.hpp"

#include <algorithm>
#include <array>

namespace clerk::instance {
namespace {

constexpr std::size_t maxSlug = 256;
constexpr std::size_t maxMadeSlug = 48;
constexpr std::size_t maxKey = 128;

bool isLowerAlnum(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool isKeyCharacter(char c) noexcept { return isLowerAlnum(c) || c == '_'; }

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool isSegment(std::string_view text) noexcept { return !text.empty() && std::ranges::all_of(text, isKeyCharacter); }

bool isPermissionKey(std::string_view key) noexcept {
  if (!key.starts_with("org:")) return false;
  key.remove_prefix(4);
  const auto colon = key.find(':');
  return colon != std::string_view::npos && isSegment(key.substr(0, colon)) && isSegment(key.substr(colon + 1));
}

bool isPrefixed(std::string_view key, std::string_view prefix) noexcept {
  return key.starts_with(prefix) && isSegment(key.substr(prefix.size()));
}

// Free mail for everybody; the large ones of the world.
constexpr std::array commonMailDomains = std::to_array<std::string_view>({
    "126.com",        "163.com",        "aol.com",      "fastmail.com",  "gmail.com",   "gmx.com",        "gmx.de",
    "gmx.net",        "googlemail.com", "hey.com",      "hotmail.co.uk", "hotmail.com", "hotmail.fr",     "icloud.com",
    "libero.it",      "live.com",       "mac.com",      "mail.com",      "mail.ru",     "me.com",         "msn.com",
    "naver.com",      "orange.fr",      "outlook.com",  "pm.me",         "proton.me",   "protonmail.com", "qq.com",
    "rocketmail.com", "t-online.de",    "tutanota.com", "web.de",        "yahoo.co.jp", "yahoo.co.uk",    "yahoo.com",
    "yahoo.de",       "yahoo.fr",       "yandex.com",   "yandex.ru",     "ymail.com",   "zoho.com",
});

}  // namespace

Outcome<std::string> normalOrganizationName(std::string_view text) {
  auto name = requiredName(text, "name");
  if (!name) return name;
  if (name->find_first_of("<>") != std::string::npos) {
    return Failure(errors::organizationNameInvalid(*name, "it may not contain HTML"));
  }
  if (name->find("://") != std::string::npos || name->starts_with("www.")) {
    return Failure(errors::organizationNameInvalid(*name, "it may not contain URLs"));
  }
  return name;
}

Outcome<std::string> normalSlug(std::string_view text) {
  if (text.size() > maxSlug) return Failure(errors::formParamMaxLengthExceeded("slug", maxSlug));
  std::string slug(text);
  std::ranges::transform(slug, slug.begin(), lower);
  const bool wellFormed = !slug.empty() && slug.front() != '-' && slug.back() != '-' &&
                          std::ranges::all_of(slug, [](char c) { return isLowerAlnum(c) || c == '-'; });
  // What begins like an id could never be asked for.
  if (!wellFormed || slug.starts_with("org_")) {
    return Failure(errors::formParamFormatInvalid(
        "slug", "Slug can only contain lowercase alphanumeric characters and the dash \"-\"."));
  }
  return slug;
}

std::string slugOf(std::string_view name) {
  std::string slug;
  for (const char c : name) {
    if (isLowerAlnum(lower(c))) {
      slug += lower(c);
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
    if (slug.size() >= maxMadeSlug) break;
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug.empty() ? "organization" : slug;
}

Outcome<std::string> normalDomainName(std::string_view text, std::string_view param) {
  // A domain is right when an address there is.
  auto email = normalEmailAddress("a@" + std::string(text), param);
  if (!email || text.find('@') != std::string_view::npos) {
    return Failure(errors::formParamFormatInvalid(param, "Name must be a valid domain name."));
  }
  return email->substr(2);
}

std::string_view domainOf(std::string_view emailAddress) noexcept {
  const auto at = emailAddress.rfind('@');
  return at == std::string_view::npos ? std::string_view() : emailAddress.substr(at + 1);
}

bool isCommonMailDomain(std::string_view domain) noexcept {
  return std::ranges::find(commonMailDomains, domain) != commonMailDomains.end();
}

Outcome<std::string> checkKey(KeyKind kind, std::string_view key, std::string_view param) {
  if (key.size() > maxKey) return Failure(errors::formParamMaxLengthExceeded(param, maxKey));
  switch (kind) {
    case KeyKind::Role:
      if (isPrefixed(key, "org:")) return std::string(key);
      return Failure(errors::formParamFormatInvalid(
          param, "Key must start with 'org:', followed by lowercase letters, digits or underscores."));
    case KeyKind::RoleSet:
      if (isPrefixed(key, "role_set:")) return std::string(key);
      return Failure(errors::formParamFormatInvalid(
          param, "Key must start with 'role_set:', followed by lowercase letters, digits or underscores."));
    case KeyKind::Permission:
      if (isPermissionKey(key) && !key.starts_with(permission::systemPrefix)) return std::string(key);
      return Failure(errors::formParamFormatInvalid(
          param,
          "Key must have the form 'org:feature:action' of lowercase letters, digits or underscores, and must not "
          "start with 'org:sys_'."));
  }
  return std::string(key);
}

Outcome<std::string> requiredName(std::string_view text, std::string_view param) {
  auto name = normalName(text, param);
  if (!name) return name.error();
  if (!*name) return Failure(errors::formParamNil(param));
  return **std::move(name);
}

}  // namespace clerk::instance
