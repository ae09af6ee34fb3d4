#include "logging/redaction.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace fastify::logging {
namespace {

// Reads one segment after another of a path like `a.*["b c"][0]`.
class PathReader {
 public:
  explicit PathReader(std::string_view text) : whole_(text), rest_(text) {
    if (text.empty()) refuse();
  }

  bool atEnd() const noexcept { return rest_.empty(); }

  // The next key, and whether it is a wildcard (an unquoted *).
  std::pair<std::string, bool> next(bool first) {
    if (rest_.starts_with('[')) return bracketed();
    if (!first && !take('.')) refuse();
    const auto length = std::min(rest_.find_first_of(".[]\"'`"), rest_.size());
    if (length == 0) refuse();
    const auto key = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return {std::string(key), key == "*"};
  }

 private:
  std::pair<std::string, bool> bracketed() {
    take('[');
    for (const char quote : {'"', '\'', '`'}) {
      if (!take(quote)) continue;
      const auto length = rest_.find(quote);
      if (length == std::string_view::npos) refuse();
      std::string key(rest_.substr(0, length));
      rest_.remove_prefix(length + 1);
      if (!take(']')) refuse();
      return {std::move(key), false};
    }
    const auto length = rest_.find(']');
    if (length == std::string_view::npos || length == 0) refuse();
    const auto key = rest_.substr(0, length);
    const bool index = key.find_first_not_of("0123456789") == std::string_view::npos;
    if (key != "*" && !index) refuse();
    rest_.remove_prefix(length + 1);
    return {std::string(key), key == "*"};
  }

  bool take(char c) noexcept {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  [[noreturn]] void refuse() const {
    throw std::invalid_argument("Invalid redaction path (" + std::string(whole_) + ")");
  }

  std::string_view whole_;
  std::string_view rest_;
};

}  // namespace

Redaction::Redaction(const RedactOptions& options)
    : censor_(options.censor), censorFunction_(options.censorFunction), remove_(options.remove) {
  add(options.paths);
}

void Redaction::add(const std::vector<std::string>& paths) {
  for (const auto& path : paths) paths_.push_back(parse(path));
}

Redaction::Path Redaction::parse(std::string_view text) {
  PathReader reader(text);
  Path path;
  while (!reader.atEnd()) {
    auto [key, wildcard] = reader.next(path.empty());
    path.push_back({std::move(key), wildcard});
  }
  return path;
}

bool Redaction::concerns(std::string_view key) const noexcept {
  return std::ranges::any_of(paths_, [&](const Path& path) { return path[0].matches(key); });
}

bool Redaction::apply(std::string_view key, Json& value) const {
  std::vector<std::string> trail{std::string(key)};
  for (const auto& path : paths_) {
    if (!path[0].matches(key)) continue;
    if (path.size() > 1) {
      censorInside(path, 1, value, trail);
    } else if (remove_) {
      return false;
    } else {
      value = censored(value, trail);
    }
  }
  return true;
}

void Redaction::censorInside(const Path& path, std::size_t depth, Json& value, std::vector<std::string>& trail) const {
  if (auto* object = value.if_object()) return censorMembers(path, depth, *object, trail);
  if (auto* array = value.if_array()) return censorItems(path, depth, *array, trail);
}

void Redaction::censorMembers(const Path& path, std::size_t depth, JsonObject& object,
                              std::vector<std::string>& trail) const {
  const auto& segment = path[depth];
  const bool last = depth + 1 == path.size();
  for (auto member = object.begin(); member != object.end();) {
    if (!segment.matches(member->key())) {
      ++member;
      continue;
    }
    if (last && remove_) {
      member = object.stable_erase(member);
      continue;
    }
    trail.emplace_back(member->key());
    if (last) {
      member->value() = censored(member->value(), trail);
    } else {
      censorInside(path, depth + 1, member->value(), trail);
    }
    trail.pop_back();
    ++member;
  }
}

void Redaction::censorItems(const Path& path, std::size_t depth, JsonArray& array,
                            std::vector<std::string>& trail) const {
  const auto& segment = path[depth];
  const bool last = depth + 1 == path.size();
  for (std::size_t i = 0; i < array.size(); ++i) {
    trail.push_back(std::to_string(i));
    if (segment.matches(trail.back())) {
      if (!last) {
        censorInside(path, depth + 1, array[i], trail);
      } else {
        array[i] = remove_ ? Json() : censored(array[i], trail);  // the others keep their places
      }
    }
    trail.pop_back();
  }
}

Json Redaction::censored(const Json& value, const std::vector<std::string>& trail) const {
  return censorFunction_ ? censorFunction_(value, trail) : censor_;
}

}  // namespace fastify::logging
