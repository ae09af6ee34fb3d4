#pragma once
// Domains whose addresses anybody gets for a few minutes.

#include <string_view>

namespace clerk::instance {

/// Whether the domain, or one that it is below of, is among the best known. `domain` in lower case.
bool isDisposableDomain(std::string_view domain) noexcept;

}  // namespace clerk::instance
