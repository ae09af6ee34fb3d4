#include "model/audit.hpp"

#include "model/names.hpp"

namespace clerk::instance {
namespace {
constexpr NameTable<AuditSource, 3> sources{{
    {AuditSource::BackendApi, "backend_api"},
    {AuditSource::Dashboard, "dashboard"},
    {AuditSource::Command, "command"},
}};
}  // namespace

std::string_view nameOf(AuditSource source) noexcept { return nameIn(sources, source); }
std::optional<AuditSource> auditSourceOf(std::string_view name) noexcept { return valueIn(sources, name); }

}  // namespace clerk::instance
