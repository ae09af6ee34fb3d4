#include "backend_api/backend_api.hpp"
#include "flows/user/bulk_ban.hpp"
#include "wire/error.hpp"
#include "wire/user.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr std::size_t mostUsers = 100;

async::Task<Outcome<wire::Json>> change(Call& call, Banning banning) {
  auto body = call.body();
  auto ids = body.listChange("user_ids", mostUsers);
  auto wrong = body.failure();
  if (!wrong && !ids) wrong = wire::wrong::paramMissing("user_ids");
  if (wrong) co_return *wrong;
  const auto users = co_await banUsers(call.core, *std::move(ids), banning);
  if (!users) co_return users.error();
  wire::JsonArray list;
  for (const auto& user : *users) list.push_back(wire::backendUser(call.view(), user));
  co_return wire::Json(std::move(list));
}

async::Task<Outcome<wire::Json>> ban(Call& call) { return change(call, Banning::Ban); }
async::Task<Outcome<wire::Json>> unban(Call& call) { return change(call, Banning::Unban); }

}  // namespace

void addUserBans(const AddOperation& add) {
  add("POST", "/users/ban", ban);
  add("POST", "/users/unban", unban);
}

}  // namespace clerk::instance::backend_api
