#include "wire/session.hpp"

#include "flows/jwt_template/jwt_template.hpp"
#include "flows/session/session.hpp"
#include "frontend_api/client_cookies.hpp"
#include "frontend_api/resources.hpp"

namespace clerk::instance::frontend_api {
namespace {

Outcome<wire::Json> shown(const Call& call, const Outcome<SessionState>& state) {
  if (!state) return state.error();
  return wire::Json(wire::session({call.view.settings, call.core.now()}, *state));
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shown(call, co_await getSession(call.core, call.visitor, call.param("session_id")));
}

async::Task<Outcome<wire::Json>> touch(Call& call) {
  auto form = call.form();
  TouchFields fields{.activeOrganizationId = form.text("active_organization_id"),
                     .intent = form.text("intent").value_or("")};
  const auto& intent = fields.intent;
  if (!intent.empty() && intent != "focus" && intent != "select_session" && intent != "select_org") {
    form.refuse(wire::wrong::paramValue("intent", "focus, select_session, select_org"));
  }
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await touchSession(call.core, call.visitor, call.param("session_id"), std::move(fields)));
}

async::Task<Outcome<wire::Json>> createToken(Call& call) {
  auto form = call.form();
  auto organizationId = form.text("organization_id");
  if (auto wrong = form.failure()) co_return *wrong;
  const auto token =
      co_await createSessionToken(call.core, call.visitor, call.param("session_id"), std::move(organizationId));
  if (!token) co_return token.error();
  if (!call.native) addSessionCookies(call, *token);
  co_return wire::Json(wire::token(*token));
}

async::Task<Outcome<wire::Json>> createTemplateTokenOfVisitor(Call& call) {
  const auto state = co_await getSession(call.core, call.visitor, call.param("session_id"));
  if (!state) co_return state.error();
  const auto token = co_await createTemplateToken(call.core, state->session, call.param("template_name"),
                                                  call.visitor.origin, std::nullopt);
  if (!token) co_return token.error();
  co_return wire::Json(wire::token(*token));
}

async::Task<Outcome<wire::Json>> end(Call& call) {
  co_return shown(call, co_await endSession(call.core, call.visitor, call.param("session_id")));
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  co_return shown(call, co_await removeSession(call.core, call.visitor, call.param("session_id")));
}

}  // namespace

void addSessions(Operations& operations) {
  operations.add("/client/sessions/:session_id", {"GET", Envelope::Read, read});
  operations.add("/client/sessions/:session_id/touch", {"POST", Envelope::Mutation, touch});
  operations.add("/client/sessions/:session_id/tokens", {"POST", Envelope::Bare, createToken});
  operations.add("/client/sessions/:session_id/tokens/:template_name",
                 {"POST", Envelope::Bare, createTemplateTokenOfVisitor});
  operations.add("/client/sessions/:session_id/end", {"POST", Envelope::Mutation, end});
  operations.add("/client/sessions/:session_id/remove", {"POST", Envelope::Mutation, remove});
}

}  // namespace clerk::instance::frontend_api
