#pragma once
// The parts of a request's target.

#include <optional>
#include <string_view>

namespace fastify::router {

/// Raw, undecoded.
struct TargetParts {
  std::string_view path;
  std::string_view query;  // without its delimiter
  /// Path and query as they stand in the target.
  std::string_view originForm;
};

/// Path and query of "/path?query" or of an absolute http(s) URI ("/" when it has no path); other targets ("*") are a
/// path as they are. The query starts at the first `?` or `#` (or `;` when asked to). nullopt for an http or https URI
/// that is none. Refers to `target`.
std::optional<TargetParts> splitTarget(std::string_view target, bool semicolonToo = false) noexcept;

}  // namespace fastify::router
