#include "flows/user/bulk_ban.hpp"

#include "model/errors.hpp"

namespace clerk::instance {

async::Task<Outcome<std::vector<User>>> banUsers(Core& core, std::vector<std::string> userIds, Banning banning) {
  const auto missing = co_await core.store().read([&](const Transaction& tx) -> std::optional<std::string> {
    for (const auto& id : userIds) {
      if (!tx.users().exists(id)) return id;
    }
    return std::nullopt;
  });
  if (missing) co_return Failure(errors::userNotFound(*missing));
  std::vector<User> users;
  for (const auto& id : userIds) {
    auto user = banning == Banning::Ban ? co_await banUser(core, id) : co_await unbanUser(core, id);
    if (!user) co_return user.error();
    users.push_back(*std::move(user));
  }
  co_return users;
}

}  // namespace clerk::instance
