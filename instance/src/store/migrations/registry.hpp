#pragma once
// The table of what operators register, and those of webhooks.

#include <string_view>

namespace clerk::instance::schema {

// Ids are unique over all kinds: their prefix says the kind.
inline constexpr std::string_view registry = R"sql(
create table registry (
  id text primary key,
  kind text not null,
  owner text not null,
  name text not null,
  digest text not null,
  status text not null,
  document text not null,
  search_text text not null,
  expires_at bigint,
  last_used_at bigint,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index registry_name on registry (kind, name) where name <> '';
create unique index registry_digest on registry (kind, digest) where digest <> '';
create index registry_created_at on registry (kind, created_at, id);
create index registry_owner on registry (owner, kind, created_at, id) where owner <> '';
create index registry_expires_at on registry (expires_at) where expires_at is not null;

create table webhook_events (
  id text primary key,
  type text not null,
  payload text not null,
  created_at bigint not null
);
create index webhook_events_created_at on webhook_events (created_at);

create table webhook_deliveries (
  id text primary key,
  event_id text not null references webhook_events (id) on delete cascade,
  endpoint_id text not null,
  status text not null,
  attempts integer not null,
  due_at bigint not null,
  leased_until bigint not null,
  last_status integer not null,
  last_error text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create index webhook_deliveries_due on webhook_deliveries (due_at, id) where status = 'waiting';
create index webhook_deliveries_event on webhook_deliveries (event_id);
create index webhook_deliveries_endpoint on webhook_deliveries (endpoint_id, created_at);
)sql";

}  // namespace clerk::instance::schema
