#include "model/organization_domain.hpp"

#include "model/names.hpp"

namespace clerk::instance {
namespace {

using enum EnrollmentMode;

constexpr NameTable<EnrollmentMode, 4> modes{{{ManualInvitation, "manual_invitation"},
                                              {AutomaticInvitation, "automatic_invitation"},
                                              {AutomaticSuggestion, "automatic_suggestion"},
                                              {EnterpriseSso, "enterprise_sso"}}};

}  // namespace

std::string_view nameOf(EnrollmentMode mode) noexcept { return nameIn(modes, mode); }
std::optional<EnrollmentMode> enrollmentModeOf(std::string_view name) noexcept { return valueIn(modes, name); }

}  // namespace clerk::instance
