#include "store/migrations/migrations.hpp"

#include "store/migrations/audit.hpp"
#include "store/migrations/custom_action.hpp"
#include "store/migrations/delivery.hpp"
#include "store/migrations/enterprise.hpp"
#include "store/migrations/factors.hpp"
#include "store/migrations/organization_search.hpp"
#include "store/migrations/organizations.hpp"
#include "store/migrations/rates.hpp"
#include "store/migrations/registry.hpp"
#include "store/migrations/settings.hpp"

#include <array>

namespace clerk::instance {
namespace {

// Times are milliseconds since the epoch, truths are 0 and 1, JSON is text: what both engines read alike.
// Texts that people search and sort by are kept folded to lower case in columns of their own.
constexpr std::string_view core = R"sql(
create table instance (
  id text primary key,
  created_at bigint not null
);

create table keys (
  id text primary key,
  kind text not null,
  material text not null,
  sealed smallint not null,
  created_at bigint not null
);

create table counters (
  name text primary key,
  value bigint not null
);
insert into counters (name, value) values ('users', 0), ('banned_users', 0);

create table verifications (
  id text primary key,
  strategy text not null,
  status text not null,
  attempts integer,
  expire_at bigint,
  identification_id text not null,
  code_digest text,
  verified_at_client text not null,
  nonce text not null,
  external_redirect_url text not null,
  error_code text not null,
  error_message text not null,
  error_long_message text not null,
  created_at bigint not null
);

create table users (
  id text primary key,
  external_id text,
  username text,
  first_name text,
  last_name text,
  locale text,
  image_url text not null,
  email_addresses text not null,
  primary_email_address_id text,
  primary_phone_number_id text,
  primary_web3_wallet_id text,
  password_hasher text,
  password_digest text,
  password_updated_at bigint,
  mfa_enabled_at bigint,
  mfa_disabled_at bigint,
  public_metadata text not null,
  private_metadata text not null,
  unsafe_metadata text not null,
  banned smallint not null,
  failed_attempts integer not null,
  locked_at bigint,
  lock_expires_at bigint,
  delete_self_enabled smallint not null,
  create_organization_enabled smallint not null,
  create_organizations_limit integer,
  bypass_client_trust smallint not null,
  legal_accepted_at bigint,
  last_sign_in_at bigint,
  last_active_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  sort_email_address text,
  sort_phone_number text,
  sort_web3_wallet text,
  sort_first_name text,
  sort_last_name text,
  search_name text not null,
  search_text text not null
);
create unique index users_external_id on users (external_id) where external_id is not null;
create unique index users_username on users (username) where username is not null;
create index users_created_at on users (created_at, id);
create index users_updated_at on users (updated_at, id);
create index users_last_active_at on users (last_active_at, id);
create index users_last_sign_in_at on users (last_sign_in_at, id);
create index users_sort_username on users (username, id);
create index users_sort_email_address on users (sort_email_address, id);
create index users_sort_phone_number on users (sort_phone_number, id);
create index users_sort_web3_wallet on users (sort_web3_wallet, id);
create index users_sort_first_name on users (sort_first_name, id);
create index users_sort_last_name on users (sort_last_name, id);
create index users_banned on users (created_at, id) where banned = 1;

create table identifications (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  kind text not null,
  identifier text not null,
  claimed smallint not null
);
create unique index identifications_claimed on identifications (kind, identifier) where claimed = 1;
create index identifications_identifier on identifications (kind, identifier);
create index identifications_user on identifications (user_id);

create table clients (
  id text primary key,
  token_digest text not null,
  previous_token_digest text,
  previous_valid_until bigint,
  sign_in_id text,
  sign_up_id text,
  last_active_session_id text,
  last_authentication_strategy text,
  cookie_expires_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null
);
create index clients_created_at on clients (created_at, id);

create table dev_browsers (
  digest text primary key,
  client_id text,
  created_at bigint not null
);
create index dev_browsers_client on dev_browsers (client_id) where client_id is not null;

create table sessions (
  id text primary key,
  client_id text not null,
  user_id text not null references users (id) on delete cascade,
  status text not null,
  tasks text not null,
  actor text,
  last_active_organization_id text,
  first_factor_verified_at bigint,
  second_factor_verified_at bigint,
  activity_id text not null,
  activity_device_type text not null,
  activity_browser_name text not null,
  activity_browser_version text not null,
  activity_ip_address text not null,
  activity_is_mobile smallint not null,
  last_active_at bigint not null,
  expire_at bigint not null,
  abandon_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null
);
create index sessions_client on sessions (client_id, created_at, id);
create index sessions_user on sessions (user_id, created_at, id);
create index sessions_created_at on sessions (created_at, id);
create index sessions_abandon_at on sessions (abandon_at);

create table sign_ins (
  id text primary key,
  client_id text not null,
  status text not null,
  identifier text,
  user_id text references users (id) on delete cascade,
  first_factor_verification_id text,
  second_factor_verification_id text,
  created_session_id text,
  abandon_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null
);
create index sign_ins_user on sign_ins (user_id) where user_id is not null;
create index sign_ins_abandon_at on sign_ins (abandon_at);

create table sign_ups (
  id text primary key,
  client_id text not null,
  status text not null,
  email_address text,
  phone_number text,
  username text,
  web3_wallet text,
  first_name text,
  last_name text,
  locale text,
  password_hasher text,
  password_digest text,
  unsafe_metadata text not null,
  public_metadata text not null,
  external_id text,
  legal_accepted_at bigint,
  email_address_verification_id text,
  external_account_verification_id text,
  created_session_id text,
  created_user_id text,
  abandon_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null
);
create index sign_ups_abandon_at on sign_ups (abandon_at);

create table sign_in_tokens (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  status text not null,
  expires_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null
);
create index sign_in_tokens_user on sign_in_tokens (user_id);

create table handshake_nonces (
  digest text primary key,
  payload text not null,
  expires_at bigint not null
);
create index handshake_nonces_expires_at on handshake_nonces (expires_at);

create table outbox (
  id text primary key,
  channel text not null,
  status text not null,
  slug text not null,
  recipient text not null,
  subject text not null,
  body text not null,
  code text not null,
  user_id text not null,
  created_at bigint not null
);
create index outbox_recipient on outbox (recipient, created_at);
create index outbox_created_at on outbox (created_at, id);
create index outbox_queued on outbox (created_at, id) where status = 'queued';
)sql";

// Any three letters of search_text lead to its users.
constexpr std::string_view coreSqlite = R"sql(
create virtual table user_search using fts5 (search_text, content = 'users', tokenize = 'trigram');
create trigger users_search_insert after insert on users begin
  insert into user_search (rowid, search_text) values (new.rowid, new.search_text);
end;
create trigger users_search_update after update of search_text on users when old.search_text <> new.search_text begin
  insert into user_search (user_search, rowid, search_text) values ('delete', old.rowid, old.search_text);
  insert into user_search (rowid, search_text) values (new.rowid, new.search_text);
end;
create trigger users_search_delete after delete on users begin
  insert into user_search (user_search, rowid, search_text) values ('delete', old.rowid, old.search_text);
end;
)sql";

constexpr std::string_view corePostgres = R"sql(
create extension if not exists pg_trgm;
create index users_search on users using gin (search_text gin_trgm_ops);
)sql";

constexpr std::array all{
    Migration{1, "core", core, coreSqlite, corePostgres},
    Migration{2, "settings", schema::settings},
    Migration{3, "organizations", schema::organizations},
    Migration{4, "delivery", schema::delivery},
    Migration{5, "factors", schema::factors},
    Migration{6, "registry", schema::registry},
    Migration{7, "enterprise", schema::enterprise},
    Migration{11, "organization search", {}, schema::organizationSearchSqlite, schema::organizationSearchPostgres},
    Migration{12, "custom action", schema::customAction},
    Migration{13, "rates", schema::rates},
    Migration{14, "audit", schema::audit, schema::auditSqlite, schema::auditPostgres},
};

}  // namespace

std::span<const Migration> migrations() noexcept { return all; }

}  // namespace clerk::instance
