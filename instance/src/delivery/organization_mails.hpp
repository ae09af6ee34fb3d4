#pragma once
// Mails about organizations.

#include "model/message.hpp"
#include "settings/settings.hpp"

#include <string_view>

namespace clerk::instance {

/// `inviter` is how people know who invites; empty: nobody in particular.
Message organizationInvitationMail(const Settings& settings, std::string_view to, std::string_view organizationName,
                                   std::string_view inviter, std::string_view link);
/// A code that proves a mailbox at an organization's domain.
Message affiliationCodeMail(const Settings& settings, std::string_view to, std::string_view organizationName,
                            std::string_view code);

}  // namespace clerk::instance
