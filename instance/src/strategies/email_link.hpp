#pragma once
// Proving an address by opening a link that was sent there.

#include "model/message.hpp"
#include "model/outcome.hpp"
#include "model/random.hpp"
#include "model/verification.hpp"
#include "settings/settings.hpp"
#include "store/transaction.hpp"
#include "tokens/keyed_digest.hpp"

#include <string>
#include <string_view>

namespace clerk::instance {

struct EmailLinkRequest {
  std::string_view emailAddress;
  std::string_view identificationId;  ///< empty during sign-up
  std::string_view userId;            ///< empty during sign-up
  DetourOwner ownerKind;
  std::string_view ownerId;
  std::string_view clientId;
  std::string_view redirectUrl;
};

/// A link that was drawn but not yet written or sent.
struct PreparedLink {
  Verification verification;
  EmailLink link;
  std::string digest;  ///< empty for a decoy: no link will work
  Message message;
};

PreparedLink prepareEmailLink(const Settings& settings, const KeyedDigest& digest, Random& random, Time now,
                              const EmailLinkRequest& request);

/// Writes verification, link and mail. Errors: `verification_code_too_many_requests`; nothing is written then.
Outcome<> sendLink(Transaction& tx, const PreparedLink& link, Time now);

/// What the store knows a link by.
std::string emailLinkDigest(const KeyedDigest& digest, std::string_view token);

}  // namespace clerk::instance
