#pragma once
// What every engine must do, as tests: an engine's own test file instantiates the suite with a way to open itself.

#include "store/store.hpp"

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace clerk::instance {

struct Engine {
  std::string name;
  /// A store over an empty database, which is gone with the returned pointer's store.
  std::function<std::unique_ptr<Store>()> open;
};

class StoreContract : public testing::TestWithParam<Engine> {
 protected:
  StoreContract() : store(GetParam().open()) {}

  template <class Work>
  auto write(Work work) {
    return async::blockOn([&] { return store->transact(work); });
  }
  template <class Work>
  auto read(Work work) {
    return async::blockOn([&] { return store->read(work); });
  }

  std::unique_ptr<Store> store;
};

/// The same for organizations; see organization_contract_test.cpp.
class OrganizationContract : public StoreContract {
 protected:
  /// Three users, and the roles that every instance has.
  OrganizationContract();
  Organization make(const std::string& slug, Transaction& tx);
  void join(Transaction& tx, const Organization& organization, int user, std::string_view role = role::member);
};

/// The same for lists of users.
class UserListContract : public StoreContract {
 protected:
  std::vector<int> list(UserListRequest request);
  std::int64_t count(UserFilter filter);
  void insert(int n, const std::function<void(User&)>& change = nullptr);
};

/// A user with one verified address and sensible values everywhere; `n` makes it different from others.
User sampleUser(int n);
Session sampleSession(int n, std::string_view userId, std::string_view clientId);

}  // namespace clerk::instance
