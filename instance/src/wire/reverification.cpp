#include "wire/reverification.hpp"

#include "wire/session.hpp"
#include "wire/sign_in.hpp"
#include "wire/verification.hpp"

namespace clerk::instance::wire {

JsonObject reverification(const View& view, const ReverificationState& state) {
  const auto& it = state.reverification;
  return {{"object", "session_reverification"},
          {"id", it.id},
          {"status", nameOf(it.status)},
          {"level", nameOf(it.level)},
          {"session", session(view, state.session)},
          {"supported_first_factors", factors(state.firstFactors)},
          {"supported_second_factors", factors(state.secondFactors)},
          {"first_factor_verification", verification(it.firstFactorVerification, view.now)},
          {"second_factor_verification", verification(it.secondFactorVerification, view.now)}};
}

}  // namespace clerk::instance::wire
