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
  throw std::runtime_error("setting \"" + std::string(name) + "\" must be " + std::string(expected));
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

struct Member {
  std::string_view name;
  void (*read)(Settings& settings, const Json& value);
};

constexpr Member members[] = {
    {"email_verification", readEmailVerification},
    {"phone_number", readPhoneNumber},
    {"username",
     [](Settings& settings, const Json& value) {
       const bool on = boolean("username", value);
       settings.attributes.username = {.enabled = on, .usedForFirstFactor = on};
     }},
    {"passkey",
     [](Settings& settings, const Json& value) {
       const bool on = boolean("passkey", value);
       settings.attributes.passkey = {.enabled = on, .usedForFirstFactor = on};
       if (on) settings.attributes.passkey.firstFactors = {"passkey"};
     }},
    {"multi_session",
     [](Settings& settings, const Json& value) { settings.singleSessionMode = !boolean("multi_session", value); }},
    {"sign_up_mode", readSignUpMode},
    {"social", readSocial},
    {"reverification_age_seconds",
     [](Settings& settings, const Json& value) {
       settings.reverificationAge = std::chrono::seconds(positive("reverification_age_seconds", value));
     }},
    {"enumeration_protection",
     [](Settings& settings, const Json& value) {
       settings.enumerationProtection = boolean("enumeration_protection", value);
     }},
    {"links_need_same_client",
     [](Settings& settings, const Json& value) {
       settings.linksNeedSameClient = boolean("links_need_same_client", value);
     }},
    {"allowlist", [](Settings& settings, const Json& value) { settings.allowlist = boolean("allowlist", value); }},
    {"blocklist", [](Settings& settings, const Json& value) { settings.blocklist = boolean("blocklist", value); }},
    {"block_email_subaddresses",
     [](Settings& settings, const Json& value) {
       settings.blockEmailSubaddresses = boolean("block_email_subaddresses", value);
     }},
    {"breached_passwords_file",
     [](Settings& settings, const Json& value) {
       settings.breachedPasswordsFile = text("breached_passwords_file", value);
     }},
    {"rate_limits",
     [](Settings& settings, const Json& value) { settings.rateLimits.enabled = boolean("rate_limits", value); }},
};

}  // namespace

std::vector<std::string> readSettings(Settings& settings, const boost::json::object& given) {
  std::vector<std::string> problems;
  for (const auto& member : given) {
    const auto known = std::ranges::find(members, std::string_view(member.key()), &Member::name);
    if (known == std::end(members)) {
      problems.push_back("setting \"" + std::string(member.key()) + "\" is unknown");
      continue;
    }
    try {
      known->read(settings, member.value());
    } catch (const std::runtime_error& error) {
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
  if (const auto problems = readSettings(settings, given); !problems.empty()) throw std::runtime_error(problems[0]);
}

void applySettingsFile(Settings& settings, const std::filesystem::path& file) {
  if (const auto problems = readSettingsFile(settings, file); !problems.empty()) throw std::runtime_error(problems[0]);
}

}  // namespace clerk::instance
