#pragma once
// Points in time as SAML writes them: `2026-11-25T19:00:00.5Z`, always UTC (saml-core-2.0-os §1.3.3).

#include "model/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance::saml {

std::optional<Time> readInstant(std::string_view text);
std::string instantText(Time time);

}  // namespace clerk::instance::saml
