#pragma once
// The table of settings that change while the instance runs: one record of JSON.

#include <string_view>

namespace clerk::instance::schema {

inline constexpr std::string_view settings = R"sql(
create table settings (
  id integer primary key,
  document text not null,
  updated_at bigint not null
);
)sql";

}  // namespace clerk::instance::schema
