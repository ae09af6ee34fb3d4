#pragma once
// What the outbox knows of its messages on their way.

#include <string_view>

namespace clerk::instance::schema {

// due_at: not before then; who takes a message moves it on by the time that he needs, so that nobody else takes it.
inline constexpr std::string_view delivery = R"sql(
alter table outbox add column attempts integer not null default 0;
alter table outbox add column due_at bigint not null default 0;
alter table outbox add column last_error text not null default '';
create index outbox_due on outbox (due_at, id) where status = 'queued';
)sql";

}  // namespace clerk::instance::schema
