#pragma once
// Signs what an instance hands out: session tokens, client cookies, tickets, handshakes.

#include "model/organization.hpp"
#include "model/random.hpp"
#include "model/session.hpp"
#include "settings/settings.hpp"

#include <async/task.hpp>
#include <async/thread_pool.hpp>
#include <crypto/rsa.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// Clerk's `cat` header: which class of token it is. Backends refuse any class but Session as a session token.
namespace token_class {
inline constexpr std::string_view session = "cl_B7d4PD111AAA";
inline constexpr std::string_view jwtTemplate = "cl_B7d4PD222AAA";
}  // namespace token_class

struct SessionTokenRequest {
  /// `azp`; left out when empty.
  std::string authorizedParty;
  /// The instance's lifetime when absent (Backend API: `expires_in_seconds`).
  std::optional<std::chrono::seconds> lifetime;
  /// The session's organization: becomes the `o` claim.
  std::optional<Membership> organization{};
};

/// One RSA key and what is signed with it. Signing takes about 0.6 ms of CPU and happens on `threads`; needs a running
/// EventLoop. Safe from any thread.
class TokenSigner {
 public:
  /// All arguments but the key are borrowed for the signer's life.
  TokenSigner(std::string keyId, crypto::RsaPrivateKey key, const Settings& settings, const Clock& clock,
              Random& random, async::ThreadPool& threads);

  /// A session token (version 2) for the session as it is now; see contract "5.1 Session token".
  async::Task<std::string> sessionToken(Session session, SessionTokenRequest request) const;

  /// Any other token: the claims as they are. `cat` is left out when empty.
  async::Task<std::string> sign(boost::json::object claims, std::string_view tokenClass) const;

  /// The claims of a token that this signer's key signed, whatever its times and class; absent otherwise. Takes no lock
  /// and about 20 us.
  std::optional<boost::json::object> verify(std::string_view token) const;

  const std::string& keyId() const noexcept { return keyId_; }
  const crypto::RsaPublicKey& publicKey() const noexcept { return publicKey_; }

 private:
  std::string sessionClaims(const Session& session, const SessionTokenRequest& request) const;
  std::string signedText(std::string_view header, std::string_view claims) const;
  std::string headerOf(std::string_view tokenClass) const;

  std::string keyId_;
  crypto::RsaPrivateKey key_;
  crypto::RsaPublicKey publicKey_;
  const Settings& settings_;
  const Clock& clock_;
  Random& random_;
  async::ThreadPool& threads_;
  std::string sessionHeader_;
};

}  // namespace clerk::instance
