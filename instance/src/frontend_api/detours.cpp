// Where browsers come back: links of mails, tickets, and the waitlist.

#include "api/web_address.hpp"
#include "flows/invitations/invitations.hpp"
#include "flows/links/email_link.hpp"
#include "frontend_api/resources.hpp"
#include "wire/json.hpp"

namespace clerk::instance::frontend_api {
namespace {

api::WebAddress addressOr(const std::string& url, const std::string& fallback) {
  auto address = api::WebAddress::parse(url);
  return address ? *std::move(address) : *api::WebAddress::parse(fallback);
}

std::string withQuery(const std::string& url, std::string_view name, std::string_view value) {
  return api::WebAddress::parse(url)->withQuery(name, value);
}

async::Task<Outcome<wire::Json>> verifyLink(Call& call) {
  const auto token = call.queryText("token");
  if (!token || token->empty()) co_return wire::wrong::queryMissing("token");
  const auto followed = co_await followEmailLink(call.core, call.visitor, *token);
  if (!followed) co_return followed.error();
  const auto target = addressOr(followed->redirectUrl, call.core.settings().portalUrl + "/");
  auto url = target.withQuery("__clerk_status", followed->status);
  if (!followed->createdSessionId.empty()) {
    url = withQuery(url, "__clerk_created_session", followed->createdSessionId);
  }
  co_return wire::Json(url);
}

async::Task<Outcome<wire::Json>> acceptTicketOf(Call& call) {
  const auto ticket = call.queryText("ticket");
  if (!ticket || ticket->empty()) co_return wire::wrong::queryMissing("ticket");
  const auto accepted = co_await acceptTicket(call.core, call.visitor, *ticket);
  if (!accepted) co_return accepted.error();
  const std::string_view status = accepted->status;
  const auto* page = status == "complete" ? "/" : status == "sign_in" ? "/sign-in" : "/sign-up";
  const auto target = addressOr(accepted->redirectUrl, call.core.settings().portalUrl + page);
  const auto url = target.withQuery("__clerk_ticket", *ticket);
  co_return wire::Json(withQuery(url, "__clerk_status", accepted->status));
}

async::Task<Outcome<wire::Json>> join(Call& call) {
  auto form = call.form();
  auto email = form.requiredText("email_address");
  if (auto wrong = form.failure()) co_return *wrong;
  const auto entry = co_await joinWaitlist(call.core, std::move(email), false);
  if (!entry) co_return entry.error();
  // The address is not repeated: whoever asks may not be its owner.
  co_return wire::Json(wire::JsonObject{{"object", "waitlist_entry"}, {"id", entry->id}});
}

}  // namespace

void addDetours(Operations& operations) {
  operations.add("/verify", {"GET", Envelope::Document, verifyLink, Asker::Anybody});
  operations.add("/tickets/accept", {"GET", Envelope::Redirect303, acceptTicketOf, Asker::Anybody});
  operations.add("/waitlist", {"POST", Envelope::Bare, join, Asker::Anybody});
}

}  // namespace clerk::instance::frontend_api
