#pragma once
// What the instance keeps for passwords that are known to others, codes that backends ask for, and the tokens that
// other providers gave for people.

#include <string_view>

namespace clerk::instance::schema {

inline constexpr std::string_view enterprise = R"sql(
alter table users add column password_compromised smallint not null default 0;

create table backend_verifications (
  verification_id text primary key,
  identification_id text not null,
  expires_at bigint not null
);
create index backend_verifications_identification on backend_verifications (identification_id);
create index backend_verifications_expires_at on backend_verifications (expires_at);

create table provider_tokens (
  account_id text primary key,
  user_id text not null,
  access_token text not null,
  refresh_token text not null,
  id_token text not null,
  scopes text not null,
  expires_at bigint,
  updated_at bigint not null
);
create index provider_tokens_user on provider_tokens (user_id, updated_at);
)sql";

}  // namespace clerk::instance::schema
