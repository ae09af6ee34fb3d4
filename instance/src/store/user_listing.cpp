// How a list stays as fast with a million users as with ten. A filter is either sparse (few users match: they are found
// by its index and sorted) or dense (many match: walking the index of the order meets a page of them soon). Which one
// it is, is tried: its index is asked for a few hundred ids. Sparse filters give candidates, whose intersection is then
// checked against everything; without candidates the order's index is walked.

#include "store/user_listing.hpp"

#include "store/folded_text.hpp"
#include "store/sql_builder.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace clerk::instance {
namespace {

using sql::Builder;
using sql::signedValues;

/// How many ids a sparse filter may give; beyond that, walking an order is cheaper.
constexpr std::int64_t sparseLimit = 500;

using Ids = std::vector<std::string>;  // sorted

Ids readIds(sql::Rows rows) {
  Ids ids;
  while (rows.next()) ids.push_back(rows.string(0));
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  return ids;
}

/// What sparse filters leave. Nothing yet: every user may match.
class Candidates {
 public:
  void narrow(Ids ids) {
    if (!ids_) {
      ids_ = std::move(ids);
      return;
    }
    Ids both;
    std::ranges::set_intersection(*ids_, ids, std::back_inserter(both));
    ids_ = std::move(both);
  }
  /// Ids that were asked for with a limit of one more than is sparse: too many tell nothing.
  void narrowIfSparse(Ids ids) {
    if (static_cast<std::int64_t>(ids.size()) <= sparseLimit) narrow(std::move(ids));
  }
  const std::optional<Ids>& ids() const noexcept { return ids_; }

