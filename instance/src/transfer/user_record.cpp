#include "transfer/user_record.hpp"

#include "flows/normal_form.hpp"
#include "flows/phone_number.hpp"
#include "model/ids.hpp"
#include "strategies/password.hpp"
#include "strategies/totp.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <string_view>

namespace clerk::instance::transfer {
namespace {

using Json = boost::json::value;
using JsonArray = boost::json::array;
using JsonObject = boost::json::object;

constexpr std::size_t longestText = 4096;
constexpr std::size_t mostItems = 1000;

Error wrong(std::string_view member, std::string what) {
  return {.trouble = Trouble::Unprocessable,
          .code = "form_param_format_invalid",
          .message = what,
          .longMessage = std::move(what),
          .paramName = std::string(member),
          .meta = {}};
}

/// True for what an export writes of something that is not there.
bool saysNothing(const Json& value) {
  switch (value.kind()) {
    case boost::json::kind::null: return true;
    case boost::json::kind::bool_: return !value.get_bool();
    case boost::json::kind::int64: return value.get_int64() == 0;
    case boost::json::kind::string: return value.get_string().empty();
    case boost::json::kind::array: return value.get_array().empty();
    case boost::json::kind::object: return value.get_object().empty();
    default: return false;
  }
}

bool isId(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::ranges::all_of(text, [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  });
}

/// Reads members of one object; the first that is wrong is remembered.
class Members {
 public:
  explicit Members(const JsonObject& object) : object_(object) {}

  const Json* find(std::string_view name) {
    read_.insert(name);
    const auto* value = object_.if_contains(name);
    return value && !value->is_null() ? value : nullptr;
  }

  std::string text(std::string_view name) {
    const auto* value = find(name);
    if (!value) return {};
    if (!value->is_string() || value->get_string().size() > longestText) {
      refuse(name, "must be a text");
      return {};
    }
    return std::string(value->get_string());
  }
  std::optional<std::string> optionalText(std::string_view name) {
    auto value = text(name);
    return value.empty() ? std::nullopt : std::optional(std::move(value));
  }
  /// An id, or nothing.
  std::string idText(std::string_view name) {
    auto value = text(name);
    if (!value.empty() && !isId(value)) refuse(name, "is no id");
    return value;
  }
  bool boolean(std::string_view name, bool otherwise = false) {
    const auto* value = find(name);
    if (!value) return otherwise;
    if (!value->is_bool()) refuse(name, "must be true or false");
    return value->is_bool() && value->get_bool();
  }
  std::optional<std::int64_t> number(std::string_view name) {
    const auto* value = find(name);
    if (!value) return std::nullopt;
    if (!value->is_int64() || value->get_int64() < 0 || value->get_int64() > 253'402'300'799'999) {
      refuse(name, "must be a number of 0 or more");
      return std::nullopt;
    }
    return value->get_int64();
  }
  std::optional<Time> time(std::string_view name) {
    const auto milliseconds = number(name);
    return milliseconds ? std::optional(fromMilliseconds(*milliseconds)) : std::nullopt;
  }
  JsonObject object(std::string_view name) {
    const auto* value = find(name);
    if (!value) return {};
    if (!value->is_object()) {
      refuse(name, "must be an object");
      return {};
    }
    return value->get_object();
  }
  std::vector<JsonObject> objects(std::string_view name) {
    std::vector<JsonObject> items;
    const auto* value = find(name);
    if (!value) return items;
    if (!value->is_array() || value->get_array().size() > mostItems) {
      refuse(name, "must be a list");
      return items;
    }
    for (const auto& item : value->get_array()) {
      if (!item.is_object()) {
        refuse(name, "must be a list of objects");
        return items;
      }
      items.push_back(item.get_object());
    }
    return items;
  }

  void refuse(std::string_view name, std::string what) { refuse(wrong(name, std::move(what))); }
  void refuse(Error error) {
    if (!failure_) failure_ = Failure(std::move(error));
  }
  void refuse(const Failure& failure) {
    if (!failure_) failure_ = failure;
  }
  const std::optional<Failure>& failure() const noexcept { return failure_; }

  /// Names of members that nobody asked for and that say something.
  std::vector<std::string> unread() const {
    std::vector<std::string> names;
    for (const auto& [name, value] : object_) {
      if (!read_.contains(name) && !saysNothing(value)) names.emplace_back(name);
    }
    return names;
  }

