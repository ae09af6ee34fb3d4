#include "flows/invitations/invitations.hpp"

#include "delivery/mails.hpp"
#include "flows/normal_form.hpp"
#include "flows/organization/invitation.hpp"
#include "flows/phone_number.hpp"
#include "model/auth_errors.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "strategies/ticket.hpp"

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

constexpr std::int64_t daysByDefault = 30;
constexpr std::int64_t mostDays = 365;
constexpr std::size_t maxUrl = 2048;

/// An invitation that was checked and signed, not yet written.
struct Prepared {
  Invitation invitation;
  std::string url;
  bool notify = true;
  bool ignoreExisting = false;
};

async::Task<Outcome<Prepared>> prepare(Core& core, NewInvitation fields) {
  const Time now = core.now();
  auto email = normalEmailAddress(fields.emailAddress, "email_address");
  if (!email) co_return email.error();
  const auto days = fields.expiresInDays.value_or(daysByDefault);
  if (days < 1 || days > mostDays) {
    co_return Failure(errors::formParamValueInvalid("expires_in_days", std::to_string(days)));
  }
  if (fields.redirectUrl.size() > maxUrl) {
    co_return Failure(errors::formParamMaxLengthExceeded("redirect_url", maxUrl));
  }
  auto sized = checkMetadataSize(fields.publicMetadata, "public_metadata", core.settings().maxMetadataBytes);
  if (!sized) co_return sized.error();
  Prepared prepared{.invitation = {.id = newId(id::invitation, now, core.random()),
                                   .emailAddress = *std::move(email),
                                   .publicMetadata = std::move(fields.publicMetadata),
                                   .redirectUrl = std::move(fields.redirectUrl),
                                   .expiresAt = now + std::chrono::days(days),
                                   .createdAt = now,
                                   .updatedAt = now},
                    .url = {},
                    .notify = fields.notify,
                    .ignoreExisting = fields.ignoreExisting};
  const auto& invitation = prepared.invitation;
  const auto ticket = co_await core.tokens().sign(
      ticketClaims(core.settings(), TicketKind::Invitation, invitation.id, invitation.expiresAt, now),
      token_class::jwtTemplate);
  prepared.url = core.settings().portalUrl + "/v1/tickets/accept?ticket=" + ticket;
  co_return prepared;
}

Outcome<> write(Core& core, Transaction& tx, const Prepared& prepared) {
  const auto& invitation = prepared.invitation;
  if (!prepared.ignoreExisting) {
    if (tx.users().isEmailAddressClaimed(invitation.emailAddress)) {
      return Failure(errors::formIdentifierExists("email_address"));
    }
    if (tx.invitations().findPending(invitation.emailAddress, core.now())) {
      return Failure(errors::duplicateInvitation(invitation.emailAddress));
    }
  }
  tx.invitations().insert(invitation);
  if (prepared.notify && !isTestAddress(core.settings(), invitation.emailAddress)) {
    auto mail = invitationMail(core.settings(), invitation.emailAddress, prepared.url);
    mail.id = newId(id::message, core.now(), core.random());
    mail.createdAt = core.now();
    tx.outbox().insert(mail);
  }
  return {};
}

IssuedInvitation issued(const Prepared& prepared) { return {prepared.invitation, prepared.url}; }

template <class Act>
async::Task<Outcome<WaitlistEntry>> onEntry(Core& core, std::string id, Act act) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<WaitlistEntry> {
    const auto entry = tx.waitlistEntries().find(id);
    if (!entry) return Failure(errors::resourceNotFound());
    Outcome<> done = act(tx, *entry);
    if (!done) {
      tx.abandon();
      return done.error();
    }
    return *tx.waitlistEntries().find(id);
  });
}

Outcome<> move(Transaction& tx, const WaitlistEntry& entry, WaitlistStatus to,
               std::optional<std::string_view> invitation, Time now) {
  const bool open = entry.status == WaitlistStatus::Pending ||
                    (entry.status == WaitlistStatus::Rejected && to == WaitlistStatus::Invited);
  if (open && tx.waitlistEntries().advance(entry.id, entry.status, to, invitation, now)) return {};
  return Failure(errors::waitlistEntryAlready(nameOf(entry.status)));
}

