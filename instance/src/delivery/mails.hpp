#pragma once
// What the instance's mails say.

#include "model/message.hpp"
#include "settings/settings.hpp"

#include <string>
#include <string_view>

namespace clerk::instance {

/// A code that proves an address, at sign-up, at sign-in, or when it was added.
Message verificationCodeMail(const Settings& settings, std::string_view to, std::string_view code);
/// A code that allows to set a new password.
Message resetPasswordCodeMail(const Settings& settings, std::string_view to, std::string_view code);
/// To the owner of an address that somebody tries to sign up with, when the instance does not tell that somebody.
Message accountExistsMail(const Settings& settings, std::string_view to);

/// A link that proves an address: it signs in, or goes on with a sign-up.
Message verificationLinkMail(const Settings& settings, std::string_view to, std::string_view link);
/// To somebody whom a backend asks in.
Message invitationMail(const Settings& settings, std::string_view to, std::string_view link);

/// To an address that was somebody's primary one until a backend replaced it.
Message primaryAddressChangedMail(const Settings& settings, std::string_view to);

/// The codes as text messages.
Message verificationCodeText(const Settings& settings, std::string_view to, std::string_view code);
Message resetPasswordCodeText(const Settings& settings, std::string_view to, std::string_view code);
/// True for the numbers of films, `+1 (XXX) 555-0100` to `-0199`, in test mode: nothing is sent there.
bool isTestPhoneNumber(const Settings& settings, std::string_view phoneNumber);

/// True for addresses that nothing is ever sent to: `+clerk_test` in the local part, in test mode (Clerk docs: "Test
/// emails and phones").
bool isTestAddress(const Settings& settings, std::string_view emailAddress);
/// The code that all test addresses take.
inline constexpr std::string_view testCode = "424242";

}  // namespace clerk::instance