 private:
  const JsonObject& object_;
  std::set<std::string_view> read_;
  std::optional<Failure> failure_;
};

/// What the Backend API shows that follows from the rest.
constexpr std::string_view derived[] = {"object",
                                        "has_image",
                                        "profile_image_url",
                                        "profile_image_id",
                                        "password_enabled",
                                        "two_factor_enabled",
                                        "totp_enabled",
                                        "requires_password_reset",
                                        "lockout_expires_in_seconds",
                                        "verification_attempts_remaining",
                                        "organization_memberships",
                                        "locked",
                                        "mfa_disabled_at",
                                        "web3_wallets",
                                        "saml_accounts",
                                        "enterprise_accounts",
                                        "backup_code_enabled"};

class UserReader {
 public:
  UserReader(const JsonObject& object, const ReadOptions& options, Random& random, Time now)
      : members_(object), options_(options), random_(random), now_(now) {}

  Outcome<UserRecord> read() {
    readIdentity();
    readNames();
    readEmailAddresses();
    readPhoneNumbers();
    readExternalAccounts();
    readPasskeys();
    readPassword();
    readTotp();
    readMetadata();
    readState();
    noteTheRest();
    if (members_.failure()) return *members_.failure();
    return std::move(record_);
  }

 private:
  User& user() noexcept { return record_.user; }
  void note(std::string text) { record_.notes.push_back(std::move(text)); }
  std::string idOr(std::string given, std::string_view prefix) {
    return given.empty() ? newId(prefix, now_, random_) : std::move(given);
  }
  template <class T>
  void put(T& place, Outcome<T> outcome) {
    if (outcome) {
      place = *std::move(outcome);
    } else {
      members_.refuse(outcome.error());
    }
  }

  void readIdentity() {
    user().id = members_.idText("id");
    if (!user().id.starts_with("user_")) members_.refuse("id", "must begin with user_");
    user().externalId = members_.optionalText("external_id");
    user().createdAt = members_.time("created_at").value_or(now_);
    user().updatedAt = members_.time("updated_at").value_or(user().createdAt);
  }

  void readNames() {
    // Not judged by today's rules: he signed up under others.
    if (auto username = members_.optionalText("username")) user().username = normalIdentifier(*username);
    put(user().firstName, normalName(members_.text("first_name"), "first_name"));
    put(user().lastName, normalName(members_.text("last_name"), "last_name"));
    user().locale = members_.optionalText("locale");
    const bool hasImage = members_.boolean("has_image");
    const auto imageUrl = members_.text("image_url");
    if (hasImage) user().imageUrl = imageUrl;
  }

  /// Proofs that are not finished are begun anew.
  std::optional<Verification> readProof(Members& item, const std::string& identificationId, Time at) {
    const auto object = item.object("verification");
    Members proof(object);
    const auto status = proof.text("status");
    Verification verification{.id = newId(id::verification, now_, random_),
                              .strategy = proof.text("strategy"),
                              .status = VerificationStatus::Verified,
                              .expireAt = proof.time("expire_at"),
                              .identificationId = identificationId,
                              .createdAt = at};
    if (const auto attempts = proof.number("attempts")) {
      verification.attempts = static_cast<int>(std::min<std::int64_t>(*attempts, 1000));
    }
    if (verification.strategy.empty()) verification.strategy = strategy::admin;
    if (proof.failure()) item.refuse(*proof.failure());
    return status == "verified" ? std::optional(std::move(verification)) : std::nullopt;
  }

  template <class Item>
  void readTimes(Members& members, Item& item) {
    item.createdAt = members.time("created_at").value_or(user().createdAt);
    item.updatedAt = members.time("updated_at").value_or(item.createdAt);
  }

  void readEmailAddresses() {
    for (const auto& object : members_.objects("email_addresses")) {
      Members item(object);
      EmailAddress email;
      email.id = idOr(item.idText("id"), id::identification);
      if (auto address = normalEmailAddress(item.text("email_address"), "email_address")) {
        email.emailAddress = *std::move(address);
      } else {
        item.refuse(address.error());
      }
      email.reserved = item.boolean("reserved");
      readTimes(item, email);
      email.verification = readProof(item, email.id, email.createdAt);
      if (item.failure()) members_.refuse(*item.failure());
      user().emailAddresses.push_back(std::move(email));
    }
    user().primaryEmailAddressId = members_.optionalText("primary_email_address_id");
    if (user().primaryEmailAddressId && !user().primaryEmailAddress()) {
      members_.refuse("primary_email_address_id", "is none of the addresses");
    }
  }

