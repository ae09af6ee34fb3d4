#pragma once
// The session of somebody who proved to have the secret key: what the cookie holds instead of the key.

#include "model/random.hpp"
#include "model/time.hpp"
#include "tokens/keyed_digest.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance::dashboard {

/// Without a sign of life it is over after `idle`; whatever happens, after `longest`.
inline constexpr std::chrono::seconds idle = std::chrono::minutes(30);
inline constexpr std::chrono::seconds longest = std::chrono::hours(12);
/// A session in use is written anew at most this often.
inline constexpr std::chrono::seconds renewal = std::chrono::minutes(1);

struct Session {
  std::string id;  ///< `dash_…`
  Time startedAt{};
  Time issuedAt{};  ///< when the cookie was written

  Time expiresAt() const noexcept { return std::min<Time>(issuedAt + idle, startedAt + longest); }
  bool wantsRenewal(Time now) const noexcept { return now - issuedAt >= renewal; }
};

/// Signs sessions and reads them back. Signatures depend on the secret key as well: a new key ends all sessions.
/// Borrows `digest`; safe from any thread.
class SessionSigner {
 public:
  SessionSigner(const KeyedDigest& digest, std::string_view secretKey);

  /// `id.startedAt.issuedAt.signature`: no character that a cookie would have to escape.
  std::string sign(const Session& session) const;
  /// Absent for what we did not sign, and for what is over. Compares in constant time.
  std::optional<Session> read(std::string_view text, Time now) const;
  /// What requests that change something must bring along, which no other page can know.
  std::string csrfTokenOf(const Session& session) const;

 private:
  const KeyedDigest& digest_;
  std::string keyDigest_;
};

}  // namespace clerk::instance::dashboard
