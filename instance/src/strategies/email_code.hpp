#pragma once
// Proving an address with a code that was sent there. Acts on a Verification and knows no flow.

#include "model/message.hpp"
#include "model/outcome.hpp"
#include "model/random.hpp"
#include "model/verification.hpp"
#include "settings/settings.hpp"
#include "store/transaction.hpp"
#include "tokens/keyed_digest.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// A code that was drawn but not yet written or sent.
struct PreparedCode {
  Verification verification;
  std::string codeDigest;          ///< empty: no code will be right
  std::optional<Message> message;  ///< absent for test addresses
};

/// What a code is for, whatever carries it.
struct CodePlan {
  std::string_view strategy;
  std::string_view identificationId;
  std::string_view userId;
  /// A test address or number: it takes the code that all of them take, and nothing is sent.
  bool test = false;
  /// Writes the message that carries the code.
  std::function<Message(std::string_view code)> message;
};
PreparedCode drawCode(const Settings& settings, const KeyedDigest& digest, Random& random, Time now,
                      const CodePlan& plan);

struct EmailCodeRequest {
  std::string_view strategy;  ///< `email_code` or `reset_password_email_code`
  std::string_view emailAddress;
  std::string_view identificationId;  ///< empty during sign-up
  std::string_view userId;            ///< empty during sign-up
};

/// Draws the code. Its digest belongs to this verification alone.
PreparedCode prepareEmailCode(const Settings& settings, const KeyedDigest& digest, Random& random, Time now,
                              const EmailCodeRequest& request);

/// The same towards whoever asks, but no code is right: for addresses that nobody has, or that have somebody already.
/// `message` says what the address's owner is to be told, if anything.
PreparedCode prepareDecoyCode(const Settings& settings, Random& random, Time now, const EmailCodeRequest& request,
                              std::optional<Message> message);

/// Writes the verification and the message. Errors: `verification_code_too_many_requests`, when one address was to get
/// many codes within a minute; nothing is written then.
Outcome<> sendCode(Transaction& tx, const PreparedCode& code, Time now);

struct CodeAttempt {
  std::string_view strategy;
  std::string_view code;
  std::string_view clientId;
};
/// Tries a code; each try counts, also the last one. Errors: `verification_missing`, `verification_already_verified`,
/// `verification_expired`, `verification_failed` (too many tries), `form_code_incorrect`.
Outcome<> attemptCode(Transaction& tx, const Settings& settings, const KeyedDigest& digest, Time now,
                      const std::optional<Verification>& verification, const CodeAttempt& attempt);

}  // namespace clerk::instance
