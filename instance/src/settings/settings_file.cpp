#include "settings/settings_file.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace clerk::instance {
namespace {

using Json = boost::json::value;

[[noreturn]] void refuse(std::string_view name, std::string_view expected) {
  throw SettingError(SettingError::Reason::Wrong, std::string(name),
                     "setting \"" + std::string(name) + "\" must be " + std::string(expected));
}

bool boolean(std::string_view name, const Json& value) {
  if (!value.is_bool()) refuse(name, "true or false");
  return value.get_bool();
}

std::int64_t positive(std::string_view name, const Json& value) {
  const auto* number = value.if_int64();
  if (!number || *number < 0 || *number > 1'000'000'000) refuse(name, "a whole number of 0 or more");
  return *number;
}

std::string text(std::string_view name, const Json& value) {
  if (!value.is_string() || value.get_string().empty()) refuse(name, "a text");
  return std::string(value.get_string());
}

Attribute identifier(std::string_view verification) {
  return {.enabled = true,
          .usedForFirstFactor = true,
          .firstFactors = {std::string(verification)},
          .verifications = {std::string(verification)},
          .verifyAtSignUp = true};
}

void readEmailVerification(Settings& settings, const Json& value) {
  const auto kind = text("email_verification", value);
  if (kind != "code" && kind != "link") refuse("email_verification", "\"code\" or \"link\"");
  auto& email = settings.attributes.emailAddress;
  email.verifications = {"email_" + kind};
  email.firstFactors = {"email_code"};
  if (kind == "link") email.firstFactors.push_back("email_link");
}

void readPhoneNumber(Settings& settings, const Json& value) {
  auto& phone = settings.attributes.phoneNumber;
  phone = boolean("phone_number", value) ? identifier("phone_code") : Attribute{};
  phone.usedForSecondFactor = phone.enabled;
  if (phone.enabled) phone.secondFactors = {"phone_code"};
}

void readPassword(Settings& settings, const Json& value) {
  const auto kind = text("password", value);
  if (kind != "required" && kind != "optional") refuse("password", "\"required\" or \"optional\"");
  settings.attributes.password.required = kind == "required";
}

void readSignUpMode(Settings& settings, const Json& value) {
  static constexpr std::pair<std::string_view, SignUpMode> modes[] = {
      {"public", SignUpMode::Public}, {"restricted", SignUpMode::Restricted}, {"waitlist", SignUpMode::Waitlist}};
  const auto name = text("sign_up_mode", value);
  const auto found = std::ranges::find(modes, std::string_view(name), &std::pair<std::string_view, SignUpMode>::first);
  if (found == std::end(modes)) refuse("sign_up_mode", "\"public\", \"restricted\" or \"waitlist\"");
  settings.signUpMode = found->second;
}

SocialProvider readProvider(const Json& value) {
  if (!value.is_object()) refuse("social", "a list of objects");
  SocialProvider provider;
  static constexpr std::pair<std::string_view, std::string SocialProvider::*> members[] = {
      {"strategy", &SocialProvider::strategy},
      {"name", &SocialProvider::name},
      {"issuer", &SocialProvider::issuer},
      {"client_id", &SocialProvider::clientId},
      {"client_secret", &SocialProvider::clientSecret},
      {"scope", &SocialProvider::scope},
      {"logo_url", &SocialProvider::logoUrl}};
  for (const auto& member : value.get_object()) {
    const auto known = std::ranges::find(members, std::string_view(member.key()),
                                         &std::pair<std::string_view, std::string SocialProvider::*>::first);
    if (known == std::end(members)) refuse("social." + std::string(member.key()), "left out: it is unknown");
    provider.*known->second = text("social." + std::string(member.key()), member.value());
  }
  if (!provider.strategy.starts_with("oauth_")) refuse("social.strategy", "a name that begins with \"oauth_\"");
  if (provider.issuer.empty()) refuse("social.issuer", "the address of an OpenID Connect issuer");
  if (provider.clientId.empty()) refuse("social.client_id", "a text");
  if (provider.name.empty()) provider.name = provider.strategy.substr(6);
  return provider;
}

void readSocial(Settings& settings, const Json& value) {
  if (!value.is_array()) refuse("social", "a list of objects");
  settings.socialProviders.clear();
  for (const auto& each : value.get_array()) settings.socialProviders.push_back(readProvider(each));
}

Json shownSocial(const Settings& settings) {
  boost::json::array list;
  for (const auto& provider : settings.socialProviders) {
    boost::json::object shown{{"strategy", provider.strategy},
                              {"name", provider.name},
                              {"issuer", provider.issuer},
                              {"client_id", provider.clientId},
                              {"scope", provider.scope}};
    if (!provider.logoUrl.empty()) shown["logo_url"] = provider.logoUrl;
    list.push_back(std::move(shown));
  }
  return list;
}

std::string_view shownSignUpMode(SignUpMode mode) noexcept {
  switch (mode) {
    case SignUpMode::Restricted: return "restricted";
    case SignUpMode::Waitlist: return "waitlist";
    default: return "public";
  }
}

/// A table of whole numbers in an object: those that are not there stay.
template <class Target, std::size_t Count>
void readNumbers(std::string_view name, const Json& value, Target& target,
                 const std::pair<std::string_view, int Target::*> (&members)[Count]) {
  if (!value.is_object()) refuse(name, "an object");
  for (const auto& member : value.get_object()) {
    const auto path = std::string(name) + "." + std::string(member.key());
    const auto known =
        std::ranges::find(members, std::string_view(member.key()), &std::pair<std::string_view, int Target::*>::first);
    if (known == std::end(members)) refuse(path, "left out: it is unknown");
    target.*known->second = static_cast<int>(positive(path, member.value()));
  }
}

int lockoutMinutes(const Settings& settings) {
  return settings.lockout.duration ? static_cast<int>(settings.lockout.duration->count()) : 0;
}

void readLockout(Settings& settings, const Json& value) {
  struct Numbers {
    int attempts;
    int minutes;
  } numbers{settings.lockout.maxAttempts, lockoutMinutes(settings)};
  static constexpr std::pair<std::string_view, int Numbers::*> members[] = {{"max_attempts", &Numbers::attempts},
                                                                            {"duration_minutes", &Numbers::minutes}};
  readNumbers("lockout", value, numbers, members);
  if (numbers.attempts < 1) refuse("lockout.max_attempts", "1 or more");
  settings.lockout.maxAttempts = numbers.attempts;
  settings.lockout.duration = std::chrono::minutes(numbers.minutes);
  if (numbers.minutes == 0) settings.lockout.duration.reset();
}

Json shownLockout(const Settings& settings) {
  return {{"max_attempts", settings.lockout.maxAttempts}, {"duration_minutes", lockoutMinutes(settings)}};
}

void readRateLimits(Settings& settings, const Json& value) {
  auto& limits = settings.rateLimits;
  limits.enabled = value.is_object() || boolean("rate_limits", value);
  if (!value.is_object()) return;
  struct Numbers {
    int window, attempts, creations;
  } numbers{static_cast<int>(limits.window.count()), limits.attempts, limits.attemptCreations};
  static constexpr std::pair<std::string_view, int Numbers::*> members[] = {
      {"window_seconds", &Numbers::window}, {"attempts", &Numbers::attempts}, {"creations", &Numbers::creations}};
  readNumbers("rate_limits", value, numbers, members);
  if (numbers.window < 1 || numbers.attempts < 1 || numbers.creations < 1) refuse("rate_limits", "of 1 or more each");
  limits.window = std::chrono::seconds(numbers.window);
  limits.attempts = numbers.attempts;
  limits.attemptCreations = numbers.creations;
}

constexpr std::pair<std::string_view, int PasswordSettings::*> passwordLengths[] = {
    {"min_length", &PasswordSettings::minLength}, {"max_length", &PasswordSettings::maxLength}};
constexpr std::pair<std::string_view, bool PasswordSettings::*> passwordSwitches[] = {
    {"require_lowercase", &PasswordSettings::requireLowercase},
    {"require_uppercase", &PasswordSettings::requireUppercase},
    {"require_numbers", &PasswordSettings::requireNumbers},
    {"require_special_char", &PasswordSettings::requireSpecialChar}};

void readPasswordRules(Settings& settings, const Json& value) {
  if (!value.is_object()) refuse("password_rules", "an object");
  auto& passwords = settings.passwords;
  boost::json::object rest;
  for (const auto& member : value.get_object()) {
    const auto known = std::ranges::find(passwordSwitches, std::string_view(member.key()),
                                         &std::pair<std::string_view, bool PasswordSettings::*>::first);
    if (known == std::end(passwordSwitches)) {
      rest[member.key()] = member.value();
    } else {
      passwords.*known->second = boolean("password_rules." + std::string(member.key()), member.value());
    }
  }
  readNumbers("password_rules", rest, passwords, passwordLengths);
  if (passwords.minLength < 4 || passwords.maxLength > 72 || passwords.minLength > passwords.maxLength) {
    refuse("password_rules", "of 4 to 72 characters, min_length not above max_length");
  }
}

Json shownPasswordRules(const Settings& settings) {
  boost::json::object shown;
  for (const auto& [name, length] : passwordLengths) shown[name] = settings.passwords.*length;
  for (const auto& [name, flag] : passwordSwitches) shown[name] = settings.passwords.*flag;
  return shown;
}

void readFixed(Settings& settings, const Json& value);

struct Member {
  std::string_view name;
  void (*read)(Settings& settings, const Json& value);
  /// How it is now; null for what no backend may change.
  Json (*show)(const Settings& settings) = nullptr;
  /// True or false: checked before it is read.
  bool isFlag = false;
};

/// A member that is true or false, and nothing more.
template <auto Flag>
constexpr Member flag(std::string_view name) {
  return {name, [](Settings& settings, const Json& value) { settings.*Flag = value.get_bool(); },
          [](const Settings& settings) { return Json(settings.*Flag); }, true};
}

/// One of the lists' switches, which Clerk's own operations change, too: they have a place in RuntimeSettings.
template <bool RestrictionSettings::* Flag>
constexpr Member restriction(std::string_view name) {
  return {name,
          [](Settings& settings, const Json& value) {
            settings.runtime.restrictions.*Flag = settings.runtimeDefaults.restrictions.*Flag = value.get_bool();
          },
          nullptr, true};
}

constexpr Member members[] = {
    {"email_verification", readEmailVerification,
     [](const Settings& settings) {
       const auto& verifications = settings.attributes.emailAddress.verifications;
       return Json(std::ranges::find(verifications, "email_link") == verifications.end() ? "code" : "link");
     }},
    {"phone_number", readPhoneNumber,
     [](const Settings& settings) { return Json(settings.attributes.phoneNumber.enabled); }},
    {"username",
     [](Settings& settings, const Json& value) {
       const bool on = boolean("username", value);
       settings.attributes.username = {.enabled = on, .usedForFirstFactor = on};
     },
     [](const Settings& settings) { return Json(settings.attributes.username.enabled); }},
    {"password", readPassword,
     [](const Settings& settings) { return Json(settings.attributes.password.required ? "required" : "optional"); }},
    {"password_rules", readPasswordRules, shownPasswordRules},
    {"lockout", readLockout, shownLockout},
    flag<&Settings::secondFactorRequired>("second_factor_required"),
    {"passkey",
     [](Settings& settings, const Json& value) {
       const bool on = boolean("passkey", value);
       settings.attributes.passkey = {.enabled = on, .usedForFirstFactor = on};
       if (on) settings.attributes.passkey.firstFactors = {"passkey"};
     },
     [](const Settings& settings) { return Json(settings.attributes.passkey.enabled); }},
    {"multi_session",
     [](Settings& settings, const Json& value) { settings.singleSessionMode = !boolean("multi_session", value); },
     [](const Settings& settings) { return Json(!settings.singleSessionMode); }},
    {"sign_up_mode", readSignUpMode,
     [](const Settings& settings) { return Json(shownSignUpMode(settings.signUpMode)); }},
    {"social", readSocial, shownSocial},
    {"reverification_age_seconds",
     [](Settings& settings, const Json& value) {
       settings.reverificationAge = std::chrono::seconds(positive("reverification_age_seconds", value));
     },
     [](const Settings& settings) {
       return settings.reverificationAge ? Json(settings.reverificationAge->count()) : Json();
     }},
    flag<&Settings::enumerationProtection>("enumeration_protection"),
    flag<&Settings::linksNeedSameClient>("links_need_same_client"),
    flag<&Settings::deleteSelf>("delete_self"),
    flag<&Settings::testMode>("test_mode"),
    {"hibp", [](Settings& settings, const Json& value) { settings.passwords.refuseBreached = boolean("hibp", value); },
     [](const Settings& settings) { return Json(settings.passwords.refuseBreached); }},
    restriction<&RestrictionSettings::allowlist>("allowlist"),
    restriction<&RestrictionSettings::blocklist>("blocklist"),
    restriction<&RestrictionSettings::disabledOnSignIn>("allowlist_blocklist_disabled_on_sign_in"),
    restriction<&RestrictionSettings::blockEmailSubaddresses>("block_email_subaddresses"),
    restriction<&RestrictionSettings::blockDisposableEmailDomains>("block_disposable_email_domains"),
    {"breached_passwords_file",
     [](Settings& settings, const Json& value) {
       settings.breachedPasswordsFile = text("breached_passwords_file", value);
     }},
    {"audit_log_retention_days",
     [](Settings& settings, const Json& value) {
       const auto days = positive("audit_log_retention_days", value);
       if (days > 36'500) refuse("audit_log_retention_days", "at most 36500");
       settings.auditLogKept = std::chrono::days(days);
     }},
    {"rate_limits", readRateLimits},
    {"fixed", readFixed},
};

const Member* findMember(std::string_view name) noexcept {
  const auto known = std::ranges::find(members, name, &Member::name);
  return known == std::end(members) ? nullptr : &*known;
}

void readFixed(Settings& settings, const Json& value) {
  constexpr std::string_view expected = "a list of names of other settings";
  if (!value.is_array()) refuse("fixed", expected);
  settings.fixed.clear();
  for (const auto& each : value.get_array()) {
    const auto name = text("fixed", each);
    if (!findMember(name) || name == "fixed") refuse("fixed", expected);
    settings.fixed.push_back(name);
  }
}

bool isFixed(const Settings& base, std::string_view name) {
  return std::ranges::find(base.fixed, name) != base.fixed.end();
}

void apply(Settings& settings, std::string_view name, const Json& value) {
  const auto* member = findMember(name);
  if (!member) {
    throw SettingError(SettingError::Reason::Unknown, std::string(name),
                       "setting \"" + std::string(name) + "\" is unknown");
  }
  if (member->isFlag && !value.is_bool()) refuse(name, "true or false");
  member->read(settings, value);
}

}  // namespace

std::vector<std::string> readSettings(Settings& settings, const boost::json::object& given) {
  std::vector<std::string> problems;
  for (const auto& member : given) {
    try {
      apply(settings, member.key(), member.value());
    } catch (const SettingError& error) {
      problems.emplace_back(error.what());
    }
  }
  return problems;
}

std::vector<std::string> readSettingsFile(Settings& settings, const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string content((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.is_open() || stream.bad()) return {"settings file " + file.string() + " cannot be read"};
  boost::system::error_code failed;
  const auto json = boost::json::parse(content, failed);
  if (failed || !json.is_object()) return {"settings file " + file.string() + " is no JSON object"};
  auto problems = readSettings(settings, json.get_object());
  for (auto& problem : problems) problem = file.string() + ": " + problem;
  return problems;
}

void applySettings(Settings& settings, const boost::json::object& given) {
  for (const auto& member : given) apply(settings, member.key(), member.value());
}

boost::json::object changeableSettings(const Settings& settings) {
  boost::json::object shown;
  for (const auto& member : members) {
    if (member.show) shown[member.name] = member.show(settings);
  }
  return shown;
}

bool isChangeableSetting(std::string_view name) noexcept {
  const auto* member = findMember(name);
  return member && member->show;
}

Settings settingsInForce(const Settings& base, RuntimeSettings runtime) {
  Settings settings = base;
  for (const auto& member : runtime.signIn) {
    if (isFixed(base, member.key()) || !isChangeableSetting(member.key())) continue;
    try {
      apply(settings, member.key(), member.value());
    } catch (const SettingError&) {
      // Of a newer or older program.
    }
  }
  const auto changes = changesFrom(base.runtimeDefaults, runtime);
  for (const auto& name : base.fixed) {
    const auto stored = "restrictions." + name;
    if (!changes.contains(stored)) continue;
    const auto own = changesFrom(runtime, base.runtimeDefaults);
    runtime = withChanges(std::move(runtime), {{stored, own.at(stored)}});
  }
  settings.runtime = std::move(runtime);
  if (!settings.runtime.general.supportEmail.empty()) settings.supportEmail = settings.runtime.general.supportEmail;
  return settings;
}

std::vector<std::string> fixedAmong(const Settings& base, const RuntimeSettings& before, const RuntimeSettings& after) {
  std::vector<std::string> fixed;
  const auto changes = changesFrom(before, after);
  for (const auto& name : base.fixed) {
    const auto valueIn = [&](const RuntimeSettings& runtime) {
      const auto* value = runtime.signIn.if_contains(name);
      return value ? *value : Json();
    };
    if (changes.contains("restrictions." + name) || valueIn(before) != valueIn(after)) fixed.push_back(name);
  }
  return fixed;
}

void applySettingsFile(Settings& settings, const std::filesystem::path& file) {
  if (const auto problems = readSettingsFile(settings, file); !problems.empty()) throw std::runtime_error(problems[0]);
}

}  // namespace clerk::instance
