#pragma once
// How an operation's outcome becomes its answer: one thing, or a page of them.

#include "backend_api/operation.hpp"
#include "model/page.hpp"

#include <vector>

namespace clerk::instance::backend_api {

/// `render(view, thing)` is one of wire/'s functions.
template <class Thing, class Render>
Outcome<wire::Json> shown(const Call& call, const Outcome<Thing>& thing, Render render) {
  if (!thing) return thing.error();
  return wire::Json(render(call.view(), *thing));
}

template <class Thing, class Render>
wire::Json pageOf(const Call& call, const Page<Thing>& page, Render render) {
  wire::JsonArray list;
  const auto view = call.view();
  for (const auto& thing : page.data) list.push_back(render(view, thing));
  return wire::page(std::move(list), page.totalCount);
}

template <class Thing, class Render>
Outcome<wire::Json> shownPage(const Call& call, const Outcome<Page<Thing>>& page, Render render) {
  if (!page) return page.error();
  return pageOf(call, *page, render);
}

}  // namespace clerk::instance::backend_api
