#include "auth/key_set.hpp"

#include "json/json_reader.hpp"
#include "request/backend_request.hpp"
#include "request/join_paths.hpp"
#include "runtime/loop_local.hpp"
#include "runtime/runtime.hpp"
#include "url/url.hpp"

#include <async/deferred.hpp>
#include <async/event_loop.hpp>
#include <crypto/digest.hpp>
#include <ecmascript/json_text.hpp>
#include <ecmascript/number.hpp>

#include <algorithm>
#include <cmath>

namespace clerk::auth {
namespace {

using jwt::Refusal;
namespace Action = jwt::Action;
namespace Reason = jwt::Reason;
using namespace std::chrono_literals;

constexpr int kAttempts = 5;
constexpr std::chrono::milliseconds kFirstCooldown{1000};
constexpr std::size_t kMaximumSetSize = 1024 * 1024;
constexpr std::size_t kMaximumKeys = 256;

/// The key with this id; nullptr when there is none.
auto keyIn(const auto& keys, const std::string& kid) {
  const auto found = keys.find(kid);
  return found == keys.end() ? nullptr : found->second.key;
}

/// A set whose fetch failed by a refusal, on its way through the retries.
struct Refused {
  Refusal refusal;
};

Refusal mismatch(const std::string& kid) {
  return {Reason::JWKKidMismatch,
          "Unable to find a signing key in JWKS that matches the kid='" + kid +
              "' of the provided session token. Please make sure that the __session cookie or the HTTP authorization "
              "header contain a Clerk-generated session JWT.",
          Action::ValidateKeys};
}

Refusal refusalOf(const std::string& url, int status, const boost::json::value& body) {
  const auto* errors = json::member(body, "errors");
  if (errors && errors->is_array()) {
    for (const auto& error : errors->get_array()) {
      if (json::textMember(error, "code") == "clerk_key_invalid") {
        return {Reason::InvalidSecretKey, std::string(json::textMember(error, "message").value_or("")),
                Action::ContactSupport};
      }
    }
  }
  return {Reason::RemoteJWKFailedToLoad,
          "Error loading Clerk JWKS from " + url + " with code=" + std::to_string(status), Action::ContactSupport};
}

std::string kidOf(const boost::json::value& jwk) {
  const auto* kid = json::member(jwk, "kid");
  if (!kid) return "undefined";
  if (kid->is_string()) return std::string(kid->get_string());
  if (const auto number = json::numberOf(*kid)) return ecmascript::toString(*number);
  return ecmascript::stringify(*kid);
}

}  // namespace

/// The fetches that go on in a loop, by set.
struct KeySet::Fetches {
  std::unordered_map<const KeySet*, async::Deferred<Fetched>> running;
};

KeySet::Next KeySet::decide(const std::string& kid, const KeySetPolicy& policy, TimePoint now, Key& key) const {
  const std::lock_guard lock(mutex_);
  key = keyIn(*keys_, kid);
  // An app that starts before its API must not wait long for it.
  const auto cooldown = loadedAt_ ? policy.cooldown : std::min(policy.cooldown, kFirstCooldown);
  const auto isRecent = [&](const auto& time) { return time && now - *time < cooldown && now >= *time; };
  const bool cooling = isRecent(triedAt_);
  if (!loadedAt_) return cooling ? Next::GiveUp : Next::Fetch;
  const auto age = now - *loadedAt_;
  if (age < policy.timeToLive && key) return Next::Use;
  const bool mayBeStale = policy.staleWhileRevalidate && key && age < policy.maximumAge;
  if (mayBeStale) return cooling || isRecent(refreshedAt_) ? Next::Use : Next::UseAndRefresh;
  return cooling ? Next::GiveUp : Next::Fetch;
}

KeySet::Key KeySet::findNow(const std::string& kid, const KeySetPolicy& policy, TimePoint now) const {
  Key key;
  return decide(kid, policy, now, key) == Next::Use ? key : nullptr;
}

async::Task<KeyResult> KeySet::find(std::string kid, KeySetPolicy policy, bool skipCache,
                                    std::shared_ptr<Runtime> runtime) {
  Key key;
  const auto next = skipCache ? Next::Fetch : decide(kid, policy, runtime->now(), key);
  if (next == Next::Use) co_return key;
  if (next == Next::UseAndRefresh) {
    {
      const std::lock_guard lock(mutex_);
      refreshedAt_ = runtime->now();
    }
    async::detach(refresh(runtime));
    co_return key;
  }
  Fetched fetched;
  if (next == Next::Fetch) {
    const auto keep = shared_from_this();
    fetched = co_await fetchFor(kid, runtime);
    key = fetched.keys ? keyIn(*fetched.keys, kid) : nullptr;
    if (key) co_return key;
  }

  const std::lock_guard lock(mutex_);
  if (next == Next::Fetch) {
    triedAt_ = runtime->now();
  } else {
    fetched.failure = failure_;
  }
  if (fetched.failure && fetched.failure->refusal) co_return *fetched.failure->refusal;
  if (fetched.failure) std::rethrow_exception(fetched.failure->error);
  co_return mismatch(kid);
}

/// A fetch for a key: one that was under way when the key was asked for may have been answered before the key was
/// there, so it counts only when the key is in it.
async::Task<KeySet::Fetched> KeySet::fetchFor(std::string kid, std::shared_ptr<Runtime> runtime) {
  auto* loop = async::EventLoop::find();
  if (loop) {
    const auto& running = loopLocal<Fetches>(*loop).running;
    if (const auto found = running.find(this); found != running.end()) {
      const auto earlier = found->second;
      auto fetched = co_await earlier;
      if (fetched.failure || keyIn(*fetched.keys, kid)) co_return fetched;
      // Another who waited may have fetched it since.
      const std::lock_guard lock(mutex_);
      if (keyIn(*keys_, kid)) co_return Fetched{keys_, std::nullopt};
    }
  }
  co_return co_await fetch(std::move(runtime));
}

async::Task<> KeySet::refresh(std::shared_ptr<Runtime> runtime) { co_await fetch(std::move(runtime)); }

/// Joins the fetch that is under way in this loop, or begins one.
async::Task<KeySet::Fetched> KeySet::fetch(std::shared_ptr<Runtime> runtime) {
  const auto keep = shared_from_this();
  auto* loop = async::EventLoop::find();
  if (!loop) {
    auto fetched = co_await fetchWithRetries(std::move(runtime));
    remember(fetched);
    co_return fetched;
  }
  auto& running = loopLocal<Fetches>(*loop).running;
  if (const auto found = running.find(this); found != running.end()) {
    const auto other = found->second;
    co_return co_await other;
  }
  const async::Deferred<Fetched> done;
  running.emplace(this, done);
  Fetched fetched;
  try {
    fetched = co_await fetchWithRetries(std::move(runtime));
  } catch (...) {  // a wait that failed: nobody may be left waiting for this fetch
    fetched.failure = Failure{std::nullopt, std::current_exception()};
  }
  remember(fetched);
  running.erase(this);
  done.resolve(fetched);
  co_return fetched;
}

void KeySet::remember(const Fetched& fetched) {
  const std::lock_guard lock(mutex_);
  failure_ = fetched.failure;
}

async::Task<KeySet::Fetched> KeySet::fetchWithRetries(std::shared_ptr<Runtime> runtime) {
  for (int attempt = 0;; ++attempt) {
    Failure failure;
    try {
      co_return co_await fetchOnce(runtime);
    } catch (const Refused& refused) {
      failure.refusal = refused.refusal;
    } catch (...) {
      failure.error = std::current_exception();
    }
    if (attempt + 1 == kAttempts) co_return Fetched{nullptr, std::move(failure)};
    const double wait = 125 * std::pow(2, attempt) * (1 + runtime->random());
    co_await runtime->sleep(std::chrono::milliseconds(static_cast<int>(wait)));
  }
}

async::Task<KeySet::Fetched> KeySet::fetchOnce(std::shared_ptr<Runtime> runtime) {
  auto url = url::Url::parse(source_.apiUrl);
  if (!url) throw Error("Invalid URL");
  url->path = request::joinPaths({url->path, source_.apiVersion, "/jwks"});
  const auto target = url->href();
  auto headers = request::standardHeaders(source_.secretKey, kUserAgent);
  headers.emplace_back("Content-Type", "application/json");
  std::optional<fetch::Response> response;
  try {
    response = co_await runtime->fetch(
        {.url = target, .headers = std::move(headers), .timeout = 10s, .maxResponseSize = kMaximumSetSize});
  } catch (const fetch::Error& error) {
    throw Error(error.what());
  }
  const auto body = json::parseAsJavaScript(response->body);
  if (!body) throw Error("The key set of the Backend API is no JSON.");
  if (response->status < 200 || response->status > 299) throw Refused{refusalOf(target, response->status, *body)};

  const auto* keys = json::member(*body, "keys");
  if (!keys || !keys->is_array() || keys->get_array().empty()) {
    co_return Fetched{nullptr, Failure{Refusal{Reason::RemoteJWKFailedToLoad,
                                               "The JWKS endpoint did not contain any signing keys. Contact "
                                               "support@clerk.com.",
                                               Action::ContactSupport},
                                       nullptr}};
  }
  co_return Fetched{take(keys->get_array(), runtime->now()), std::nullopt};
}

std::shared_ptr<const KeySet::Keys> KeySet::take(const boost::json::array& keys, TimePoint now) {
  const std::lock_guard lock(mutex_);
  auto taken = std::make_shared<Keys>();
  for (const auto& jwk : keys) {
    if (!jwk.is_object() || taken->size() >= kMaximumKeys) continue;
    const auto kid = kidOf(jwk);
    auto text = ecmascript::stringify(jwk);
    const auto before = keys_->find(kid);
    auto key = before != keys_->end() && before->second.jwk == text
                   ? before->second.key
                   : jwt::VerificationKey::fromJwk(jwk.get_object(), source_.strictness);
    taken->insert_or_assign(kid, Kept{std::move(text), std::move(key)});
  }
  keys_ = std::move(taken);
  loadedAt_ = now;
  return keys_;
}

std::shared_ptr<KeySet> KeySets::of(const KeySetSource& source) {
  // Secret keys are not compared as text: how long that takes would tell about them.
  std::string name = source.apiUrl + '\n' + source.apiVersion + '\n';
  name += crypto::bytesOf(crypto::sha256(source.secretKey));
  name += source.strictness == Strictness::Strict ? 's' : 'r';
  const std::lock_guard lock(mutex_);
  if (sets_.size() >= kMaximumSets && !sets_.contains(name)) sets_.clear();
  auto& set = sets_[name];
  if (!set) set = std::make_shared<KeySet>(source);
  return set;
}

}  // namespace clerk::auth
