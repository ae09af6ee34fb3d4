#pragma once
// Keeps secrets out of lines: replaces or leaves out the fields that redaction paths name.

#include <fastify/logger.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fastify::logging {

class Redaction {
 public:
  Redaction() = default;
  /// Throws std::invalid_argument for a malformed path.
  explicit Redaction(const RedactOptions& options);

  void add(const std::vector<std::string>& paths);
  bool empty() const noexcept { return paths_.empty(); }

  /// Whether some path begins with this field.
  bool concerns(std::string_view key) const noexcept;
  /// Censors the value of the field `key` and what is inside it. False when the field itself is to be left out.
  bool apply(std::string_view key, Json& value) const;

 private:
  struct Segment {
    std::string key;
    bool wildcard = false;
    bool matches(std::string_view name) const noexcept { return wildcard || key == name; }
  };
  using Path = std::vector<Segment>;

  static Path parse(std::string_view text);
  void censorInside(const Path& path, std::size_t depth, Json& value, std::vector<std::string>& trail) const;
  void censorMembers(const Path& path, std::size_t depth, JsonObject& object, std::vector<std::string>& trail) const;
  void censorItems(const Path& path, std::size_t depth, JsonArray& array, std::vector<std::string>& trail) const;
  Json censored(const Json& value, const std::vector<std::string>& trail) const;

  std::vector<Path> paths_;
  Json censor_;
  RedactOptions::Censor censorFunction_;
  bool remove_ = false;
};

}  // namespace fastify::logging
