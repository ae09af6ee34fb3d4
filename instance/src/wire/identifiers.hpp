#pragma once
// What identifies a user, as both APIs show it.

#include "flows/user/profile_image.hpp"
#include "flows/user/second_factors.hpp"
#include "model/user.hpp"
#include "wire/members.hpp"
#include "wire/verification.hpp"

namespace clerk::instance::wire {

/// `accounts`: the user's, which may be linked to the address.
JsonObject emailAddress(const View& view, const EmailAddress& address, const std::vector<ExternalAccount>& accounts,
                        Side side);
JsonObject phoneNumber(const View& view, const PhoneNumber& phone, Side side);
JsonObject externalAccount(const View& view, const ExternalAccount& account, Side side);
JsonObject passkey(const View& view, const Passkey& passkey, Side side);

JsonArray emailAddresses(const View& view, const User& user, Side side);
JsonArray phoneNumbers(const View& view, const User& user, Side side);

// Each puts a list of the user's into what is described: `email_addresses`, `phone_numbers`, `passkeys`, …
void describeEmailAddresses(Members& members, const View& view, const User& user, Side side);
void describePhoneNumbers(Members& members, const View& view, const User& user, Side side);
void describePasskeys(Members& members, const View& view, const User& user, Side side);
void describeExternalAccounts(Members& members, const View& view, const User& user, Side side);
/// Accounts that people have by an enterprise connection.
void describeEnterpriseAccounts(Members& members, const View& view, const User& user, Side side);

JsonObject totp(const Totp& totp);
JsonObject backupCodes(const NewBackupCodes& codes);
JsonObject image(const Image& image);

}  // namespace clerk::instance::wire
