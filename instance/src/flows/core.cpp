#include "flows/core.hpp"

#include "flows/keys.hpp"
#include "flows/registry/registry.hpp"
#include "flows/runtime_settings/social_secrets.hpp"
#include "model/ids.hpp"
#include "settings/keys.hpp"
#include "settings/settings_file.hpp"
#include "store/recording_store.hpp"
#include "strategies/breached_passwords.hpp"
#include "strategies/oidc.hpp"

#include <crypto/digest.hpp>

#include <algorithm>
#include <system_error>

namespace clerk::instance {
namespace {

namespace fs = std::filesystem;

/// How many rows of a kind one tidying removes at most: a moment's work.
constexpr std::int64_t tidyLimit = 500;
/// Every change by an application is an entry: of these there may be more.
constexpr std::int64_t auditTidyLimit = 5000;
constexpr auto messagesKept = std::chrono::days(30);
constexpr auto sessionsKept = std::chrono::days(30);
/// Codes of backends: for as long they are told why one is refused.
constexpr auto codesKept = std::chrono::hours(1);
/// Keys and tokens that expired: lists show them for a while.
constexpr auto expiredKept = std::chrono::days(30);

/// Only its owner may look into the folder and the file: keys and addresses lie there.
void ensureFolder(const fs::path& folder) {
  std::error_code failed;
  const bool made = fs::create_directories(folder, failed);
  if (failed) {
    throw StoreError(StoreError::Reason::CannotOpen,
                     "folder " + folder.string() + " cannot be made (" + failed.message() + "); choose another one");
  }
  if (made) fs::permissions(folder, fs::perms::owner_all, failed);
}

void protectFile(const fs::path& file) {
  std::error_code ignored;  // a file of somebody else that we may write stays as it is
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, ignored);
}

/// Looks first: a start that finds everything writes nothing.
void ensureRoles(Store& store, Random& random, Time now) {
  bool complete = false;
  store.readNow([&](const Transaction& tx) {
    complete = tx.roleSets().findInitial() && std::ranges::all_of(permission::system, [&](const auto& system) {
                 return tx.permissions().findByKey(system.key).has_value();
               });
  });
  if (complete) return;
  store.writeNow([&](Transaction& tx) {
    seedRoles(tx.permissions(), tx.roles(), tx.roleSets(), now,
              [&](std::string_view prefix) { return newId(prefix, now, random); });
  });
}

std::unique_ptr<Store> openStore(const CoreOptions& options, Time now) {
  if (!options.database.empty()) return openPostgresStore({.connection = options.database}, now);
  ensureFolder(options.dataFolder);
  const auto file = options.dataFolder / "clerk.db";
  auto store = openSqliteStore({.file = file}, now);
  protectFile(file);
  return store;
}

void complete(Settings& settings, const InstanceKeys& keys) {
  settings.instanceId = keys.instanceId;
  if (settings.publishableKey.empty()) {
    settings.publishableKey = publishableKeyOf(settings.environment, settings.frontendApiHost);
  }
}

}  // namespace

Core::Core() : own_(std::make_unique<Parts>()), parts_(own_.get()), store_(nullptr) {}

Core::Core(Core& core, Actor actor)
    : recorder_(std::make_unique<RecordingStore>(core.store(), std::move(actor), core.clock(), core.random())),
      parts_(core.parts_),
      store_(recorder_.get()) {}

Core::~Core() = default;

Core::Parts::~Parts() {
  // The threads first: what they still do may use everything else.
  hashing.reset();
  signing.reset();
}

