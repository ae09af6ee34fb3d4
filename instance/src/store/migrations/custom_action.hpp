#pragma once
// That a backend's own step of a sign-up was taken.

#include <string_view>

namespace clerk::instance::schema {

inline constexpr std::string_view customAction = R"sql(
alter table sign_ups add column custom_action smallint not null default 0;
)sql";

}  // namespace clerk::instance::schema
