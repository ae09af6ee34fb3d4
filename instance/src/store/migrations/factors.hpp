#pragma once
// What the instance keeps for second factors, phones, links, social connections, invitations and pictures.

#include <string_view>

namespace clerk::instance::schema {

inline constexpr std::string_view factors = R"sql(
alter table users add column factors text not null default '{}';
alter table sign_ups add column phone_number_verification_id text;
alter table sign_ups add column external_account text;
alter table sign_ups add column invitation_id text;

create table totp_secrets (
  user_id text primary key references users (id) on delete cascade,
  id text not null,
  secret text not null,
  verified smallint not null,
  last_step bigint not null,
  created_at bigint not null,
  updated_at bigint not null
);

create table backup_codes (
  user_id text not null references users (id) on delete cascade,
  digest text not null,
  primary key (user_id, digest)
);

create table images (
  id text primary key,
  owner_id text not null,
  content_type text not null,
  content text not null,
  created_at bigint not null
);
create index images_owner on images (owner_id);

create table email_links (
  digest text primary key,
  verification_id text not null,
  owner_kind text not null,
  owner_id text not null,
  client_id text not null,
  redirect_url text not null,
  expires_at bigint not null
);
create index email_links_expires_at on email_links (expires_at);

create table oauth_states (
  digest text primary key,
  strategy text not null,
  owner_kind text not null,
  owner_id text not null,
  client_id text not null,
  verification_id text not null,
  nonce text not null,
  code_verifier text not null,
  redirect_url text not null,
  complete_url text not null,
  expires_at bigint not null
);
create index oauth_states_expires_at on oauth_states (expires_at);

create table session_reverifications (
  session_id text primary key references sessions (id) on delete cascade,
  id text not null,
  status text not null,
  level text not null,
  first_factor_verification_id text,
  second_factor_verification_id text,
  created_at bigint not null,
  updated_at bigint not null
);

create table invitations (
  id text primary key,
  email_address text not null,
  status text not null,
  public_metadata text not null,
  redirect_url text not null,
  expires_at bigint not null,
  user_id text,
  created_at bigint not null,
  updated_at bigint not null
);
create index invitations_created_at on invitations (created_at, id);
create index invitations_email_address on invitations (email_address);

create table waitlist_entries (
  id text primary key,
  email_address text not null unique,
  status text not null,
  invitation_id text,
  created_at bigint not null,
  updated_at bigint not null
);
create index waitlist_entries_created_at on waitlist_entries (created_at, id);

create table restricted_identifiers (
  id text primary key,
  list text not null,
  identifier text not null,
  identifier_type text not null,
  invitation_id text,
  created_at bigint not null,
  updated_at bigint not null,
  unique (list, identifier)
);
)sql";

}  // namespace clerk::instance::schema