std::unique_ptr<Core> Core::open(CoreOptions options) {
  std::unique_ptr<Core> core(new Core);
  auto& parts = *core->parts_;
  if (!options.clock) parts.ownClock = std::make_unique<SystemClock>();
  if (!options.random) parts.ownRandom = std::make_unique<SystemRandom>();
  parts.clock = options.clock ? options.clock : parts.ownClock.get();
  parts.random = options.random ? options.random : parts.ownRandom.get();
  parts.settings = std::move(options.settings);
  if (const auto& file = parts.settings.breachedPasswordsFile; !file.empty()) {
    parts.settings.passwords.breached = readBreachedPasswords(file);
  }
  parts.oidc = std::make_unique<OidcClient>();

  parts.store = openStore(options, core->now());
  core->store_ = parts.store.get();

  auto keys = ensureKeys(*parts.store, parts.settings.environment, options.encryptionKey, *parts.random, core->now());
  complete(parts.settings, keys);
  parts.settings.runtime = parts.settings.runtimeDefaults;
  ensureRoles(*parts.store, *parts.random, core->now());
  parts.secretKey = std::move(keys.secretKey);
  parts.digest.emplace(std::move(keys.pepper));
  parts.hashing = std::make_unique<async::ThreadPool>(options.hashingThreads);
  parts.signing = std::make_unique<async::ThreadPool>(options.signingThreads);
  parts.passwords = std::make_unique<PasswordHasher>(parts.settings.passwords, *parts.random, *parts.hashing);
  parts.store->readNow(
      [&](const Transaction& tx) { core->putInForce(tx.settings().text(), core->runtimeSettings(tx)); });
  parts.tokens = std::make_unique<TokenSigner>(std::move(keys.signingKeyId), std::move(keys.signingKey), parts.settings,
                                               *parts.clock, *parts.random, *parts.signing);
  return core;
}

bool Core::isSecretKey(std::string_view presented) const noexcept {
  // Digests have one length: the time tells nothing, not even how long the key is.
  const auto right = crypto::sha256(parts_->secretKey);
  const auto given = crypto::sha256(presented);
  return crypto::constantTimeEquals(crypto::bytesOf(right), crypto::bytesOf(given));
}

async::Task<> Core::refreshSettings() {
  auto record = co_await store_->read([](const Transaction& tx) { return tx.settings().text(); });
  {
    std::scoped_lock lock(parts_->inForceMutex);
    if (record == parts_->record) co_return;
  }
  RuntimeSettings runtime;
  co_await store_->read([&](const Transaction& tx) {
    record = tx.settings().text();
    runtime = runtimeSettings(tx);
    return true;
  });
  putInForce(std::move(record), std::move(runtime));
}

void Core::putInForce(std::string record, RuntimeSettings runtime) {
  using std::chrono::steady_clock;
  constexpr auto longestRequest = std::chrono::minutes(10);
  // Of a provider that a backend set up: its secret lies sealed in the record.
  changeSocialSecrets(runtime.signIn,
                      [&](std::string_view sealed) { return unsealText(*this, socialSecretPlace, sealed); });
  auto settings = std::make_unique<const Settings>(settingsInForce(parts_->settings, std::move(runtime)));
  std::scoped_lock lock(parts_->inForceMutex);
  auto& versions = parts_->versions;
  if (record == parts_->record && !versions.empty()) return;
  const auto now = steady_clock::now();
  // A version goes when it has been out of force for longer than any request lives.
  while (versions.size() > 1 && now - versions[1].first > longestRequest) versions.pop_front();
  parts_->inForce.store(settings.get(), std::memory_order_release);
  versions.emplace_back(now, std::move(settings));
  parts_->record = std::move(record);
}

async::Task<> Core::tidy() {
  const Time time = now();
  const auto attempt = settings().lifetimes.attempt;
  const auto auditKept = settings().auditLogKept;
  co_await store_->transact([time, attempt, auditKept](Transaction& tx) {
    tx.signIns().eraseAbandoned(time, tidyLimit);
    tx.signUps().eraseAbandoned(time, tidyLimit);
    tx.handshakeNonces().eraseExpired(time, tidyLimit);
    tx.emailLinks().eraseExpired(time, tidyLimit);
    tx.oauthStates().eraseExpired(time, tidyLimit);
    tx.providerTokens().eraseUnclaimed(time - attempt, tidyLimit);
    tx.backendVerifications().eraseExpired(time - codesKept, tidyLimit);
    tx.rateWindows().eraseEnded(time, tidyLimit);
    tx.outbox().eraseOlder(time - messagesKept, tidyLimit);
    tx.sessions().eraseEnded(time - sessionsKept, tidyLimit);
    tx.registry().eraseExpired(time - expiredKept, tidyLimit);
    tx.webhooks().eraseOlder(time - messagesKept, tidyLimit);
    tx.auditLog().eraseOlder(time - auditKept, auditTidyLimit);
    tx.dashboardSignOuts().eraseExpired(time, tidyLimit);
  });
}

}  // namespace clerk::instance
