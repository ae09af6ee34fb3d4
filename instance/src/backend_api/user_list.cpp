#include "backend_api/backend_api.hpp"
#include "wire/error.hpp"
#include "wire/user.hpp"

#include <algorithm>
#include <utility>

namespace clerk::instance::backend_api {
namespace {

constexpr std::size_t maxValues = 100;  // of one repeated parameter (Backend API document)

std::vector<std::string> readList(api::TextFields& query, std::string_view name) {
  auto values = query.list(name);
  if (values.size() > maxValues) query.refuse(wire::wrong::paramArraySize(name, maxValues));
  return values;
}

UserFilter readFilter(api::TextFields& query) {
  UserFilter filter{.emailAddresses = readList(query, "email_address"),
                    .phoneNumbers = readList(query, "phone_number"),
                    .web3Wallets = readList(query, "web3_wallet"),
                    .usernames = readList(query, "username"),
                    .externalIds = readList(query, "external_id"),
                    .userIds = readList(query, "user_id"),
                    .organizationIds = readList(query, "organization_id"),
                    .query = query.text("query").value_or(""),
                    .emailAddressQuery = query.text("email_address_query").value_or(""),
                    .phoneNumberQuery = query.text("phone_number_query").value_or(""),
                    .usernameQuery = query.text("username_query").value_or(""),
                    .nameQuery = query.text("name_query").value_or(""),
                    .banned = query.boolean("banned"),
                    .lastActiveAtBefore = query.time("last_active_at_before"),
                    .lastActiveAtAfter = query.time("last_active_at_after"),
                    .createdAtBefore = query.time("created_at_before"),
                    .createdAtAfter = query.time("created_at_after"),
                    .lastSignInAtBefore = query.time("last_sign_in_at_before"),
                    .lastSignInAtAfter = query.time("last_sign_in_at_after")};
  const auto since = query.time("last_active_at_since");
  if (!filter.lastActiveAtAfter) filter.lastActiveAtAfter = since;
  return filter;
}

/// True when the query asks for what no user of this instance has: an account at a provider.
bool asksForWhatNobodyHas(api::TextFields& query) { return query.has("provider") || query.has("provider_user_id"); }

void readOrder(api::TextFields& query, UserListRequest& request) {
  static constexpr std::pair<std::string_view, UserOrder> orders[] = {
      {"created_at", UserOrder::CreatedAt},        {"updated_at", UserOrder::UpdatedAt},
      {"email_address", UserOrder::EmailAddress},  {"web3wallet", UserOrder::Web3Wallet},
      {"first_name", UserOrder::FirstName},        {"last_name", UserOrder::LastName},
      {"phone_number", UserOrder::PhoneNumber},    {"username", UserOrder::Username},
      {"last_active_at", UserOrder::LastActiveAt}, {"last_sign_in_at", UserOrder::LastSignInAt},
  };
  const auto text = query.text("order_by").value_or("");
  if (text.empty()) return;
  std::string_view field = text;
  request.descending = field.starts_with('-');
  // An unescaped + in a query is a blank.
  if (field.starts_with('-') || field.starts_with('+') || field.starts_with(' ')) field.remove_prefix(1);
  const auto* order = std::ranges::find(orders, field, &std::pair<std::string_view, UserOrder>::first);
  if (order == std::end(orders)) {
    query.refuse(
        wire::wrong::paramValue("order_by",
                                "created_at, updated_at, email_address, web3wallet, first_name, last_name, "
                                "phone_number, username, last_active_at, last_sign_in_at, each with + or - before it"));
    return;
  }
  request.orderBy = order->second;
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  const auto page = readPage(query);
  UserListRequest request{.filter = readFilter(query), .limit = page.limit, .offset = page.offset};
  readOrder(query, request);
  request.startingAfter = query.text("starting_after").value_or("");
  const bool nobody = asksForWhatNobodyHas(query);
  if (auto wrong = query.failure()) co_return *wrong;
  if (nobody) co_return wire::Json(wire::JsonArray());
  const auto users = co_await listUsers(call.core, std::move(request));
  if (!users) co_return users.error();
  const auto view = call.view();
  call.text = "[";
  for (const auto& user : *users) {
    if (call.text.size() > 1) call.text.push_back(',');
    wire::appendBackendUser(call.text, view, user);
  }
  call.text.push_back(']');
  co_return wire::Json();
}

async::Task<Outcome<wire::Json>> count(Call& call) {
  auto query = call.query();
  auto filter = readFilter(query);
  const bool nobody = asksForWhatNobodyHas(query);
  if (auto wrong = query.failure()) co_return *wrong;
  const auto total = nobody ? 0 : co_await countUsers(call.core, std::move(filter));
  co_return wire::JsonObject{{"object", "total_count"}, {"total_count", total}};
}

}  // namespace

void addUserList(const AddOperation& add) {
  add("GET", "/users", list);
  add("GET", "/users/count", count);
}

}  // namespace clerk::instance::backend_api
