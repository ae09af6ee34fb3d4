#pragma once
// Authenticator apps and backup codes: setting them up, using them, taking them away.

#include "flows/core.hpp"
#include "model/user.hpp"

#include <async/task.hpp>

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

/// What is shown of an authenticator app. Secret and address are there at the setting up alone.
struct Totp {
  std::string id;
  std::string secret;  ///< base32
  std::string uri;     ///< `otpauth://…`
  bool verified = false;
  std::vector<std::string> backupCodes;  ///< those that the successful attempt brought
  Time createdAt{};
  Time updatedAt{};
};

struct NewBackupCodes {
  std::string id;
  std::vector<std::string> codes;
  Time createdAt{};
};

/// A new secret; it counts once a code of it was given. Errors: `totp_already_enabled`, `feature_not_enabled`.
async::Task<Outcome<Totp>> startTotp(Core& core, std::string userId);
/// Errors: `form_code_incorrect`, `totp_already_enabled`, `resource_not_found`.
async::Task<Outcome<Totp>> attemptTotp(Core& core, std::string userId, std::string code);
/// Gives the app's id. Errors: `resource_not_found`.
async::Task<Outcome<std::string>> deleteTotp(Core& core, std::string userId);
/// Ten codes in the place of those of before. Errors: `backup_codes_not_available`, `feature_not_enabled`.
async::Task<Outcome<NewBackupCodes>> createBackupCodes(Core& core, std::string userId);

// ---- Backend API; all give `resource_not_found` for an unknown user

struct VerifiedSecondFactor {
  std::string_view codeType;  ///< `totp` or `backup_code`
};
/// Takes a code of either kind; a backup code is used up. Errors: `totp_disabled`, `totp_invalid_length`,
/// `totp_incorrect_code`.
async::Task<Outcome<VerifiedSecondFactor>> verifySecondFactor(Core& core, std::string userId, std::string code);
/// Takes all second factors away. Errors: `no_second_factors` where there were none.
async::Task<Outcome<User>> disableSecondFactors(Core& core, std::string userId);
async::Task<Outcome<User>> removeTotp(Core& core, std::string userId);
async::Task<Outcome<User>> removeBackupCodes(Core& core, std::string userId);

/// Second factors that a backend brings along for a user. What is absent or empty stays as it is.
struct GivenSecondFactors {
  std::optional<std::string> totpSecret;  ///< base32
  std::vector<std::string> backupCodes;   ///< as people type them
};
/// Errors: `form_param_value_invalid`, `feature_not_enabled`.
Outcome<> checkSecondFactors(const Core& core, const GivenSecondFactors& given);
/// Makes them the user's, inside a transaction; they count at once. What checkSecondFactors() found right.
void giveSecondFactors(Core& core, Transaction& tx, User& user, const GivenSecondFactors& given);

// ---- Inside a transaction: what sign-in and reverification ask

/// True when the code is the app's of now, and no code of this or a later moment was taken before.
bool takeTotpCode(Core& core, Transaction& tx, const User& user, std::string_view code);
/// True when it is one of the user's; it is used up then.
bool takeBackupCode(Core& core, Transaction& tx, const User& user, std::string_view code);

}  // namespace clerk::instance