  void readPhoneNumbers() {
    for (const auto& object : members_.objects("phone_numbers")) {
      Members item(object);
      PhoneNumber phone;
      phone.id = idOr(item.idText("id"), id::identification);
      if (auto number = normalPhoneNumber(item.text("phone_number"), "phone_number")) {
        phone.phoneNumber = *std::move(number);
      } else {
        item.refuse(number.error());
      }
      phone.reserved = item.boolean("reserved");
      phone.reservedForSecondFactor = item.boolean("reserved_for_second_factor");
      phone.defaultSecondFactor = item.boolean("default_second_factor");
      readTimes(item, phone);
      phone.verification = readProof(item, phone.id, phone.createdAt);
      if (item.failure()) members_.refuse(*item.failure());
      user().phoneNumbers.push_back(std::move(phone));
    }
    user().primaryPhoneNumberId = members_.optionalText("primary_phone_number_id");
    if (user().primaryPhoneNumberId && !user().primaryPhoneNumber()) {
      members_.refuse("primary_phone_number_id", "is none of the numbers");
    }
  }

  void readExternalAccounts() {
    for (const auto& object : members_.objects("external_accounts")) {
      Members item(object);
      ExternalAccount account;
      account.id = idOr(item.idText("id"), id::externalAccount);
      account.identificationId = idOr(item.idText("identification_id"), id::identification);
      account.provider = item.text("provider");
      account.providerUserId = item.text("provider_user_id");
      account.emailAddress = normalIdentifier(item.text("email_address"));
      account.emailAddressVerified = item.boolean("email_address_verified");
      account.firstName = item.text("first_name");
      account.lastName = item.text("last_name");
      account.username = item.text("username");
      account.imageUrl = item.text("image_url");
      account.approvedScopes = item.text("approved_scopes");
      readTimes(item, account);
      account.verification = readProof(item, account.identificationId, account.createdAt);
      if (item.failure()) members_.refuse(*item.failure());
      if (!account.provider.starts_with(strategy::oauthPrefix) || account.providerUserId.empty()) {
        note(
            "an account elsewhere has no provider or provider_user_id: it is connected anew at the next sign-in with "
            "it");
      } else if (account.verification) {
        user().externalAccounts.push_back(std::move(account));
      }
    }
  }

  void readPasskeys() {
    for (const auto& object : members_.objects("passkeys")) {
      Members item(object);
      Passkey passkey;
      passkey.id = idOr(item.idText("id"), id::identification);
      passkey.name = item.text("name");
      passkey.credentialId = item.text("credential_id");
      passkey.publicKey = item.text("public_key");
      passkey.signCount = item.number("sign_count").value_or(0);
      passkey.lastUsedAt = item.time("last_used_at");
      readTimes(item, passkey);
      passkey.verification = readProof(item, passkey.id, passkey.createdAt);
      if (item.failure()) members_.refuse(*item.failure());
      if (passkey.publicKey.empty() || passkey.credentialId.empty()) {
        note("a passkey comes without its public key: it is registered anew");
      } else if (passkey.verification) {
        user().passkeys.push_back(std::move(passkey));
      }
    }
  }

  void readPassword() {
    PasswordDigest digest{.hasher = members_.text("password_hasher"), .digest = members_.text("password_digest")};
    user().passwordLastUpdatedAt = members_.time("password_last_updated_at");
    const bool enabled = members_.boolean("password_enabled");
    if (digest.digest.empty()) {
      if (enabled) note("a password comes without its digest: a new one is set with \"forgot password\"");
      user().passwordLastUpdatedAt.reset();
      return;
    }
    if (isWellFormed(digest)) {
      user().password = std::move(digest);
    } else if (options_.withoutUnknownPasswords) {
      note("a password was hashed in a way that is unknown here: a new one is set with \"forgot password\"");
    } else if (isKnownPasswordHasher(digest.hasher)) {
      members_.refuse("password_digest", "is no digest that " + digest.hasher + " makes, or asks for too much work");
    } else {
      members_.refuse("password_hasher", "is unknown: " + digest.hasher.substr(0, 50));
    }
  }

