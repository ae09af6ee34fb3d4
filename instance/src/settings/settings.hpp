#pragma once
// What one instance is and allows: who it is, which fields people have, how long things last.

#include "model/time.hpp"
#include "settings/runtime_settings.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

enum class Environment { Development, Production };

/// One way to identify or to be known, as `user_settings.attributes` lists it.
struct Attribute {
  bool enabled = false;
  bool required = false;
  bool usedForFirstFactor = false;
  std::vector<std::string> firstFactors{};
  bool usedForSecondFactor = false;
  std::vector<std::string> secondFactors{};
  std::vector<std::string> verifications{};
  bool verifyAtSignUp = false;
};

struct Attributes {
  Attribute emailAddress{.enabled = true,
                         .required = true,
                         .usedForFirstFactor = true,
                         .firstFactors = {"email_code"},
                         .verifications = {"email_code"},
                         .verifyAtSignUp = true};
  Attribute phoneNumber{};
  Attribute username{};
  Attribute web3Wallet{};
  Attribute firstName{.enabled = true};
  Attribute lastName{.enabled = true};
  Attribute password{.enabled = true, .required = true};
  Attribute passkey{};
  Attribute authenticatorApp{.enabled = true, .usedForSecondFactor = true, .secondFactors = {"totp"}};
  Attribute backupCode{.enabled = true, .usedForSecondFactor = true, .secondFactors = {"backup_code"}};
};

class BreachedPasswords;

/// Lengths count Unicode code points; bcrypt itself takes 72 bytes.
struct PasswordSettings {
  int minLength = 8;
  int maxLength = 72;
  bool requireSpecialChar = false;
  bool requireNumbers = false;
  bool requireUppercase = false;
  bool requireLowercase = false;
  /// 4 to 31: each step doubles the time. 10 takes about 60 ms.
  int bcryptCost = 10;
  /// Whether passwords that are known from breaches are refused at all.
  bool refuseBreached = true;
  /// Passwords that are known from breaches, besides those that everybody knows; null: none. Core::open() reads them.
  std::shared_ptr<const BreachedPasswords> breached{};
};

/// How many wrong passwords and codes lock an account, and for how long.
struct Lockout {
  bool enabled = true;
  int maxAttempts = 100;
  std::optional<std::chrono::minutes> duration = std::chrono::minutes(60);  ///< absent: until a backend unlocks it
};

/// Who may sign up without an invitation.
enum class SignUpMode {
  Public,
  Restricted,  ///< nobody
  Waitlist,    ///< nobody; people leave their address
};

/// An OpenID Connect provider that people may sign in with.
struct SocialProvider {
  std::string strategy;  ///< `oauth_google`, `oauth_custom_acme`
  std::string name;      ///< as buttons show it
  std::string issuer;    ///< where `/.well-known/openid-configuration` is; also the `iss` of its tokens
  std::string clientId;
  std::string clientSecret;
  std::string scope = "openid email profile";
  std::string logoUrl{};
};

/// How often one address may ask, in `window`; the rest is told to come back later.
struct RateLimits {
  bool enabled = false;
  std::chrono::seconds window{10};
  int attemptCreations = 5;  ///< new sign-ins and sign-ups
  int attempts = 3;          ///< tries at a password or code
};

struct Lifetimes {
  std::chrono::seconds sessionToken{60};
  std::chrono::seconds session = std::chrono::days(7);
  std::chrono::seconds sessionAbandoned = std::chrono::days(30);
  std::chrono::seconds clientCookie = std::chrono::days(400);
  std::chrono::seconds attempt = std::chrono::days(1);  ///< of a sign-in or sign-up that is not finished
  std::chrono::seconds code = std::chrono::minutes(10);
  std::chrono::seconds handshakeNonce{60};
  std::chrono::seconds signInToken = std::chrono::days(30);
  std::chrono::seconds testingToken = std::chrono::hours(1);
  std::chrono::seconds devBrowser = std::chrono::days(365);
  /// For how long the rotating token of before is still taken: requests that were under way when it changed.
  std::chrono::seconds rotationOverlap{10};
  /// `last_active_at` is written at most this often for one session: it is information, not a rule.
  std::chrono::seconds activityResolution{30};
};

struct Settings {
  std::string instanceId;  ///< `ins_…`; also the `kid` of the first signing key
  Environment environment = Environment::Development;
  std::string applicationName = "Application";
  /// The host inside the publishable key, such as `clerk.localhost.test`; `iss` is `https://` + it.
  std::string frontendApiHost;
  std::string publishableKey;
  /// Where people's browsers reach the account portal, such as `http://localhost:4000`; no slash at the end.
  std::string portalUrl;
  std::string supportEmail;

  Attributes attributes;
  PasswordSettings passwords;
  Lockout lockout;
  Lifetimes lifetimes;
  bool singleSessionMode = true;
  bool enumerationProtection = false;
  /// Who has no second factor must set one up before a session counts: the session task `setup-mfa`.
  bool secondFactorRequired = false;
  /// `+clerk_test` addresses take the code 424242 and nothing is sent: for development, whatever kind of key it has.
  /// Anybody could sign in to such an address, so never where real people are.
  bool testMode = false;
  bool deleteSelf = true;
  /// Where nobody changed anything.
  RuntimeSettings runtimeDefaults{};
  /// What is in force: the defaults and what a backend changed. A flow that is to see a change of the same moment asks
  /// Core::runtimeSettings() in its transaction.
  RuntimeSettings runtime{};
  /// Names of the settings file that no backend may change: the operator's own.
  std::vector<std::string> fixed{};
  SignUpMode signUpMode = SignUpMode::Public;
  std::vector<SocialProvider> socialProviders;
  /// Sensitive changes ask for a proof that is no older than this; absent: never.
  std::optional<std::chrono::seconds> reverificationAge;
  /// A link in a mail works only in the browser that asked for it.
  bool linksNeedSameClient = false;
  /// A passkey proves both factors: the authenticator has verified its owner.
  bool passkeysAreSecondFactor = true;
  /// A file with one breached password (or upper-case SHA-1 of one) a line, sorted or not; empty: the built-in list
  /// alone.
  std::string breachedPasswordsFile;
  RateLimits rateLimits;
  int maxCodeAttempts = 3;
  /// How long the audit log remembers.
  std::chrono::seconds auditLogKept = std::chrono::days(90);
  /// Size of each of a user's metadata objects as JSON text, in bytes (Clerk docs: "Metadata").
  std::size_t maxMetadataBytes = 8 * 1024;

  bool isDevelopment() const noexcept { return environment == Environment::Development; }
  std::string issuer() const { return "https://" + frontendApiHost; }
};

}  // namespace clerk::instance
