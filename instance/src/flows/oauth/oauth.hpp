#pragma once
// Signing in and up with an account elsewhere, and connecting one to one's own.

#include "flows/client/client.hpp"
#include "flows/sign_in/sign_in.hpp"
#include "flows/sign_up/sign_up.hpp"
#include "store/transaction.hpp"
#include "strategies/oidc.hpp"

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

/// A journey to a provider that was prepared, not yet written.
struct BegunOauth {
  Verification verification;  ///< with the address that the browser goes to
  OauthState state;           ///< owner and client are still to be filled in
  std::string digest;
};

/// Errors: `form_param_value_invalid` (a provider that the instance does not have), `misconfigured_oauth_provider`.
async::Task<Outcome<BegunOauth>> beginOauth(Core& core, std::string strategy, std::string redirectUrl,
                                            std::string completeUrl);
/// Writes it for its owner, inside a transaction.
void writeOauth(Transaction& tx, BegunOauth begun, DetourOwner ownerKind, std::string_view ownerId,
                std::string_view clientId);

/// Where providers send browsers back to.
std::string oauthCallbackUrl(const Settings& settings);
/// How the store knows a journey's `state`.
std::string oauthStateDigest(const Core& core, std::string_view state);
Error oauthErrorOf(OidcTrouble trouble);

bool isOauthStrategy(std::string_view strategy) noexcept;

/// The provider sent the browser back. Whatever came of it, the browser goes on to an address; what went wrong is
/// noted where the page looks. Errors: `oauth_callback_invalid` for a journey that this browser did not begin.
struct OauthCallback {
  std::string state;
  std::string code;
  std::string error;
};
async::Task<Outcome<std::string>> finishOauth(Core& core, Visitor& visitor, OauthCallback callback);

/// The account that the client's sign-in found nobody for; its sign-up goes on with it. Errors:
/// `account_transfer_invalid`.
Outcome<ExternalAccount> accountToSignUpWith(const Core& core, const Transaction& tx, const Visitor& visitor);
/// Puts an account into a new sign-up, with the name and address that the provider vouches for.
void applyAccount(Core& core, const Transaction& tx, SignUp& signUp, ExternalAccount account);
/// The other way: somebody has the account that the client's sign-up came with. Errors: `account_transfer_invalid`, …
async::Task<Outcome<SignInState>> transferToSignIn(Core& core, Visitor& visitor);

// ---- The signed-in person's own (`/v1/me/external_accounts`)

struct ConnectAccountFields {
  std::string strategy;
  std::string redirectUrl;
  std::string completeRedirectUrl;
};
/// Errors: `oauth_account_already_connected`, and those of beginOauth().
async::Task<Outcome<ExternalAccount>> connectAccount(Core& core, const Visitor& visitor, std::string userId,
                                                     ConnectAccountFields fields);
/// Errors: `external_account_not_found`.
async::Task<Outcome<ExternalAccount>> reconnectAccount(Core& core, const Visitor& visitor, std::string userId,
                                                       std::string accountId, ConnectAccountFields fields);
async::Task<Outcome<std::string>> disconnectAccount(Core& core, std::string userId, std::string accountId);

}  // namespace clerk::instance
