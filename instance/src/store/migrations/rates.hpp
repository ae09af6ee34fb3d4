#pragma once
// The table of how often one address came of late: all processes of an instance count together.

#include <string_view>

namespace clerk::instance::schema {

inline constexpr std::string_view rates = R"sql(
create table rate_windows (
  key text primary key,
  count integer not null,
  begins_at bigint not null,
  ends_at bigint not null
);
create index rate_windows_ends_at on rate_windows (ends_at);
)sql";

}  // namespace clerk::instance::schema