/// Somebody who is signed in with the invited address joins at once. What else is wrong with the ticket, the page
/// tells.
async::Task<Outcome<AcceptedTicket>> acceptOrganizationTicket(Core& core, const Visitor& visitor,
                                                              std::string invitationId) {
  auto membershipId = newId(id::membership, core.now(), core.random());
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<AcceptedTicket> {
    const auto invitation = tx.organizationInvitations().find(invitationId);
    if (!invitation) return Failure(errors::ticketInvalid());
    const auto user = tx.users().findByEmailAddress(invitation->emailAddress);
    if (!user) return AcceptedTicket{invitation->redirectUrl, "sign_up"};
    const auto sessions =
        visitor.client ? tx.sessions().liveOfClient(visitor.client->id, core.now()) : std::vector<Session>();
    const bool here = std::ranges::find(sessions, user->id, &Session::userId) != sessions.end();
    if (here && acceptInside(core, tx, invitationId, *user, std::move(membershipId))) {
      return AcceptedTicket{invitation->redirectUrl, "complete"};
    }
    return AcceptedTicket{invitation->redirectUrl, "sign_in"};
  });
}

}  // namespace

async::Task<Outcome<IssuedInvitation>> createInvitation(Core& core, NewInvitation fields) {
  std::vector<NewInvitation> one;
  one.push_back(std::move(fields));
  auto made = co_await createInvitations(core, std::move(one));
  if (!made) co_return made.error();
  co_return std::move(made->front());
}

async::Task<Outcome<std::vector<IssuedInvitation>>> createInvitations(Core& core, std::vector<NewInvitation> all) {
  std::vector<Prepared> prepared;
  for (auto& fields : all) {
    auto one = co_await prepare(core, std::move(fields));
    if (!one) co_return one.error();
    prepared.push_back(*std::move(one));
  }
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<std::vector<IssuedInvitation>> {
    std::vector<IssuedInvitation> made;
    for (const auto& one : prepared) {
      if (auto written = write(core, tx, one); !written) {
        tx.abandon();
        return written.error();
      }
      made.push_back(issued(one));
    }
    return made;
  });
}

async::Task<Page<Invitation>> listInvitations(Core& core, Invitations::Filter filter, PageRequest page) {
  filter.now = core.now();
  co_return co_await core.store().scan([&](const Transaction& tx) { return tx.invitations().list(filter, page); });
}

async::Task<Outcome<Invitation>> revokeInvitation(Core& core, std::string invitationId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Invitation> {
    const auto invitation = tx.invitations().find(invitationId);
    if (!invitation) return Failure(errors::resourceNotFound());
    if (invitation->status == InvitationStatus::Accepted) return Failure(errors::invitationAlreadyAccepted());
    if (!tx.invitations().settle(invitationId, InvitationStatus::Revoked, std::nullopt, core.now())) {
      return Failure(errors::invitationAlreadyRevoked());
    }
    return *tx.invitations().find(invitationId);
  });
}

async::Task<Outcome<AcceptedTicket>> acceptTicket(Core& core, const Visitor& visitor, std::string text) {
  const auto ticket = readTicketOfAnyKind(core.tokens(), text, core.now());
  if (!ticket) co_return ticket.error();
  if (ticket->kind == TicketKind::SignInToken || ticket->kind == TicketKind::ActorToken)
    co_return AcceptedTicket{"", "sign_in"};
  if (ticket->kind == TicketKind::OrganizationInvitation) {
    co_return co_await acceptOrganizationTicket(core, visitor, ticket->id);
  }
  co_return co_await core.store().read([&](const Transaction& tx) -> Outcome<AcceptedTicket> {
    const auto invitation = tx.invitations().find(ticket->id);
    if (!invitation) return Failure(errors::ticketInvalid());
    // Somebody who has an account by now signs in to it; the page tells what else is wrong with the ticket.
    const bool known = tx.users().isEmailAddressClaimed(invitation->emailAddress);
    return AcceptedTicket{invitation->redirectUrl, known ? "sign_in" : "sign_up"};
  });
}

