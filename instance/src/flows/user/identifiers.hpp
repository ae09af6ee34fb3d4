#pragma once
// The signed-in person's addresses and phone numbers (`/v1/me/email_addresses`, `/v1/me/phone_numbers`), and the same
// things as backends manage them (`/email_addresses`, `/phone_numbers`).

#include "flows/core.hpp"
#include "model/user.hpp"

#include <async/task.hpp>

#include <optional>
#include <string>

namespace clerk::instance {

// ---- Email addresses; all give `resource_not_found` for an id that is not the user's

/// Errors: `form_param_format_invalid`, `form_identifier_exists`, `form_param_unknown` where addresses are switched
/// off.
async::Task<Outcome<EmailAddress>> addEmailAddress(Core& core, std::string userId, std::string emailAddress);
async::Task<Outcome<EmailAddress>> getEmailAddress(Core& core, std::string userId, std::string id);

struct PrepareIdentifierFields {
  std::string strategy;     ///< `email_code`, `email_link` or `phone_code`
  std::string redirectUrl;  ///< for links: where the browser goes afterwards
  std::string clientId;     ///< who asks
};
/// Sends a code or a link. Errors: `verification_already_verified`, `form_param_value_invalid`, …
async::Task<Outcome<EmailAddress>> prepareEmailAddress(Core& core, std::string userId, std::string id,
                                                       PrepareIdentifierFields fields);
/// Errors: those of attemptCode(), `form_identifier_exists` when somebody else proved it meanwhile.
async::Task<Outcome<EmailAddress>> attemptEmailAddress(Core& core, std::string userId, std::string id, std::string code,
                                                       std::string clientId);
/// Errors: `identification_deletion_failed`, `last_required_identification_deletion_failed`,
/// `delete_linked_identification_disallowed`.
async::Task<Outcome<std::string>> deleteEmailAddress(Core& core, std::string userId, std::string id);

/// An address that was proved: the user's alone from now on, and the primary one if there was none. False when it is
/// somebody else's; abandon then. Inside a transaction.
[[nodiscard]] bool acceptEmailAddress(Transaction& tx, User& user, std::string_view id,
                                      const Verification& verification, Time now);

/// The same for a phone number.
[[nodiscard]] bool acceptPhoneNumber(Transaction& tx, User& user, std::string_view id, const Verification& verification,
                                     Time now);

// ---- Phone numbers

async::Task<Outcome<PhoneNumber>> addPhoneNumber(Core& core, std::string userId, std::string phoneNumber,
                                                 bool reservedForSecondFactor);
async::Task<Outcome<PhoneNumber>> getPhoneNumber(Core& core, std::string userId, std::string id);
async::Task<Outcome<PhoneNumber>> preparePhoneNumber(Core& core, std::string userId, std::string id,
                                                     PrepareIdentifierFields fields);
async::Task<Outcome<PhoneNumber>> attemptPhoneNumber(Core& core, std::string userId, std::string id, std::string code,
                                                     std::string clientId);
struct PhoneNumberChanges {
  std::optional<bool> reservedForSecondFactor;
  std::optional<bool> defaultSecondFactor;
};
/// Errors: `identification_update_second_factor_unverified`.
async::Task<Outcome<PhoneNumber>> updatePhoneNumber(Core& core, std::string userId, std::string id,
                                                    PhoneNumberChanges changes);
async::Task<Outcome<std::string>> deletePhoneNumber(Core& core, std::string userId, std::string id);

// ---- Backend API: by the id alone, whoever's it is

struct IdentifierFields {
  std::optional<bool> verified;
  std::optional<bool> primary;
  std::optional<bool> reservedForSecondFactor;  ///< phones
};
async::Task<Outcome<EmailAddress>> createEmailAddress(Core& core, std::string userId, std::string emailAddress,
                                                      IdentifierFields fields);
async::Task<Outcome<EmailAddress>> findEmailAddress(Core& core, std::string id);
async::Task<Outcome<EmailAddress>> changeEmailAddress(Core& core, std::string id, IdentifierFields fields);
async::Task<Outcome<std::string>> removeEmailAddress(Core& core, std::string id);
/// How an address or number that takes the place of all others begins.
enum class IdentifierStanding {
  Verified,
  Reserved,    ///< nobody else's, not proved
  Unverified,  ///< anybody may prove it
};
/// The user's only address from now on, and the primary one. `notify` tells the primary address of before. Errors:
/// `delete_linked_identification_disallowed` while a connected account has one of the user's addresses,
/// `form_identifier_exists`, `form_param_format_invalid`.
async::Task<Outcome<EmailAddress>> replaceEmailAddresses(Core& core, std::string userId, std::string emailAddress,
                                                         IdentifierStanding standing, bool notify);
async::Task<Outcome<PhoneNumber>> replacePhoneNumbers(Core& core, std::string userId, std::string phoneNumber,
                                                      IdentifierStanding standing);
async::Task<Outcome<PhoneNumber>> createPhoneNumber(Core& core, std::string userId, std::string phoneNumber,
                                                    IdentifierFields fields);
async::Task<Outcome<PhoneNumber>> findPhoneNumber(Core& core, std::string id);
async::Task<Outcome<PhoneNumber>> changePhoneNumber(Core& core, std::string id, IdentifierFields fields);
async::Task<Outcome<std::string>> removePhoneNumber(Core& core, std::string id);

}  // namespace clerk::instance