 private:
  std::optional<Ids> ids_;
};

/// What an exact list of identifiers of one kind finds. A value may be had by one user who proved it and others who did
/// not.
void narrowByIdentifiers(Candidates& candidates, sql::Connection& sql, std::string_view kind,
                         const std::vector<std::string>& identifiers) {
  if (identifiers.empty()) return;
  std::vector<std::string> foldedOnes;
  for (const auto& identifier : identifiers) foldedOnes.push_back(foldCase(identifier));
  Builder builder;
  builder.add("select user_id from identifications where kind = ").parameter(kind);
  builder.add(" and identifier in ").listOf(foldedOnes);
  candidates.narrow(readIds(builder.run(sql)));
}

void narrowByColumn(Candidates& candidates, sql::Connection& sql, std::string_view column,
                    const std::vector<std::string>& values) {
  if (values.empty()) return;
  Builder builder;
  builder.add("select id from users where ").add(column).add(" in ").listOf(values);
  candidates.narrow(readIds(builder.run(sql)));
}

void narrowByOrganizations(Candidates& candidates, sql::Connection& sql, const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  Builder builder;
  builder.add("select user_id from organization_memberships where organization_id in ").listOf(ids);
  builder.add(" limit ").parameter(sparseLimit + 1);
  candidates.narrowIfSparse(readIds(builder.run(sql)));
}

void narrowByRange(Candidates& candidates, sql::Connection& sql, std::string_view column, std::optional<Time> after,
                   std::optional<Time> before) {
  if (!after && !before) return;
  Builder builder;
  builder.add("select id from users");
  if (after) builder.condition().add(column).add(" > ").parameter(*after);
  if (before) builder.condition().add(column).add(" < ").parameter(*before);
  builder.add(" limit ").parameter(sparseLimit + 1);
  candidates.narrowIfSparse(readIds(builder.run(sql)));
}

/// Ids of users by the beginning of their id: what people paste.
Ids idsWithPrefix(sql::Connection& sql, std::string_view prefix) {
  Builder builder;
  builder.add("select id from users where id >= ").parameter(prefix);
  builder.add(" and id < ").parameter(std::string(prefix) + "~").add(" limit ").parameter(sparseLimit + 1);
  return readIds(builder.run(sql));
}

bool looksLikeUserId(std::string_view text) noexcept { return text.starts_with("user_"); }

void narrowByPart(Candidates& candidates, sql::Connection& sql, const std::string& part) {
  if (part.empty()) return;
  auto found = sql.searchUsers(foldCase(part), sparseLimit + 1);
  if (!found) return;
  std::ranges::sort(*found);
  candidates.narrowIfSparse(std::move(*found));
}

void narrowByQuery(Candidates& candidates, sql::Connection& sql, const std::string& query) {
  if (looksLikeUserId(query)) {
    candidates.narrowIfSparse(idsWithPrefix(sql, query));
  } else {
    narrowByPart(candidates, sql, query);
  }
}

Candidates candidatesFor(sql::Connection& sql, const UserFilter& filter, std::optional<UserOrder> order) {
  Candidates candidates;
  narrowByColumn(candidates, sql, "id", signedValues(filter.userIds).included);
  narrowByColumn(candidates, sql, "external_id", signedValues(filter.externalIds).included);
  narrowByColumn(candidates, sql, "username", filter.usernames);
  narrowByOrganizations(candidates, sql, signedValues(filter.organizationIds).included);
  narrowByIdentifiers(candidates, sql, "email_address", filter.emailAddresses);
  narrowByIdentifiers(candidates, sql, "phone_number", filter.phoneNumbers);
  narrowByIdentifiers(candidates, sql, "web3_wallet", filter.web3Wallets);
  narrowByQuery(candidates, sql, filter.query);
  narrowByPart(candidates, sql, filter.emailAddressQuery);
  narrowByPart(candidates, sql, filter.usernameQuery);
  narrowByPart(candidates, sql, filter.nameQuery);
  narrowByRange(candidates, sql, "last_active_at", filter.lastActiveAtAfter, filter.lastActiveAtBefore);
  narrowByRange(candidates, sql, "last_sign_in_at", filter.lastSignInAtAfter, filter.lastSignInAtBefore);
  // The order by creation walks its range by itself.
  if (order != UserOrder::CreatedAt) {
    narrowByRange(candidates, sql, "created_at", filter.createdAtAfter, filter.createdAtBefore);
  }
  if (filter.banned == true) {
    Builder builder;
    builder.add("select id from users where banned = 1 limit ").parameter(sparseLimit + 1);
    candidates.narrowIfSparse(readIds(builder.run(sql)));
  }
  return candidates;
}

/// `+column` is the column, but keeps the engine from choosing its index: we know better which one to walk.
void addRange(Builder& builder, std::string_view column, std::optional<Time> after, std::optional<Time> before) {
  if (after) builder.condition().add(column).add(" > ").parameter(*after);
  if (before) builder.condition().add(column).add(" < ").parameter(*before);
}

void addContains(Builder& builder, std::string_view column, const std::string& part) {
  if (part.empty()) return;
  builder.condition().add(column).add(" like ").parameter(containsPattern(foldCase(part))).add(" escape '\\'");
}

void addIdentifierContains(Builder& builder, std::string_view kind, const std::string& part) {
  if (part.empty()) return;
  builder.condition()
      .add("exists (select 1 from identifications where user_id = users.id and kind = ")
      .parameter(kind)
      .add(" and identifier like ")
      .parameter(containsPattern(foldCase(part)))
      .add(" escape '\\')");
}

void addMembership(Builder& builder, std::string_view negation, const std::vector<std::string>& organizationIds) {
  if (organizationIds.empty()) return;
  builder.condition().add(negation).add(
      "exists (select 1 from organization_memberships where user_id = users.id and organization_id in ");
  builder.listOf(organizationIds).add(")");
}

void addExcluded(Builder& builder, std::string_view column, const std::vector<std::string>& values) {
  if (values.empty()) return;
  builder.condition().add("(").add(column).add(" is null or ").add(column).add(" not in ").listOf(values).add(")");
}

/// `order`: by which the rows are walked; absent for a count.
void addConditions(Builder& builder, const UserFilter& filter, const Candidates& candidates,
                   std::optional<UserOrder> order) {
  if (candidates.ids()) builder.condition().add("id in ").listOf(*candidates.ids());
  addExcluded(builder, "id", signedValues(filter.userIds).excluded);
  addExcluded(builder, "external_id", signedValues(filter.externalIds).excluded);
  addMembership(builder, "", signedValues(filter.organizationIds).included);
  addMembership(builder, "not ", signedValues(filter.organizationIds).excluded);
  if (looksLikeUserId(filter.query)) {
    builder.condition().add("id >= ").parameter(filter.query).add(" and id < ").parameter(filter.query + "~");
  } else {
    addContains(builder, "search_text", filter.query);
  }
  addContains(builder, "username", filter.usernameQuery);
  addContains(builder, "search_name", filter.nameQuery);
  addIdentifierContains(builder, "email_address", filter.emailAddressQuery);
  addIdentifierContains(builder, "phone_number", filter.phoneNumberQuery);
  if (filter.banned == true && order == UserOrder::CreatedAt && !candidates.ids()) {
    builder.condition().add("banned = 1");  // to the letter: these users have an index of their own in this order
  } else if (filter.banned) {
    builder.condition().add("+banned = ").parameter(std::int64_t{*filter.banned});
  }
  addRange(builder, "+last_active_at", filter.lastActiveAtAfter, filter.lastActiveAtBefore);
  addRange(builder, "+last_sign_in_at", filter.lastSignInAtAfter, filter.lastSignInAtBefore);
  addRange(builder, "created_at", filter.createdAtAfter, filter.createdAtBefore);
}

std::string_view columnOf(UserOrder order) noexcept {
  switch (order) {
    case UserOrder::UpdatedAt: return "updated_at";
    case UserOrder::EmailAddress: return "sort_email_address";
    case UserOrder::Web3Wallet: return "sort_web3_wallet";
    case UserOrder::FirstName: return "sort_first_name";
    case UserOrder::LastName: return "sort_last_name";
    case UserOrder::PhoneNumber: return "sort_phone_number";
    case UserOrder::Username: return "username";
    case UserOrder::LastActiveAt: return "last_active_at";
    case UserOrder::LastSignInAt: return "last_sign_in_at";
    default: return "created_at";
  }
}

/// Absent when the cursor is nobody's.
std::optional<Time> createdAtOf(sql::Connection& sql, std::string_view id) {
  auto rows = sql.query("select created_at from users where id = $1", {id});
  return rows.next() ? std::optional(rows.time(0)) : std::nullopt;
}

bool isEmpty(const UserFilter& filter) { return filter == UserFilter{}; }

std::int64_t counter(sql::Connection& sql, std::string_view name) {
  auto rows = sql.query("select value from counters where name = $1", {name});
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace

std::vector<std::string> listUserIds(sql::Connection& sql, const UserListRequest& request) {
  const auto candidates = candidatesFor(sql, request.filter, request.orderBy);
  if (candidates.ids() && candidates.ids()->empty()) return {};
  Builder builder;
  builder.add("select id from users");
  addConditions(builder, request.filter, candidates, request.orderBy);
  if (!request.startingAfter.empty()) {
    const auto createdAt = createdAtOf(sql, request.startingAfter);
    if (!createdAt) return {};
    builder.condition().add("(created_at, id) ").add(request.descending ? "<" : ">").add(" (");
    builder.parameter(*createdAt).add(", ").parameter(request.startingAfter).add(")");
  }
  const std::string_view direction = request.descending ? " desc" : " asc";
  builder.add(" order by ").add(columnOf(request.orderBy)).add(direction);
  builder.add(request.descending ? " nulls last" : " nulls first").add(", id").add(direction);
  builder.add(" limit ").parameter(request.limit).add(" offset ").parameter(request.offset);

  std::vector<std::string> ids;
  auto rows = builder.run(sql);
  while (rows.next()) ids.push_back(rows.string(0));
  return ids;
}

std::int64_t countUsersMatching(sql::Connection& sql, const UserFilter& filter) {
  if (isEmpty(filter)) return counter(sql, "users");
  if (filter.banned && isEmpty([&] {
        auto rest = filter;
        rest.banned.reset();
        return rest;
      }())) {
    const auto banned = counter(sql, "banned_users");
    return *filter.banned ? banned : counter(sql, "users") - banned;
  }
  const auto candidates = candidatesFor(sql, filter, std::nullopt);
  if (candidates.ids() && candidates.ids()->empty()) return 0;
  Builder builder;
  builder.add("select count(*) from users");
  addConditions(builder, filter, candidates, std::nullopt);
  auto rows = builder.run(sql);
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace clerk::instance