  void readTotp() {
    const bool enabled = members_.boolean("totp_enabled");
    record_.totpSecret = members_.text("totp_secret");
    if (record_.totpSecret.empty()) {
      if (enabled) note("an authenticator app comes without its secret: it is set up anew");
    } else if (const auto secret = base32Decode(record_.totpSecret); !secret || secret->size() < 10) {
      members_.refuse("totp_secret", "is no base32 of 80 bits or more");
    }
    user().totpEnabled = !record_.totpSecret.empty();
    if (members_.boolean("backup_code_enabled")) note("backup codes are made anew");
  }

  void readMetadata() {
    const auto read = [&](std::string_view name, JsonObject& place) {
      place = members_.object(name);
      if (auto fits = checkMetadataSize(place, name, options_.maxMetadataBytes); !fits) members_.refuse(fits.error());
    };
    read("public_metadata", user().publicMetadata);
    read("private_metadata", user().privateMetadata);
    read("unsafe_metadata", user().unsafeMetadata);
  }

  void readState() {
    user().banned = members_.boolean("banned");
    user().failedAttempts =
        static_cast<int>(std::min<std::int64_t>(members_.number("failed_attempts").value_or(0), 1000));
    user().lockedAt = members_.time("locked_at");
    user().lockExpiresAt = members_.time("lock_expires_at");
    if (members_.boolean("locked") && !user().lockedAt) {
      user().lockedAt = now_;
      if (const auto left = members_.number("lockout_expires_in_seconds")) {
        user().lockExpiresAt = now_ + std::chrono::seconds(std::min<std::int64_t>(*left, 1'000'000'000));
      }
    }
    user().deleteSelfEnabled = members_.boolean("delete_self_enabled", true);
    user().createOrganizationEnabled = members_.boolean("create_organization_enabled", true);
    if (const auto limit = members_.number("create_organizations_limit"); limit && *limit > 0) {
      user().createOrganizationsLimit = static_cast<int>(std::min<std::int64_t>(*limit, 1'000'000));
    }
    user().bypassClientTrust = members_.boolean("bypass_client_trust");
    user().legalAcceptedAt = members_.time("legal_accepted_at");
    user().lastSignInAt = members_.time("last_sign_in_at");
    user().lastActiveAt = members_.time("last_active_at");
    user().mfaEnabledAt = members_.time("mfa_enabled_at");
    user().mfaDisabledAt = members_.time("mfa_disabled_at");
    if (!user().twoFactorEnabled()) user().mfaEnabledAt.reset();
    members_.find("primary_web3_wallet_id");
  }

  void noteTheRest() {
    for (const auto* name : {"web3_wallets", "saml_accounts", "enterprise_accounts"}) {
      const auto* value = members_.find(name);
      if (value && !saysNothing(*value)) note(std::string(name) + " are not known here");
    }
    for (const auto name : derived) members_.find(name);
    for (const auto& name : members_.unread()) note(name.substr(0, 50) + " is not known here");
  }

  Members members_;
  const ReadOptions& options_;
  Random& random_;
  Time now_;
  UserRecord record_;
};

// ---- writing

Json textOrNull(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }
Json timeOrNull(const std::optional<Time>& time) { return time ? Json(toMilliseconds(*time)) : Json(); }

Json proofJson(const std::optional<Verification>& verification) {
  if (!verification || verification->status != VerificationStatus::Verified) return nullptr;
  return JsonObject{{"status", "verified"},
                    {"strategy", verification->strategy},
                    {"attempts", verification->attempts ? Json(*verification->attempts) : Json()},
                    {"expire_at", timeOrNull(verification->expireAt)}};
}

template <class Item>
void addEnd(JsonObject& json, const Item& item) {
  json["verification"] = proofJson(item.verification);
  json["created_at"] = toMilliseconds(item.createdAt);
  json["updated_at"] = toMilliseconds(item.updatedAt);
}

JsonObject itemJson(const EmailAddress& email) {
  JsonObject json{{"id", email.id}, {"email_address", email.emailAddress}, {"reserved", email.reserved}};
  addEnd(json, email);
  return json;
}
JsonObject itemJson(const PhoneNumber& phone) {
  JsonObject json{{"id", phone.id},
                  {"phone_number", phone.phoneNumber},
                  {"reserved", phone.reserved},
                  {"reserved_for_second_factor", phone.reservedForSecondFactor},
                  {"default_second_factor", phone.defaultSecondFactor}};
  addEnd(json, phone);
  return json;
}
JsonObject itemJson(const ExternalAccount& account) {
  JsonObject json{{"id", account.id},
                  {"identification_id", account.identificationId},
                  {"provider", account.provider},
                  {"provider_user_id", account.providerUserId},
                  {"email_address", account.emailAddress},
                  {"email_address_verified", account.emailAddressVerified},
                  {"first_name", account.firstName},
                  {"last_name", account.lastName},
                  {"username", account.username},
                  {"image_url", account.imageUrl},
                  {"approved_scopes", account.approvedScopes}};
  addEnd(json, account);
  return json;
}
JsonObject itemJson(const Passkey& passkey) {
  JsonObject json{{"id", passkey.id},
                  {"name", passkey.name},
                  {"credential_id", passkey.credentialId},
                  {"public_key", passkey.publicKey},
                  {"sign_count", passkey.signCount},
                  {"last_used_at", timeOrNull(passkey.lastUsedAt)}};
  addEnd(json, passkey);
  return json;
}

/// Those that are half connected or registered belong to a page that is open somewhere else.
template <class Items>
JsonArray finished(const Items& items) {
  JsonArray list;
  for (const auto& item : items) {
    if (item.verified()) list.push_back(itemJson(item));
  }
  return list;
}
template <class Items>
JsonArray all(const Items& items) {
  JsonArray list;
  for (const auto& item : items) list.push_back(itemJson(item));
  return list;
}

}  // namespace

Outcome<UserRecord> readUser(const JsonObject& object, const ReadOptions& options, Random& random, Time now) {
  return UserReader(object, options, random, now).read();
}

JsonObject userJson(const UserRecord& record, bool secrets) {
  const auto& user = record.user;
  JsonObject json;
  json.reserve(48);
  json["id"] = user.id;
  json["external_id"] = textOrNull(user.externalId);
  json["username"] = textOrNull(user.username);
  json["first_name"] = textOrNull(user.firstName);
  json["last_name"] = textOrNull(user.lastName);
  json["locale"] = textOrNull(user.locale);
  json["has_image"] = !user.imageUrl.empty();
  json["image_url"] = user.imageUrl;
  json["primary_email_address_id"] = textOrNull(user.primaryEmailAddressId);
  json["primary_phone_number_id"] = textOrNull(user.primaryPhoneNumberId);
  json["email_addresses"] = all(user.emailAddresses);
  json["phone_numbers"] = all(user.phoneNumbers);
  json["external_accounts"] = finished(user.externalAccounts);
  json["passkeys"] = finished(user.passkeys);
  json["password_enabled"] = user.passwordEnabled();
  if (secrets && user.password) {
    json["password_hasher"] = user.password->hasher;
    json["password_digest"] = user.password->digest;
  }
  json["password_last_updated_at"] = timeOrNull(user.passwordLastUpdatedAt);
  json["totp_enabled"] = user.totpEnabled;
  if (secrets && !record.totpSecret.empty()) json["totp_secret"] = record.totpSecret;
  json["backup_code_enabled"] = user.backupCodeEnabled;
  json["mfa_enabled_at"] = timeOrNull(user.mfaEnabledAt);
  json["mfa_disabled_at"] = timeOrNull(user.mfaDisabledAt);
  json["public_metadata"] = user.publicMetadata;
  json["private_metadata"] = user.privateMetadata;
  json["unsafe_metadata"] = user.unsafeMetadata;
  json["banned"] = user.banned;
  json["failed_attempts"] = user.failedAttempts;
  json["locked_at"] = timeOrNull(user.lockedAt);
  json["lock_expires_at"] = timeOrNull(user.lockExpiresAt);
  json["delete_self_enabled"] = user.deleteSelfEnabled;
  json["create_organization_enabled"] = user.createOrganizationEnabled;
  json["create_organizations_limit"] = user.createOrganizationsLimit ? Json(*user.createOrganizationsLimit) : Json();
  json["bypass_client_trust"] = user.bypassClientTrust;
  json["legal_accepted_at"] = timeOrNull(user.legalAcceptedAt);
  json["last_sign_in_at"] = timeOrNull(user.lastSignInAt);
  json["last_active_at"] = timeOrNull(user.lastActiveAt);
  json["created_at"] = toMilliseconds(user.createdAt);
  json["updated_at"] = toMilliseconds(user.updatedAt);
  return json;
}

}  // namespace clerk::instance::transfer
