#pragma once
// Which parser takes which content type. A child scope starts with a copy of its parent's table.

#include "content/media_type.hpp"
#include "content/pattern.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::content {

enum class AddOutcome { Added, EmptyType, InvalidType, AlreadyPresent };

/// `Parser` is any copyable value.
template <class Parser>
class ParserTable {
 public:
  /// A parser that `add` may replace: the framework's own JSON and text.
  void addBuiltIn(std::string_view type, Parser parser) { put({std::string(type), std::move(parser), true}); }

  /// For a media type, with or without parameters, in any spelling, or for `*`: what no other takes.
  AddOutcome add(std::string_view type, Parser parser) {
    type = trimmed(type);
    if (type.empty()) return AddOutcome::EmptyType;
    if (type == "*") {
      catchAll_ = {std::move(parser)};
      return AddOutcome::Added;
    }
    const auto mediaType = parseMediaType(type);
    if (!mediaType) return AddOutcome::InvalidType;
    auto key = lowerCaseNormalized(*mediaType);
    const auto* existing = findExact(key);
    if (existing && !existing->builtIn) return AddOutcome::AlreadyPresent;
    put({std::move(key), std::move(parser), false});
    return AddOutcome::Added;
  }

  /// For all types in which the pattern is found; the one that was added last is asked first.
  AddOutcome add(TypePattern pattern, Parser parser) {
    if (hasPattern(pattern.expression())) return AddOutcome::AlreadyPresent;
    patterns_.insert(patterns_.begin(), {std::move(pattern), std::move(parser)});
    return AddOutcome::Added;
  }

  bool has(std::string_view type) const {
    type = trimmed(type);
    if (type == "*") return !catchAll_.empty();
    const auto mediaType = parseMediaType(type);
    return mediaType && findExact(lowerCaseNormalized(*mediaType));
  }
  bool hasPattern(std::string_view expression) const {
    return std::ranges::any_of(patterns_, [&](const auto& entry) { return entry.first.expression() == expression; });
  }

  /// False when there was none.
  bool remove(std::string_view type) {
    type = trimmed(type);
    if (type == "*") return std::exchange(catchAll_, {}).size() == 1;
    const auto mediaType = parseMediaType(type);
    if (!mediaType) return false;
    const auto key = lowerCaseNormalized(*mediaType);
    return std::erase_if(types_, [&](const Entry& entry) { return entry.key == key; }) > 0;
  }
  bool removePattern(std::string_view expression) {
    return std::erase_if(patterns_, [&](const auto& entry) { return entry.first.expression() == expression; }) > 0;
  }
  void removeAll() {
    types_.clear();
    patterns_.clear();
    catchAll_.clear();
  }

  /// The parser for a Content-Type header: exactly that type with its parameters, else the type without them, else the
  /// latest pattern, else the one for `*`. nullptr when none takes it or the header is malformed (415 both). Valid
  /// until the table changes.
  const Parser* find(std::string_view header) const {
    if (const auto* entry = findExact(header)) return &entry->parser;  // the usual spelling needs no parsing
    const auto essence = essenceOf(header);
    if (essence.empty()) return nullptr;
    const auto* byEssence = findExact(essence);
    if (!parametersMatter_ && byEssence) return &byEssence->parser;
    const auto normalized = parseMediaType(header)->normalized();
    if (const auto* entry = findExact(normalized)) return &entry->parser;
    if (byEssence) return &byEssence->parser;
    for (const auto& [pattern, parser] : patterns_) {
      if (pattern.matches(normalized)) return &parser;
    }
    return findCatchAll();
  }

  /// The parser of a body without Content-Type: the one for `*`, or nullptr.
  const Parser* findCatchAll() const noexcept { return catchAll_.empty() ? nullptr : &catchAll_.front(); }

 private:
  struct Entry {
    std::string key;
    Parser parser;
    bool builtIn = false;
  };

  static std::string_view trimmed(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
  }

  // Types are registered in lower case as a whole, parameters' values too (Fastify lib/content-type-parser.js).
  static std::string lowerCaseNormalized(const MediaType& type) {
    auto text = type.normalized();
    for (auto& c : text) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    }
    return text;
  }

  const Entry* findExact(std::string_view key) const noexcept {
    for (const auto& entry : types_) {
      if (entry.key == key) return &entry;
    }
    return nullptr;
  }

  void put(Entry entry) {
    parametersMatter_ |= entry.key.find(';') != std::string::npos;
    for (auto& existing : types_) {
      if (existing.key == entry.key) {
        existing = std::move(entry);
        return;
      }
    }
    types_.push_back(std::move(entry));
  }

  std::vector<Entry> types_;
  std::vector<std::pair<TypePattern, Parser>> patterns_;  // latest first
  std::vector<Parser> catchAll_;                          // one or none
  bool parametersMatter_ = false;                         // some type was registered with parameters
};

}  // namespace fastify::content
