#pragma once
// The parts of a request's target.

#include <optional>
#include <string>
#include <string_view>

namespace fastify::router {

/// Raw, undecoded.
struct TargetParts {
  std::string_view path;
  std::string_view query;  // without its delimiter
};

/// "/path?query" of a target: itself, or what follows the authority of an absolute URI ("/" when nothing does; a query
/// without path gets its slash in `storage`). nullopt for an http or https URI that is none.
std::optional<std::string_view> originForm(std::string_view target, std::string& storage);

/// Cuts at the first `?` or `#` (or `;` when asked to).
TargetParts splitTarget(std::string_view originForm, bool semicolonToo = false) noexcept;

}  // namespace fastify::router
