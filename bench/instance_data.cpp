// Fills the database of an instance for bench/instance.mjs: bench_instance_data DATABASE USERS [SESSIONS]
// DATABASE is a folder (SQLite) or a connection string of PostgreSQL that `clerkd migrate` has made. Users are written
// by the store itself, thousands in a transaction; one organization with ten members for each hundred users. What is
// there already is kept. Ids follow from numbers: user_3 and 26 digits.

#include "store/store.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

using namespace clerk::instance;
using namespace std::chrono_literals;

constexpr int batch = 5000;
constexpr int usersOfOrganization = 100;
constexpr int members = 10;

std::string numbered(std::string_view prefix, int n) {
  const auto digits = std::to_string(n);
  return std::string(prefix) + "_3" + std::string(26 - digits.size(), '0') + digits;
}

User userOf(int n, Time start) {
  User user;
  user.id = numbered("user", n);
  user.firstName = "Ada" + std::to_string(n % 5000);
  user.lastName = n % 2 ? "Lovelace" : "Hopper";
  user.publicMetadata = {{"plan", "pro"}};
  user.createdAt = user.updatedAt = start + std::chrono::seconds(n);
  user.lastActiveAt = user.lastSignInAt = user.createdAt + 1h;
  EmailAddress email;
  email.id = numbered("idn", n);
  email.emailAddress = "ada" + std::to_string(n) + "@example.com";
  email.createdAt = email.updatedAt = user.createdAt;
  email.verification = Verification{.id = numbered("ver", n),
                                    .strategy = "email_code",
                                    .status = VerificationStatus::Verified,
                                    .attempts = 1,
                                    .expireAt = start,
                                    .createdAt = start};
  user.primaryEmailAddressId = email.id;
  user.emailAddresses.push_back(email);
  return user;
}

void insertOrganization(Transaction& tx, int n, const RoleSet& roles, Time start) {
  Organization organization;
  organization.id = numbered("org", n);
  organization.name = "Analytical Engines " + std::to_string(n);
  organization.slug = "engines-" + std::to_string(n);
  organization.createdBy = numbered("user", n * usersOfOrganization);
  organization.roleSetId = roles.id;
  organization.createdAt = organization.updatedAt = start + std::chrono::seconds(n);
  if (!tx.organizations().insert(organization)) std::abort();
  for (int i = 0; i < members; ++i) {
    tx.memberships().insert({.id = numbered("orgmem", n * members + i),
                             .organizationId = organization.id,
                             .userId = numbered("user", n * usersOfOrganization + i),
                             .roleKey = i == 0 ? "org:admin" : "org:member",
                             .createdAt = organization.createdAt});
  }
}

void insertUsers(Store& store, int count, Time start) {
  int there = 0;
  store.readNow([&](const Transaction& tx) { there = static_cast<int>(tx.users().count({})); });
  for (int from = there; from < count; from += batch) {
    store.writeNow([&](Transaction& tx) {
      const auto roles = tx.roleSets().findInitial();
      for (int n = from; n < std::min(from + batch, count); ++n) {
        if (!tx.users().insert(userOf(n, start))) std::abort();
        if (roles && n % usersOfOrganization == usersOfOrganization - 1) {
          insertOrganization(tx, n / usersOfOrganization, *roles, start);
        }
      }
    });
  }
}

/// Each of a user of its own, at a client of its own.
void insertSessions(Store& store, int count, int users, Time now) {
  store.writeNow([&](Transaction& tx) {
    for (int n = 0; n < count; ++n) {
      const auto id = numbered("sess", n);
      if (tx.sessions().find(id)) continue;
      Session session;
      session.id = id;
      session.clientId = numbered("client", n);
      session.userId = numbered("user", n % users);
      session.createdAt = session.updatedAt = session.lastActiveAt = now;
      session.expireAt = now + std::chrono::days(7);
      session.abandonAt = now + std::chrono::days(30);
      tx.clients().insert({.id = session.clientId,
                           .lastActiveSessionId = id,
                           .cookieExpiresAt = now + std::chrono::days(400),
                           .createdAt = now,
                           .updatedAt = now},
                          "nobody's");
      tx.sessions().insert(session);
    }
  });
}

}  // namespace

int main(int count, char** values) {
  if (count < 3) {
    std::fprintf(stderr, "bench_instance_data FOLDER|postgresql://… USERS [SESSIONS]\n");
    return 2;
  }
  const std::string where = values[1];
  const int users = std::atoi(values[2]);
  const int sessions = count > 3 ? std::atoi(values[3]) : 0;
  const Time now = SystemClock().now();
  const Time start = fromMilliseconds(1'700'000'000'000);
  try {
    auto store = std::filesystem::is_directory(where)
                     ? openSqliteStore({.file = std::filesystem::path(where) / "clerk.db"}, now)
                     : openPostgresStore({.connection = where, .readingConnections = 1}, now);
    insertUsers(*store, users, start);
    insertSessions(*store, sessions, users, now);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_instance_data: %s\n", error.what());
    return 1;
  }
  return 0;
}
