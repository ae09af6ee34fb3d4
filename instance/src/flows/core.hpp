#pragma once
// What every flow works with. `open` builds it once per process; flows borrow it.

#include "flows/visitor.hpp"
#include "model/audit.hpp"
#include "model/outcome.hpp"
#include "model/random.hpp"
#include "model/time.hpp"
#include "settings/settings.hpp"
#include "store/store.hpp"
#include "strategies/password.hpp"
#include "tokens/keyed_digest.hpp"
#include "tokens/token_signer.hpp"

#include <async/thread_pool.hpp>

#include <atomic>
#include <chrono>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace clerk::instance {

class OidcClient;

struct CoreOptions {
  /// Folder of the database file; made when missing. Not used with `database`.
  std::filesystem::path dataFolder;
  /// A PostgreSQL database: what PostgresOptions::connection takes. Empty: SQLite in `dataFolder`.
  std::string database{};
  /// What the caller decides; ids and keys are filled in from the store (or made at the first start). Give
  /// `environment`, `frontendApiHost` and `portalUrl` at least.
  Settings settings;
  /// `CLERKD_ENCRYPTION_KEY`: seals keys at rest. Empty: keys lie in the database as they are.
  std::string encryptionKey;
  /// Borrowed; the computer's own when null.
  const Clock* clock = nullptr;
  Random* random = nullptr;
  /// Threads for hashing passwords and for signing.
  std::size_t hashingThreads = 2;
  std::size_t signingThreads = 2;
};

/// The instance without its surface. Neither copies nor moves; must outlive all flows that run on it. Destroy it when
/// no flow is under way: it finishes what was written, then closes the store.
class Core {
 public:
  /// Opens (or makes) the database, brings it up to date, and reads (or makes) the keys. Blocks for up to a second at
  /// the first start. Throws StoreError, whose text says in one line what to do.
  static std::unique_ptr<Core> open(CoreOptions options);
  /// `core` with somebody who acts on it: what flows change through it stands in the audit log. Made for one operation;
  /// `core` outlives it.
  Core(Core& core, Actor actor);
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;
  ~Core();

  /// Those in force: what the process was started with, and what backends changed meanwhile. The reference is good for
  /// ten minutes at least, longer than any request lives.
  const Settings& settings() const noexcept { return *parts_->inForce.load(std::memory_order_acquire); }
  /// Looks whether the record was changed, by this process or another one, and puts it in force. To be awaited before
  /// what must follow a change at once. Safe from any thread that runs an EventLoop.
  async::Task<> refreshSettings();
  /// What the process was started with.
  const Settings& configured() const noexcept { return parts_->settings; }
  /// What a backend may change while the instance runs, as it is in this transaction.
  RuntimeSettings runtimeSettings(const Transaction& tx) const {
    return tx.settings().read(parts_->settings.runtimeDefaults);
  }
  /// Writes all that differs from the configuration; read, change and write it in one transaction.
  void setRuntimeSettings(Transaction& tx, const RuntimeSettings& settings) const {
    tx.settings().write(parts_->settings.runtimeDefaults, settings, now());
  }
  Store& store() noexcept { return *store_; }
  const Clock& clock() const noexcept { return *parts_->clock; }
  Time now() const { return parts_->clock->now(); }
  Random& random() noexcept { return *parts_->random; }
  PasswordHasher& passwords() noexcept { return *parts_->passwords; }
  TokenSigner& tokens() noexcept { return *parts_->tokens; }
  /// Asks other providers.
  OidcClient& oidc() noexcept { return *parts_->oidc; }
  const KeyedDigest& digest() const noexcept { return *parts_->digest; }
  std::string digestOf(std::string_view purpose, std::string_view secret) const {
    return parts_->digest->of(purpose, secret);
  }

  /// The Backend API's key, to be printed for developers.
  const std::string& secretKey() const noexcept { return parts_->secretKey; }
  bool isSecretKey(std::string_view presented) const noexcept;

  /// Removes what is over: abandoned attempts, old sessions, nonces and messages; a bounded number at a time. Call it
  /// every minute or so.
  async::Task<> tidy();

 private:
  /// What all that act on the instance share.
  struct Parts {
    ~Parts();
    Settings settings;
    std::atomic<const Settings*> inForce{&settings};
    std::mutex inForceMutex;
    std::string record;  // the text that is in force
    std::deque<std::pair<std::chrono::steady_clock::time_point, std::unique_ptr<const Settings>>> versions;
    std::unique_ptr<SystemClock> ownClock;
    std::unique_ptr<SystemRandom> ownRandom;
    const Clock* clock = nullptr;
    Random* random = nullptr;
    std::string secretKey;
    std::optional<KeyedDigest> digest;
    std::unique_ptr<Store> store;
    std::unique_ptr<async::ThreadPool> hashing;
    std::unique_ptr<async::ThreadPool> signing;
    std::unique_ptr<PasswordHasher> passwords;
    std::unique_ptr<TokenSigner> tokens;
    std::unique_ptr<OidcClient> oidc;
  };

  Core();
  void putInForce(std::string record, RuntimeSettings runtime);

  std::unique_ptr<Parts> own_;       // of the first one
  std::unique_ptr<Store> recorder_;  // of one that acts
  Parts* parts_;
  Store* store_;
};

}  // namespace clerk::instance
