#pragma once
// What every engine must do, as tests: an engine's own test file instantiates the suite with a way to open itself.

#include "model/random.hpp"
#include "store/recording_store.hpp"
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

/// The same for the audit log.
class AuditContract : public StoreContract {
 public:
  static constexpr Time start = fromMilliseconds(1'800'000'000'000);

 protected:
  struct StillClock final : Clock {
    Time now() const override { return start; }
  };

  void insert(const std::string& id, Time at, AuditSource source = AuditSource::BackendApi,
              std::vector<std::string> objects = {}) {
    write([&](Transaction& tx) {
      tx.auditLog().insert({.id = id,
                            .actor = {.source = source,
                                      .id = "key_1",
                                      .operation = "POST /users/:user_id/ban",
                                      .requestId = "req-1",
                                      .ipAddress = "192.0.2.1",
                                      .objects = std::move(objects)},
                            .createdAt = at});
    });
  }
  std::vector<AuditEntry> entries(const AuditFilter& filter = {}, std::int64_t limit = 10) {
    return read([&](const Transaction& tx) { return tx.auditLog().list(filter, limit); });
  }
  std::vector<std::string> ids(const AuditFilter& filter = {}, std::int64_t limit = 10) {
    std::vector<std::string> all;
    for (const auto& entry : entries(filter, limit)) all.push_back(entry.id);
    return all;
  }
  /// Runs a unit as somebody who acts.
  template <class Work>
  void act(Work work) {
    RecordingStore acting(*store, {.operation = "DELETE /jwt_templates/:template_id", .objects = {"jtmp_1", "no id"}},
                          clock, random);
    async::blockOn([&] { return acting.transact(work); });
  }
  static RegistryEntry jwtTemplate(const std::string& id) {
    return {.kind = std::string(registry::jwtTemplate.name), .id = id, .createdAt = start, .updatedAt = start};
  }

  StillClock clock;
  SystemRandom random;
};

/// A user with one verified address and sensible values everywhere; `n` makes it different from others.
User sampleUser(int n);
Session sampleSession(int n, std::string_view userId, std::string_view clientId);

}  // namespace clerk::instance
