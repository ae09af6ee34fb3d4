#pragma once
// Proving again, within a session, that one is who signed in: before changes that a thief of the session must not make.

#include "flows/passkeys/passkeys.hpp"
#include "flows/session/session.hpp"
#include "flows/sign_in/sign_in.hpp"
#include "model/reverification.hpp"

#include <vector>

namespace clerk::instance {

struct ReverificationState {
  Reverification reverification;
  SessionState session;
  std::vector<Factor> firstFactors;
  std::vector<Factor> secondFactors;
};

/// Begins anew, whatever went on. A level that needs a second factor asks people without one for the first.
/// Errors: `resource_not_found`, `authentication_invalid`.
async::Task<Outcome<ReverificationState>> startReverification(Core& core, const Visitor& visitor, std::string sessionId,
                                                              ReverificationLevel level);

/// Errors of all that follow: `session_reverification_missing`, `client_state_invalid`, and those of sign-ins.
async::Task<Outcome<ReverificationState>> prepareReverificationFirstFactor(Core& core, const Visitor& visitor,
                                                                           std::string sessionId,
                                                                           PrepareFactorFields fields,
                                                                           PasskeyPage page = {});
async::Task<Outcome<ReverificationState>> attemptReverificationFirstFactor(Core& core, const Visitor& visitor,
                                                                           std::string sessionId,
                                                                           AttemptFactorFields fields,
                                                                           PasskeyPage page = {});
async::Task<Outcome<ReverificationState>> prepareReverificationSecondFactor(Core& core, const Visitor& visitor,
                                                                            std::string sessionId,
                                                                            PrepareFactorFields fields);
async::Task<Outcome<ReverificationState>> attemptReverificationSecondFactor(Core& core, const Visitor& visitor,
                                                                            std::string sessionId, std::string strategy,
                                                                            std::string code);

/// Whether a sensitive change may be made now. Errors: `session_reverification_required` when the instance asks for a
/// recent proof and there is none.
Outcome<> requireRecentProof(const Core& core, const SessionState& state);

}  // namespace clerk::instance
