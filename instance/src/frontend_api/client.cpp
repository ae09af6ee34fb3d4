#include "wire/client.hpp"

#include "frontend_api/client_cookies.hpp"
#include "frontend_api/redirect.hpp"
#include "frontend_api/resources.hpp"

namespace clerk::instance::frontend_api {
namespace {

async::Task<Outcome<wire::Json>> read(Call& call) {
  const auto state = co_await readClient(call.core, call.visitor);
  co_return wire::client(call.view, state);
}

async::Task<Outcome<wire::Json>> ensure(Call& call) {
  co_await ensureClient(call.core, call.visitor);
  co_return nullptr;
}

async::Task<Outcome<wire::Json>> destroy(Call& call) {
  const auto destroyed = co_await destroyClient(call.core, call.visitor);
  if (!destroyed) co_return destroyed.error();
  co_return nullptr;
}

async::Task<Outcome<wire::Json>> removeSessions(Call& call) {
  const auto client = co_await removeClientSessions(call.core, call.visitor);
  if (!client) co_return client.error();
  co_return nullptr;
}

/// A navigation that renews the client's cookies: browsers that shorten the life of cookies set by fetches leave those
/// of documents alone.
async::Task<Outcome<wire::Json>> touch(Call& call) {
  const auto target = redirectTarget(call);
  if (!target) co_return target.error();
  co_await addClientCookies(call, co_await clientUat(call.core, call.visitor));
  co_return wire::Json(target->text());
}

}  // namespace

void addClient(Operations& operations) {
  operations.add("/client", {"GET", Envelope::Read, read});
  operations.add("/client", {"PUT", Envelope::Client, ensure});
  operations.add("/client", {"POST", Envelope::Client, ensure});
  operations.add("/client", {"DELETE", Envelope::Client, destroy});
  operations.add("/client/sessions", {"DELETE", Envelope::Client, removeSessions});
  operations.add("/client/touch", {"GET", Envelope::Redirect, touch, Asker::Anybody});
}

}  // namespace clerk::instance::frontend_api
