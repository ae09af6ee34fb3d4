#include "version_range.hpp"

#include <array>
#include <charconv>
#include <optional>

namespace fastify::boot {
namespace {

using Version = std::array<int, 3>;

struct Partial {
  Version numbers{};
  int given = 0;  // how many of the three stand there as numbers
};

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool isWildcard(std::string_view part) { return part == "x" || part == "X" || part == "*"; }

std::optional<Partial> parsePartial(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  Partial partial;
  if (text.empty()) return partial;
  for (int at = 0; at < 3; ++at) {
    const auto dot = text.find('.');
    const auto part = text.substr(0, dot);
    if (!isWildcard(part)) {
      int number = 0;
      const auto [end, failed] = std::from_chars(part.data(), part.data() + part.size(), number);
      if (failed != std::errc() || end != part.data() + part.size()) return std::nullopt;
      if (partial.given != at) return std::nullopt;  // 5.x.1
      partial.numbers[static_cast<std::size_t>(at)] = number;
      partial.given = at + 1;
    }
    if (dot == text.npos) return partial;
    text.remove_prefix(dot + 1);
  }
  return std::nullopt;
}

/// The first version behind everything that begins with the first `length` numbers.
Version behind(const Partial& partial, int length) {
  Version next{};
  for (int i = 0; i < length; ++i) next[static_cast<std::size_t>(i)] = partial.numbers[static_cast<std::size_t>(i)];
  if (length > 0) ++next[static_cast<std::size_t>(length) - 1];
  return next;
}

bool within(const Version& version, const Partial& from, int fixed) {
  return version >= from.numbers && (fixed == 0 || version < behind(from, fixed));
}

/// ^1.2.3 keeps the first number that is not 0.
int caretLength(const Partial& partial) {
  for (int i = 0; i < partial.given; ++i) {
    if (partial.numbers[static_cast<std::size_t>(i)] != 0) return i + 1;
  }
  return partial.given;
}

bool fits(const Version& version, std::string_view comparator) {
  std::string_view operation;
  for (const std::string_view known : {">=", "<=", ">", "<", "^", "~", "="}) {
    if (comparator.starts_with(known)) {
      operation = known;
      break;
    }
  }
  const auto partial = parsePartial(trim(comparator.substr(operation.size())));
  if (!partial) return false;
  if (operation == "^") return within(version, *partial, caretLength(*partial));
  if (operation == "~") return within(version, *partial, std::min(partial->given, 2));
  if (operation == ">=") return version >= partial->numbers;
  if (operation == "<") return version < partial->numbers;
  if (operation == ">") return version >= behind(*partial, partial->given);
  if (operation == "<=") return version < behind(*partial, partial->given);
  return within(version, *partial, partial->given);
}

bool fitsAll(const Version& version, std::string_view comparators) {
  comparators = trim(comparators);
  while (!comparators.empty()) {
    // ">= 5.0.0" is one comparator.
    auto end = comparators.find(' ');
    const auto word = comparators.substr(0, end);
    if (end != comparators.npos && word.find_first_of("0123456789xX*") == word.npos)
      end = comparators.find(' ', comparators.find_first_not_of(' ', end));
    if (!fits(version, comparators.substr(0, end))) return false;
    comparators = end == comparators.npos ? std::string_view() : trim(comparators.substr(end));
  }
  return true;
}

}  // namespace

bool satisfies(std::string_view version, std::string_view range) {
  const auto exact = parsePartial(version);
  if (!exact) return false;
  while (true) {
    const auto bar = range.find("||");
    if (fitsAll(exact->numbers, range.substr(0, bar))) return true;
    if (bar == range.npos) return false;
    range.remove_prefix(bar + 2);
  }
}

}  // namespace fastify::boot
