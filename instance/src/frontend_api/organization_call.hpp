#pragma once
// What the operations of organizations have in common: a signed-in person who is, perhaps, a member.

#include "flows/organization/access.hpp"
#include "frontend_api/speaker.hpp"
#include "wire/json.hpp"

namespace clerk::instance::frontend_api {

/// Errors: `authentication_invalid`.
inline async::Task<Outcome<OrganizationActor>> actingMember(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  co_return OrganizationActor::member(state->user.id);
}

inline std::string organizationId(const Call& call) { return call.param("organization_id"); }

inline wire::View viewNow(const Call& call) { return {call.view.settings, call.core.now()}; }

/// One thing, as `render(view, thing)` shows it.
template <class Thing, class Render>
Outcome<wire::Json> shown(const Call& call, const Outcome<Thing>& thing, Render render) {
  if (!thing) return thing.error();
  return wire::Json(render(viewNow(call), *thing));
}

template <class Thing, class Render>
wire::JsonArray shownAll(const Call& call, const std::vector<Thing>& things, Render render) {
  wire::JsonArray list;
  for (const auto& thing : things) list.push_back(render(viewNow(call), thing));
  return list;
}

/// A page; the bare list for those who say `paginated=false`.
template <class Thing, class Render>
Outcome<wire::Json> shownPage(const Call& call, const Outcome<Page<Thing>>& page, Render render) {
  if (!page) return page.error();
  auto list = shownAll(call, page->data, render);
  auto query = call.query();
  if (query.boolean("paginated") == false) return wire::Json(std::move(list));
  return wire::Json(wire::page(std::move(list), page->totalCount));
}

}  // namespace clerk::instance::frontend_api