async::Task<Outcome<WaitlistEntry>> joinWaitlist(Core& core, std::string emailAddress, bool byBackend) {
  if (!byBackend && core.settings().signUpMode != SignUpMode::Waitlist) {
    co_return Failure(errors::waitlistNotAccepting());
  }
  auto email = normalEmailAddress(emailAddress, "email_address");
  if (!email) co_return email.error();
  const WaitlistEntry entry{.id = newId(id::waitlistEntry, core.now(), core.random()),
                            .emailAddress = *email,
                            .invitationId = std::nullopt,
                            .createdAt = core.now(),
                            .updatedAt = core.now()};
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<WaitlistEntry> {
    if (auto before = tx.waitlistEntries().findByEmailAddress(*email)) return *before;
    tx.waitlistEntries().insert(entry);
    return entry;
  });
}

async::Task<Page<WaitlistEntry>> listWaitlist(Core& core, std::optional<WaitlistStatus> status, std::string query,
                                              PageRequest page) {
  co_return co_await core.store().scan(
      [&](const Transaction& tx) { return tx.waitlistEntries().list(status, query, page); });
}

async::Task<Outcome<WaitlistEntry>> inviteWaitlistEntry(Core& core, std::string id, bool ignoreExisting) {
  auto entry = co_await core.store().read([&](const Transaction& tx) { return tx.waitlistEntries().find(id); });
  if (!entry) co_return Failure(errors::resourceNotFound());
  auto prepared = co_await prepare(core, {.emailAddress = entry->emailAddress, .ignoreExisting = ignoreExisting});
  if (!prepared) co_return prepared.error();
  co_return co_await onEntry(core, std::move(id), [&](Transaction& tx, const WaitlistEntry& now) -> Outcome<> {
    if (auto moved = move(tx, now, WaitlistStatus::Invited, prepared->invitation.id, core.now()); !moved) return moved;
    return write(core, tx, *prepared);
  });
}

async::Task<Outcome<WaitlistEntry>> rejectWaitlistEntry(Core& core, std::string id) {
  co_return co_await onEntry(core, std::move(id), [&](Transaction& tx, const WaitlistEntry& entry) {
    return move(tx, entry, WaitlistStatus::Rejected, std::nullopt, core.now());
  });
}

async::Task<Outcome<std::string>> deleteWaitlistEntry(Core& core, std::string id) {
  const bool erased = co_await core.store().transact([&](Transaction& tx) { return tx.waitlistEntries().erase(id); });
  if (!erased) co_return Failure(errors::resourceNotFound());
  co_return id;
}

async::Task<Outcome<RestrictedIdentifier>> addRestrictedIdentifier(Core& core, RestrictionList list,
                                                                   std::string identifier) {
  RestrictedIdentifier it{
      .id = newId(list == RestrictionList::Allowlist ? id::allowlistIdentifier : id::blocklistIdentifier, core.now(),
                  core.random()),
      .list = list,
      .identifierType = "email_address",
      .invitationId = std::nullopt,
      .createdAt = core.now(),
      .updatedAt = core.now()};
  if (const auto phone = parsePhoneNumber(identifier)) {
    it.identifier = *phone;
    it.identifierType = "phone_number";
  } else if (identifier.starts_with("*@")) {
    // A whole domain: an address there must be one.
    auto address = normalEmailAddress("a" + identifier.substr(1), "identifier");
    if (!address) co_return address.error();
    it.identifier = "*" + address->substr(1);
  } else {
    auto address = normalEmailAddress(identifier, "identifier");
    if (!address) co_return address.error();
    it.identifier = *std::move(address);
  }
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<RestrictedIdentifier> {
    if (tx.restrictedIdentifiers().exists(list, it.identifier)) return Failure(errors::duplicateRecord(it.identifier));
    tx.restrictedIdentifiers().insert(it);
    return it;
  });
}

async::Task<std::vector<RestrictedIdentifier>> listRestrictedIdentifiers(Core& core, RestrictionList list) {
  co_return co_await core.store().scan([&](const Transaction& tx) { return tx.restrictedIdentifiers().list(list); });
}

async::Task<Outcome<std::string>> deleteRestrictedIdentifier(Core& core, RestrictionList list, std::string id) {
  const bool erased =
      co_await core.store().transact([&](Transaction& tx) { return tx.restrictedIdentifiers().erase(list, id); });
  if (!erased) co_return Failure(errors::resourceNotFound());
  co_return id;
}

}  // namespace clerk::instance
