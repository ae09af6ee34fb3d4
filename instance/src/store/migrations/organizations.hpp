#pragma once
// The tables of organizations: who is in them, who may do what, who is asked in.

#include <string_view>

namespace clerk::instance::schema {

// A role keeps the keys of its permissions as one text beside the table that says it: a membership is read in one go.
// members_count is kept, because organizations can be large; outstanding invitations are few and counted.
inline constexpr std::string_view organizations = R"sql(
create table organization_permissions (
  id text primary key,
  key text not null,
  name text not null,
  description text not null,
  system smallint not null,
  search_text text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index organization_permissions_key on organization_permissions (key);

create table organization_roles (
  id text primary key,
  key text not null,
  name text not null,
  description text not null,
  permission_keys text not null,
  search_text text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index organization_roles_key on organization_roles (key);

create table organization_role_permissions (
  role_id text not null references organization_roles (id) on delete cascade,
  permission_id text not null references organization_permissions (id) on delete cascade,
  primary key (role_id, permission_id)
);
create index organization_role_permissions_permission on organization_role_permissions (permission_id);

create table role_sets (
  id text primary key,
  key text not null,
  name text not null,
  description text not null,
  initial smallint not null,
  default_role_id text not null references organization_roles (id),
  creator_role_id text not null references organization_roles (id),
  search_text text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index role_sets_key on role_sets (key);
create unique index role_sets_initial on role_sets (initial) where initial = 1;

create table role_set_roles (
  role_set_id text not null references role_sets (id) on delete cascade,
  role_id text not null references organization_roles (id),
  position integer not null,
  primary key (role_set_id, role_id)
);
create index role_set_roles_role on role_set_roles (role_id);

create table organizations (
  id text primary key,
  name text not null,
  slug text not null,
  image_url text not null,
  created_by text,
  max_allowed_memberships integer not null,
  admin_delete_enabled smallint not null,
  public_metadata text not null,
  private_metadata text not null,
  role_set_id text not null references role_sets (id),
  members_count bigint not null,
  sort_name text not null,
  search_text text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index organizations_slug on organizations (slug);
create index organizations_created_at on organizations (created_at, id);
create index organizations_sort_name on organizations (sort_name, id);
create index organizations_members_count on organizations (members_count, id);
create index organizations_role_set on organizations (role_set_id);
create index organizations_created_by on organizations (created_by) where created_by is not null;

create table organization_memberships (
  id text primary key,
  organization_id text not null references organizations (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  role_id text not null references organization_roles (id),
  public_metadata text not null,
  private_metadata text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index organization_memberships_member on organization_memberships (organization_id, user_id);
create index organization_memberships_user on organization_memberships (user_id, created_at, id);
create index organization_memberships_organization on organization_memberships (organization_id, created_at, id);
create index organization_memberships_role on organization_memberships (role_id, organization_id);
create index organization_memberships_created_at on organization_memberships (created_at, id);

create table active_organizations (
  user_id text primary key references users (id) on delete cascade,
  organization_id text not null references organizations (id) on delete cascade
);
create index active_organizations_organization on active_organizations (organization_id);

create table organization_domains (
  id text primary key,
  organization_id text not null references organizations (id) on delete cascade,
  name text not null,
  enrollment_mode text not null,
  affiliation_email_address text,
  affiliation_verification_id text,
  affiliation_verified_at bigint,
  ownership_verified_at bigint,
  verified smallint not null,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index organization_domains_verified on organization_domains (name) where verified = 1;
create unique index organization_domains_name on organization_domains (organization_id, name);
create index organization_domains_created_at on organization_domains (created_at, id);
create index organization_domains_by_name on organization_domains (name, id);

create table organization_invitations (
  id text primary key,
  organization_id text not null references organizations (id) on delete cascade,
  email_address text not null,
  role_id text not null references organization_roles (id),
  inviter_id text,
  domain_id text references organization_domains (id) on delete cascade,
  status text not null,
  public_metadata text not null,
  private_metadata text not null,
  redirect_url text not null,
  url text not null,
  expires_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index organization_invitations_pending on organization_invitations (organization_id, email_address)
  where status = 'pending';
create index organization_invitations_organization on organization_invitations (organization_id, created_at, id);
create index organization_invitations_email_address on organization_invitations (email_address, created_at, id);
create index organization_invitations_created_at on organization_invitations (created_at, id);
create index organization_invitations_role on organization_invitations (role_id);
create index organization_invitations_domain on organization_invitations (domain_id) where domain_id is not null;

create table organization_suggestions (
  id text primary key,
  organization_id text not null references organizations (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  domain_id text not null references organization_domains (id) on delete cascade,
  status text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index organization_suggestions_user on organization_suggestions (user_id, organization_id);
create index organization_suggestions_organization on organization_suggestions (organization_id);
create index organization_suggestions_domain on organization_suggestions (domain_id);

create table membership_requests (
  id text primary key,
  organization_id text not null references organizations (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  status text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index membership_requests_pending on membership_requests (organization_id, user_id)
  where status = 'pending';
create index membership_requests_organization on membership_requests (organization_id, created_at, id);
create index membership_requests_user on membership_requests (user_id);
)sql";

}  // namespace clerk::instance::schema
