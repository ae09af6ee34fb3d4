#pragma once
// Passwords that are known from breaches, from a file of one's own: nothing is asked of anybody.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace clerk::instance {

/// Eight bytes a password are kept, of its SHA-1: a stranger's password is taken for a breached one once in 10^13
/// times. A value that never changes; safe from any thread.
class BreachedPasswords {
 public:
  /// Each line is a password, or the hexadecimal SHA-1 of one, which may be followed by `:` and how often it was seen
  /// (the form in which Have I Been Pwned gives its list).
  explicit BreachedPasswords(std::string_view lines);

  bool contains(std::string_view password) const;
  std::size_t size() const noexcept { return prefixes_.size(); }

 private:
  std::vector<std::uint64_t> prefixes_;  // sorted
};

/// Throws std::runtime_error, whose text names the file, when it cannot be read.
std::shared_ptr<const BreachedPasswords> readBreachedPasswords(const std::filesystem::path& file);

}  // namespace clerk::instance
