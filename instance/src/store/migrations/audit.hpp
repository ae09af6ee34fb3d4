#pragma once
// The audit log, and the sessions of the dashboard that were signed out before their time.

#include <string_view>

namespace clerk::instance::schema {

// `objects` are ids with a blank between them; audit_log_objects finds the entries of one of them.
inline constexpr std::string_view audit = R"sql(
create table audit_log (
  id text primary key,
  source text not null,
  actor text not null,
  operation text not null,
  objects text not null,
  request_id text not null,
  ip_address text not null,
  created_at bigint not null
);
create index audit_log_created_at on audit_log (created_at, id);
create index audit_log_source on audit_log (source, created_at, id);

create table audit_log_objects (
  object_id text not null,
  created_at bigint not null,
  entry_id text not null references audit_log (id) on delete cascade,
  primary key (object_id, created_at, entry_id)
);
create index audit_log_objects_entry on audit_log_objects (entry_id);

create table dashboard_sign_outs (
  session_id text primary key,
  expires_at bigint not null
);
create index dashboard_sign_outs_expires_at on dashboard_sign_outs (expires_at);

create index webhook_deliveries_created_at on webhook_deliveries (created_at, id);
create index outbox_status on outbox (status, created_at, id);
create index webhook_deliveries_status on webhook_deliveries (status, created_at, id);
)sql";

// What was written stays as it is, until it is old enough to go.
inline constexpr std::string_view auditSqlite = R"sql(
create trigger audit_log_append_only before update on audit_log begin
  select raise(abort, 'the audit log is append-only');
end;
)sql";

inline constexpr std::string_view auditPostgres = R"sql(
create function audit_log_refuse_update() returns trigger language plpgsql as $body$
begin
  raise exception 'the audit log is append-only';
end
$body$;
create trigger audit_log_append_only before update on audit_log
  for each row execute function audit_log_refuse_update();
)sql";

}  // namespace clerk::instance::schema
