#pragma once
// Session tokens and the keys they are verified with: given as PEM, or from the instance's key set.

#include "auth/key_set.hpp"
#include "jwt/verify_jwt.hpp"

#include <clerk/claims.hpp>
#include <clerk/verify_token.hpp>

#include <async/task.hpp>
#include <boost/system/result.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::auth {

/// Where keys come from. Made once for a configuration and then shared.
class KeySource {
 public:
  KeySource(const std::string& jwtKey, KeySetSource source, KeySetPolicy policy, bool skipCache,
            std::shared_ptr<Runtime> runtime, jwt::Caching caching = jwt::Caching::On);

  /// The key for a token with this header. `failure` is said when there is neither a PEM nor a secret key.
  async::Task<KeyResult> find(const jwt::Header& header, std::string_view failure) const;
  /// The same when nothing has to be waited for; nullptr otherwise.
  std::shared_ptr<const jwt::VerificationKey> findNow(const jwt::Header& header) const;

  Strictness strictness() const noexcept { return source_.strictness; }
  /// Begins with a token as this source's tokens are read. `token` must outlive what comes back.
  boost::system::result<jwt::Verification, jwt::Refusal> begin(std::string_view token) const {
    return jwt::Verification::begin(token, source_.strictness, caching_);
  }
  const std::shared_ptr<Runtime>& runtime() const noexcept { return runtime_; }

 private:
  KeySetSource source_;
  KeySetPolicy policy_;
  bool skipCache_;
  jwt::Caching caching_;
  std::shared_ptr<Runtime> runtime_;
  std::shared_ptr<const jwt::VerificationKey> pem_;
  std::shared_ptr<KeySet> set_;  // when there is no PEM, but a secret key
};

using BegunVerification = boost::system::result<jwt::Verification, jwt::Refusal>;
using ClaimsResult = boost::system::result<SessionClaims, jwt::Refusal>;

/// What must hold besides the signature. Refers to the options.
struct SessionChecks {
  const std::vector<std::string>& audience;
  const std::vector<std::string>& authorizedParties;
  const std::vector<std::string>& issuer;
  const std::vector<std::string>& headerType;
  std::chrono::milliseconds clockSkew;
  /// See jwt::ClaimChecks.
  bool issuersOfAnyScheme = false;
};

/// All steps of verifyToken. `token`, `keys` and what `checks` refers to must outlive the task.
async::Task<ClaimsResult> verifySession(std::string_view token, const KeySource& keys, SessionChecks checks);
/// The same when nothing has to be waited for; absent otherwise.
std::optional<ClaimsResult> verifySessionNow(BegunVerification begun, const KeySource& keys,
                                             const SessionChecks& checks);
/// The same for a token that was looked at already.
async::Task<ClaimsResult> verifySession(BegunVerification begun, const KeySource& keys, SessionChecks checks);

}  // namespace clerk::auth
