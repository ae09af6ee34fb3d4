#include "strategies/email_code.hpp"

#include "delivery/mails.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"

namespace clerk::instance {
namespace {

constexpr std::size_t codeLength = 6;
/// One address gets at most so many messages a minute, whoever asks: nobody's mailbox is to be flooded.
constexpr std::int64_t messagesPerMinute = 5;

std::string digestOf(const KeyedDigest& digest, std::string_view verificationId, std::string_view code) {
  return digest.of("code " + std::string(verificationId), code);
}

Verification newVerification(const Settings& settings, Random& random, Time now, const EmailCodeRequest& request) {
  Verification verification;
  verification.id = newId(id::verification, now, random);
  verification.strategy = request.strategy;
  verification.attempts = 0;
  verification.expireAt = now + settings.lifetimes.code;
  verification.identificationId = request.identificationId;
  verification.createdAt = now;
  return verification;
}

Message mailFor(const Settings& settings, const EmailCodeRequest& request, std::string_view code) {
  return request.strategy == strategy::resetPasswordEmailCode
             ? resetPasswordCodeMail(settings, request.emailAddress, code)
             : verificationCodeMail(settings, request.emailAddress, code);
}

void address(Message& message, Random& random, Time now, std::string_view userId) {
  message.id = newId(id::message, now, random);
  message.userId = userId;
  message.createdAt = now;
}

}  // namespace

PreparedCode prepareEmailCode(const Settings& settings, const KeyedDigest& digest, Random& random, Time now,
                              const EmailCodeRequest& request) {
  PreparedCode prepared;
  prepared.verification = newVerification(settings, random, now, request);
  const bool test = isTestAddress(settings, request.emailAddress);
  const std::string code = test ? std::string(testCode) : random.digits(codeLength);
  prepared.codeDigest = digestOf(digest, prepared.verification.id, code);
  if (!test) {
    prepared.message = mailFor(settings, request, code);
    address(*prepared.message, random, now, request.userId);
  }
  return prepared;
}

PreparedCode prepareDecoyCode(const Settings& settings, Random& random, Time now, const EmailCodeRequest& request,
                              std::optional<Message> message) {
  PreparedCode prepared;
  prepared.verification = newVerification(settings, random, now, request);
  prepared.message = std::move(message);
  if (prepared.message) address(*prepared.message, random, now, request.userId);
  return prepared;
}

Outcome<> sendCode(Transaction& tx, const PreparedCode& code, Time now) {
  if (code.message) {
    const auto recent = tx.outbox().countSince(code.message->to, now - std::chrono::minutes(1));
    if (recent >= messagesPerMinute) return Failure(errors::verificationCodeTooManyRequests());
    tx.outbox().insert(*code.message);
  }
  tx.verifications().insert(code.verification, code.codeDigest);
  return {};
}

Outcome<> attemptCode(Transaction& tx, const Settings& settings, const KeyedDigest& digest, Time now,
                      const std::optional<Verification>& verification, const CodeAttempt& attempt) {
  if (!verification || verification->strategy != attempt.strategy) return Failure(errors::verificationMissing());
  const auto result = tx.verifications().attemptCode(verification->id, digestOf(digest, verification->id, attempt.code),
                                                     settings.maxCodeAttempts, attempt.clientId, now);
  if (result == Verifications::Attempt::Right) return {};
  if (result == Verifications::Attempt::Wrong) return Failure(errors::formCodeIncorrect());

  auto refused = tx.verifications().find(verification->id);
  if (!refused) return Failure(errors::verificationMissing());
  switch (refused->statusAt(now)) {
    case VerificationStatus::Verified: return Failure(errors::verificationAlreadyVerified());
    case VerificationStatus::Expired: return Failure(errors::verificationExpired());
    default: break;
  }
  refused->status = VerificationStatus::Failed;
  tx.verifications().update(*refused);
  return Failure(errors::verificationFailed());
}

}  // namespace clerk::instance
