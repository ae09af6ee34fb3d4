#pragma once
// A Clerk instance of one's own: Clerk's Frontend API and Backend API, the key set and the account portal, as a plugin
// of an app. See `clerkd dev` for a program that is nothing else.

#include <async/task.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify {
class Fastify;
class FastifyError;
class Reply;
class Request;
}  // namespace fastify

namespace clerk {

/// Which form the keys have, and so what clients take the instance for.
enum class KeyMode {
  Live,  ///< `pk_live_`, `sk_live_`: cookies alone carry the state
  Test,  ///< `pk_test_`, `sk_test_`: Clerk's clients run their development-browser flow
};

/// Where events are sent (Clerk docs: "Webhooks"): signed, retried for some days, each at least once.
struct WebhookEndpoint {
  /// http or https; nothing is ever sent to an address that is not given here. Redirects are not followed.
  std::string url;
  /// `whsec_` + base64 of 24 to 64 bytes, the CLERK_WEBHOOK_SIGNING_SECRET of the receiver. Empty: one that follows
  /// from the instance's own keys, see InstancePlugin::webhookSecret().
  std::string signingSecret{};
  /// Such as `user.created`, or `user.*`; empty: all.
  std::vector<std::string> events{};
};

/// How messages (codes, links) get to people. Without a way they stay in the outbox, which the developer's page shows.
struct DeliveryOptions {
  /// A mail server: "smtp://user:password@mail.example.com:587" (TLS is demanded), or "smtps://…". Empty: none.
  std::string smtpUrl;
  /// Who mails come from: an address or "Name <address>".
  std::string mailFrom;
  /// Gets text messages (and mails, where there is no server for them) as signed JSON: https, or http on this machine.
  std::string webhookUrl;
  /// `whsec_…`, which signs what goes to `webhookUrl` (Standard Webhooks).
  std::string webhookSecret;
  /// Told in one line of what was not sent. Called on another thread.
  std::function<void(const std::string& line)> report;
};

/// What the instance is opened for.
enum class Purpose {
  Serve,
  /// Tables and keys are made. Nothing is sent or tidied, and webhook endpoints that a server configured stay.
  SetUp,
  /// The same beside servers that run: tables that are missing or of an earlier version are refused.
  Manage,
};

struct InstanceOptions {
  /// Where the database and the keys are; made when missing, readable by its owner alone. Not used with `database`.
  std::filesystem::path dataFolder = ".clerkd";
  /// A PostgreSQL database that any number of processes may share: a URI such as "postgresql://clerk@db/clerk" or
  /// another connection string of libpq. Empty: one SQLite file in `dataFolder`.
  std::string database;
  /// Where browsers and apps reach the server, without a slash at the end.
  std::string origin = "http://localhost:4000";
  KeyMode keyMode = KeyMode::Live;
  /// The host inside the publishable key; tokens are issued by `https://` + it. Nobody looks it up, but it must contain
  /// a dot. Empty: `clerk.localhost.test`, with test keys `local-clerk-1.clerk.accounts.dev`.
  std::string frontendApiHost;
  std::string applicationName = "Application";
  /// A `node_modules` with @clerk/clerk-js and @clerk/ui. Without them the APIs work, the pages do not.
  std::filesystem::path portalPackages;
  /// Origins besides this machine and `origin` to which browsers may be sent back, such as "https://app.example.com".
  std::vector<std::string> allowedOrigins;
  /// The outbox page (`/__dev`), test addresses and sessions without a sign-in: for one's own machine, never for
  /// strangers.
  bool developerTools = true;
  /// `/__control`, for tests of an app: what was sent and said, another time of day, everybody gone
  /// (docs/test-control.md). It hands out the secret key, to programs of this machine alone. Needs an `origin` of this
  /// machine.
  bool testControl = false;
  /// The operator's page (`/dashboard`), for whoever has the secret key.
  bool dashboard = true;
  /// A file with a JSON object: which identifiers and factors people have, social connections, and how they may sign
  /// up (docs/instance-settings.md). Empty: the defaults.
  std::filesystem::path settingsFile;
  /// Seals the keys in the database. Empty: they lie there as they are.
  std::string encryptionKey;
  std::vector<WebhookEndpoint> webhookEndpoints;
  DeliveryOptions delivery;
  Purpose purpose = Purpose::Serve;
};

/// An open instance; `app.registerPlugin(instance)` adds it to an app, with the prefix that is given there. A handle:
/// copies share the instance, which closes with the last of them and of the apps that have it. Safe from any thread.
class InstancePlugin {
 public:
  /// Opens the data, which may take a second at the first start (keys are made). Throws std::runtime_error whose text
  /// says in one line what is wrong and what to do: a folder that cannot be written, a database of a newer version, …
  explicit InstancePlugin(InstanceOptions options = {});

  /// The plugin: Frontend API at `/v1` and `/__clerk/v1`, Backend API at `/__bapi/v1`, pages at `/`,
  /// the operator's page at `/dashboard`.
  void operator()(fastify::Fastify& app) const;

  const std::string& origin() const noexcept;
  const std::string& publishableKey() const noexcept;
  const std::string& secretKey() const noexcept;
  /// The public key that verifies session tokens, PEM.
  const std::string& jwtKey() const noexcept;
  /// What the receiver at this configured address verifies with; empty for any other address.
  std::string webhookSecret(const std::string& url) const;
  /// What an app must find in its environment to use this instance: names and values.
  std::vector<std::pair<std::string, std::string>> environment() const;
  /// Asks the database. Throws std::runtime_error when it does not answer, whose text says so in one line.
  async::Task<> probe() const;
  /// Compares in constant time.
  bool isSecretKey(std::string_view presented) const noexcept;
  /// False when the pages cannot work.
  bool hasPortalPackages() const noexcept;

 private:
  friend struct InstanceAccess;
  struct State;
  std::shared_ptr<State> state_;
};

/// Clerk's error for a request that the framework cannot even route (a path that is no UTF-8, an id of 5,000
/// characters): `Fastify app({.frameworkErrors = clerk::answerFrameworkError});`
void answerFrameworkError(fastify::FastifyError& error, fastify::Request& request, fastify::Reply& reply);

}  // namespace clerk
