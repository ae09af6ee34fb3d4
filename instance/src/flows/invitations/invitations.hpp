#pragma once
// Asking people in, the waitlist, and the lists of who may sign up.

#include "flows/core.hpp"
#include "model/page.hpp"

#include <async/task.hpp>

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

struct NewInvitation {
  std::string emailAddress;
  boost::json::object publicMetadata{};
  std::string redirectUrl{};
  bool notify = true;
  bool ignoreExisting = false;
  std::optional<std::int64_t> expiresInDays{};
};

struct IssuedInvitation {
  Invitation invitation;
  std::string url;  ///< with the ticket; at the making alone, else empty
};

/// Writes the invitation and its mail. Errors: `form_identifier_exists` for somebody who has an account,
/// `duplicate_record` for somebody who was asked, `form_param_…`.
async::Task<Outcome<IssuedInvitation>> createInvitation(Core& core, NewInvitation fields);
/// All of them or none.
async::Task<Outcome<std::vector<IssuedInvitation>>> createInvitations(Core& core, std::vector<NewInvitation> all);
async::Task<Page<Invitation>> listInvitations(Core& core, Invitations::Filter filter, PageRequest page);
/// Errors: `resource_not_found`, `invitation_already_accepted`, `invitation_already_revoked`.
async::Task<Outcome<Invitation>> revokeInvitation(Core& core, std::string invitationId);

/// Where the link of an invitation or a sign-in token leads: the page, with the ticket and `__clerk_status`.
/// Errors: `ticket_invalid_code`, `ticket_expired_code`.
struct AcceptedTicket {
  std::string redirectUrl;  ///< empty: the portal's page for `status`
  std::string_view status;  ///< `sign_in`, `sign_up`, or `complete` for somebody who is signed in and has joined
};
async::Task<Outcome<AcceptedTicket>> acceptTicket(Core& core, const Visitor& visitor, std::string ticket);

/// Writes an address down; one that waits already is as good. Errors: `form_param_format_invalid`,
/// `waitlist_not_accepting_entries` where there is no waitlist.
async::Task<Outcome<WaitlistEntry>> joinWaitlist(Core& core, std::string emailAddress, bool byBackend);
async::Task<Page<WaitlistEntry>> listWaitlist(Core& core, std::optional<WaitlistStatus> status, std::string query,
                                              PageRequest page);
/// Errors of all: `resource_not_found`, `waitlist_entry_already_…`.
async::Task<Outcome<WaitlistEntry>> inviteWaitlistEntry(Core& core, std::string id, bool ignoreExisting);
async::Task<Outcome<WaitlistEntry>> rejectWaitlistEntry(Core& core, std::string id);
async::Task<Outcome<std::string>> deleteWaitlistEntry(Core& core, std::string id);

/// Errors: `form_param_format_invalid`, `duplicate_record`.
async::Task<Outcome<RestrictedIdentifier>> addRestrictedIdentifier(Core& core, RestrictionList list,
                                                                   std::string identifier);
async::Task<std::vector<RestrictedIdentifier>> listRestrictedIdentifiers(Core& core, RestrictionList list);
/// Errors: `resource_not_found`.
async::Task<Outcome<std::string>> deleteRestrictedIdentifier(Core& core, RestrictionList list, std::string id);

}  // namespace clerk::instance
