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

Verification newVerification(const Settings& settings, Random& random, Time now, std::string_view strategy,
                             std::string_view identificationId) {
  Verification verification;
  verification.id = newId(id::verification, now, random);
  verification.strategy = strategy;
  verification.attempts = 0;
  verification.expireAt = now + settings.lifetimes.code;
  verification.identificationId = identificationId;
  verification.createdAt = now;
  return verification;
}

Message mailFor(const Settings& settings, const EmailCodeRequest& request, std::string_view code) {
  return request.strategy == strategy::resetPasswordEmailCode
             ? resetPasswordCodeMail(settings, request.emailAddress, code)
             : verificationCodeMail(settings, request.emailAddress, code);
}

void address(Message& message, Random& random, Time now, std::string_view userId) {
  message.id = newId(message.channel == MessageChannel::Sms ? id::textMessage : id::message, now, random);
  message.userId = userId;
  message.createdAt = now;
}

}  // namespace

PreparedCode drawCode(const Settings& settings, const KeyedDigest& digest, Random& random, Time now,
                      const CodePlan& plan) {
  PreparedCode prepared;
  prepared.verification = newVerification(settings, random, now, plan.strategy, plan.identificationId);
  const std::string code = plan.test ? std::string(testCode) : random.digits(codeLength);
  prepared.codeDigest = digestOf(digest, prepared.verification.id, code);
  if (!plan.test) {
    prepared.message = plan.message(code);
    address(*prepared.message, random, now, plan.userId);
  }
  return prepared;
}

PreparedCode prepareEmailCode(const Settings& settings, const KeyedDigest& digest, Random& random, Time now,
                              const EmailCodeRequest& request) {
  return drawCode(settings, digest, random, now,
                  {.strategy = request.strategy,
                   .identificationId = request.identificationId,
                   .userId = request.userId,
                   .test = isTestAddress(settings, request.emailAddress),
                   .message = [&](std::string_view code) { return mailFor(settings, request, code); }});
}

PreparedCode prepareDecoyCode(const Settings& settings, Random& random, Time now, const EmailCodeRequest& request,
                              std::optional<Message> message) {
  PreparedCode prepared;
  prepared.verification = newVerification(settings, random, now, request.strategy, request.identificationId);
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
