#include "strategies/email_link.hpp"

#include "delivery/mails.hpp"
#include "model/ids.hpp"
#include "strategies/email_code.hpp"

namespace clerk::instance {
namespace {

/// 43 characters of base62 are 256 bits.
constexpr std::size_t tokenLength = 43;

}  // namespace

std::string emailLinkDigest(const KeyedDigest& digest, std::string_view token) {
  return digest.of("email link", token);
}

PreparedLink prepareEmailLink(const Settings& settings, const KeyedDigest& digest, Random& random, Time now,
                              const EmailLinkRequest& request) {
  PreparedLink prepared;
  auto& verification = prepared.verification;
  verification.id = newId(id::verification, now, random);
  verification.strategy = strategy::emailLink;
  verification.expireAt = now + settings.lifetimes.code;
  verification.identificationId = request.identificationId;
  verification.createdAt = now;

  const auto token = random.base62(tokenLength);
  prepared.digest = emailLinkDigest(digest, token);
  prepared.link = {verification.id,
                   request.ownerKind,
                   std::string(request.ownerId),
                   std::string(request.clientId),
                   std::string(request.redirectUrl),
                   *verification.expireAt};
  prepared.message =
      verificationLinkMail(settings, request.emailAddress, settings.portalUrl + "/v1/verify?token=" + token);
  prepared.message.id = newId(id::message, now, random);
  prepared.message.userId = request.userId;
  prepared.message.createdAt = now;
  return prepared;
}

Outcome<> sendLink(Transaction& tx, const PreparedLink& link, Time now) {
  if (auto sent = sendCode(tx, {link.verification, "", link.message}, now); !sent) return sent;
  tx.emailLinks().insert(link.digest, link.link);
  return {};
}

}  // namespace clerk::instance
