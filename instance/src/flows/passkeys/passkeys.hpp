#pragma once
// Passkeys: registering them, and signing in with one.

#include "flows/client/client.hpp"
#include "flows/sign_in/sign_in.hpp"

#include <string>

namespace clerk::instance {

/// The page that asks: its origin, checked to be one of this machine, the portal's or an allowed one; empty when the
/// request names none that is.
struct PasskeyPage {
  std::string origin;
  std::string host;  ///< becomes the relying party's id
};

// ---- The signed-in person's own (`/v1/me/passkeys`)

/// Errors: `feature_not_enabled`, `passkey_quota_exceeded`.
async::Task<Outcome<Passkey>> startPasskey(Core& core, std::string userId, PasskeyPage page);
/// `credential`: JSON text of what the browser made. Errors: `passkey_invalid_public_key_credential`,
/// `verification_…`, `resource_not_found`.
async::Task<Outcome<Passkey>> attemptPasskey(Core& core, std::string userId, std::string passkeyId,
                                             std::string credential, PasskeyPage page);
async::Task<Outcome<Passkey>> getPasskey(Core& core, std::string userId, std::string passkeyId);
async::Task<Outcome<Passkey>> renamePasskey(Core& core, std::string userId, std::string passkeyId, std::string name);
async::Task<Outcome<std::string>> deletePasskey(Core& core, std::string userId, std::string passkeyId);

// ---- Signing in

/// A sign-in that anybody's passkey may complete: it names its owner. Errors: `feature_not_enabled`, `session_exists`.
async::Task<Outcome<SignInState>> startPasskeySignIn(Core& core, Visitor& visitor, PasskeyPage page);
/// For a sign-in that is identified already. Errors: `no_passkeys_found_for_user`, …
async::Task<Outcome<SignInState>> preparePasskeyFactor(Core& core, Visitor& visitor, std::string signInId,
                                                       PasskeyPage page);
/// Errors: `passkey_not_registered`, `passkey_authentication_failure`, `verification_…`, `user_locked`, …
async::Task<Outcome<SignInState>> attemptPasskeyFactor(Core& core, Visitor& visitor, std::string signInId,
                                                       std::string credential, PasskeyPage page);

// ---- Proving who one is, inside a transaction, for whatever it is needed

/// What a browser is asked to sign with one of the user's passkeys; written, but belongs to nothing yet. Errors:
/// `feature_not_enabled`, `no_passkeys_found_for_user`.
Outcome<Verification> askForPasskey(Core& core, Transaction& tx, const User& user, const PasskeyPage& page);
/// Whose passkey signed it; the try is used up. `ownerId` absent: anybody's. Errors: see attemptPasskeyFactor().
Outcome<User> provePasskey(Core& core, Transaction& tx, std::optional<Verification> verification,
                           const std::string& credential, const PasskeyPage& page,
                           const std::optional<std::string>& ownerId);

}  // namespace clerk::instance
