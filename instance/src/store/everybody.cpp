#include "store/everybody.hpp"

namespace clerk::instance {
namespace {

// What belongs to a user or an organization goes with it: foreign keys cascade.
constexpr const char* statements[] = {
    "delete from users",
    "delete from organizations",
    "delete from clients",
    "delete from dev_browsers",
    "delete from sign_ins",
    "delete from sign_ups",
    "delete from verifications",
    "delete from handshake_nonces",
    "delete from email_links",
    "delete from oauth_states",
    "delete from images",
    "delete from invitations",
    "delete from waitlist_entries",
    "delete from outbox",
    "delete from rate_windows",
    "delete from webhook_events",
    "delete from registry where owner like 'user\\_%' escape '\\' or owner like 'org\\_%' escape '\\'",
    "update counters set value = 0",
};

}  // namespace

void eraseEverybody(sql::Connection& connection) {
  for (const auto* statement : statements) connection.execute(statement, {});
}

}  // namespace clerk::instance
