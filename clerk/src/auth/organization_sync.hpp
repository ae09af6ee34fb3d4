#pragma once
// Paths that stand for an organization or the personal account.

#include <clerk/authenticate_request.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::auth {

/// What a path asks to be active.
struct OrganizationTarget {
  enum class Kind { Personal, Id, Slug };
  Kind kind = Kind::Personal;
  /// The id or slug; empty for the personal account.
  std::string value;
};

/// The compiled patterns (path-to-regexp 6: `:name`, `(…)`, `{…}`, modifiers; a trailing slash is optional, case does
/// not matter). Regular expressions in them run in linear time.
class OrganizationSync {
 public:
  explicit OrganizationSync(const OrganizationSyncOptions& options);
  ~OrganizationSync();
  OrganizationSync(OrganizationSync&&) noexcept;

  /// Throws clerk::Error for a pattern that is none.
  void require() const;
  bool empty() const noexcept;
  /// Organization patterns come first.
  std::optional<OrganizationTarget> match(std::string_view path) const;

 private:
  struct Pattern;
  std::vector<Pattern> organization_, personal_;
  std::string problem_;
};

}  // namespace clerk::auth
