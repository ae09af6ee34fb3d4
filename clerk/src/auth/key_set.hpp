#pragma once
// The public keys of an instance, fetched from its Backend API and kept.

#include "jwt/refusal.hpp"
#include "jwt/verification_key.hpp"

#include <clerk/verify_token.hpp>

#include <async/task.hpp>
#include <boost/system/result.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace clerk::auth {

/// Which set of keys: instances are told apart by where their API is and by their secret key.
struct KeySetSource {
  std::string apiUrl;
  std::string apiVersion;
  std::string secretKey;
  Strictness strictness = Strictness::Strict;
};

using KeyResult = boost::system::result<std::shared_ptr<const jwt::VerificationKey>, jwt::Refusal>;

/// One set. Shared by all threads; each loop fetches it at most once at a time.
class KeySet : public std::enable_shared_from_this<KeySet> {
 public:
  explicit KeySet(KeySetSource source) : source_(std::move(source)) {}

  /// The key with this id. Fetches the set when it must. Throws clerk::Error when the set cannot be reached or read:
  /// that says nothing about the token.
  async::Task<KeyResult> find(std::string kid, KeySetPolicy policy, bool skipCache, std::shared_ptr<Runtime> runtime);
  /// The same when it is there and fresh; nullptr otherwise.
  std::shared_ptr<const jwt::VerificationKey> findNow(const std::string& kid, const KeySetPolicy& policy,
                                                      std::chrono::system_clock::time_point now) const;

 private:
  using TimePoint = std::chrono::system_clock::time_point;
  using Key = std::shared_ptr<const jwt::VerificationKey>;

  /// How the last fetch ended, if badly: by a refusal, or by an exception.
  struct Failure {
    std::optional<jwt::Refusal> refusal;
    std::exception_ptr error;
  };
  struct Kept {
    std::string jwk;  // its JSON: an unchanged key stays the same object, so that tokens verified with it stay known
    Key key;
  };
  using Keys = std::unordered_map<std::string, Kept>;
  /// What one fetch brought: what the set is now may be another thread's.
  struct Fetched {
    std::shared_ptr<const Keys> keys;
    std::optional<Failure> failure;
  };
  struct Fetches;

  enum class Next { Use, UseAndRefresh, Fetch, GiveUp };
  Next decide(const std::string& kid, const KeySetPolicy& policy, TimePoint now, Key& key) const;
  async::Task<Fetched> fetchFor(std::string kid, std::shared_ptr<Runtime> runtime);
  async::Task<> refresh(std::shared_ptr<Runtime> runtime);
  async::Task<Fetched> fetch(std::shared_ptr<Runtime> runtime);
  async::Task<Fetched> fetchWithRetries(std::shared_ptr<Runtime> runtime);
  async::Task<Fetched> fetchOnce(std::shared_ptr<Runtime> runtime);
  void remember(const Fetched& fetched);
  std::shared_ptr<const Keys> take(const boost::json::array& keys, TimePoint now);

  KeySetSource source_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Keys> keys_ = std::make_shared<const Keys>();
  std::optional<TimePoint> loadedAt_;
  std::optional<TimePoint> triedAt_;      // the last fetch that was made for want of a key, in vain
  std::optional<TimePoint> refreshedAt_;  // the last one that was begun because the set was outdated
  std::optional<Failure> failure_;        // of the last fetch
};

/// The sets of a process.
class KeySets {
 public:
  std::shared_ptr<KeySet> of(const KeySetSource& source);

 private:
  static constexpr std::size_t kMaximumSets = 256;
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<KeySet>> sets_;
};

}  // namespace clerk::auth
