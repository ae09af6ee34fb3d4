#pragma once
// How organizations are found by a part of their name or slug.

#include <string_view>

namespace clerk::instance::schema {

// Any three letters of search_text lead to its organizations, by the same query on both engines: a pattern for
// organization_search.search_text. SQLite's index is a table of its own; PostgreSQL's belongs to the organizations.
inline constexpr std::string_view organizationSearchSqlite = R"sql(
create virtual table organization_search using fts5 (
  id unindexed, search_text, content = 'organizations', tokenize = 'trigram'
);
insert into organization_search (rowid, id, search_text) select rowid, id, search_text from organizations;
create trigger organizations_search_insert after insert on organizations begin
  insert into organization_search (rowid, id, search_text) values (new.rowid, new.id, new.search_text);
end;
create trigger organizations_search_update after update of search_text on organizations
when old.search_text <> new.search_text begin
  insert into organization_search (organization_search, rowid, id, search_text)
    values ('delete', old.rowid, old.id, old.search_text);
  insert into organization_search (rowid, id, search_text) values (new.rowid, new.id, new.search_text);
end;
create trigger organizations_search_delete after delete on organizations begin
  insert into organization_search (organization_search, rowid, id, search_text)
    values ('delete', old.rowid, old.id, old.search_text);
end;
)sql";

inline constexpr std::string_view organizationSearchPostgres = R"sql(
create index organizations_search on organizations using gin (search_text gin_trgm_ops);
create view organization_search as select id, search_text from organizations;
)sql";

}  // namespace clerk::instance::schema
