#include "strategies/cbor.hpp"

namespace clerk::instance::cbor {
namespace {

constexpr int deepest = 8;
constexpr int mostItems = 1000;
constexpr std::uint64_t greatest = INT64_MAX;

/// Takes one item after the other; once something is wrong, everything is.
class Parser {
 public:
  explicit Parser(std::string_view input) noexcept : input_(input) {}

  bool item(Item& out, int depth);
  std::size_t position() const noexcept { return position_; }

 private:
  bool head(unsigned& major, std::uint64_t& argument);
  bool text(std::string_view& out, std::uint64_t length);
  bool children(Item& out, std::uint64_t count, int depth);

  std::string_view input_;
  std::size_t position_ = 0;
  int items_ = 0;
};

bool Parser::head(unsigned& major, std::uint64_t& argument) {
  if (position_ >= input_.size()) return false;
  const auto first = static_cast<unsigned char>(input_[position_++]);
  major = first >> 5;
  const unsigned low = first & 31;
  if (low < 24) {
    argument = low;
    return true;
  }
  if (low > 27) return false;  // indefinite lengths, and what is not assigned
  const std::size_t length = std::size_t{1} << (low - 24);
  if (input_.size() - position_ < length) return false;
  argument = 0;
  for (std::size_t i = 0; i < length; ++i) {
    argument = (argument << 8) | static_cast<unsigned char>(input_[position_++]);
  }
  return true;
}

bool Parser::text(std::string_view& out, std::uint64_t length) {
  if (length > input_.size() - position_) return false;
  out = input_.substr(position_, static_cast<std::size_t>(length));
  position_ += static_cast<std::size_t>(length);
  return true;
}

bool Parser::children(Item& out, std::uint64_t count, int depth) {
  // Each takes a byte at least: a length that lies is found out before memory is taken.
  if (count > input_.size() - position_) return false;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (!item(out.items.emplace_back(), depth + 1)) return false;
  }
  return true;
}

bool Parser::item(Item& out, int depth) {
  unsigned major = 0;
  std::uint64_t argument = 0;
  if (depth > deepest || ++items_ > mostItems || !head(major, argument)) return false;
  switch (major) {
    case 0:
    case 1:
      if (argument > greatest) return false;
      out.kind = major == 0 ? Kind::Unsigned : Kind::Negative;
      out.number = major == 0 ? static_cast<std::int64_t>(argument) : -1 - static_cast<std::int64_t>(argument);
      return true;
    case 2:
    case 3: out.kind = major == 2 ? Kind::Bytes : Kind::Text; return text(out.text, argument);
    case 4: out.kind = Kind::Array; return children(out, argument, depth);
    case 5: out.kind = Kind::Map; return argument <= mostItems && children(out, argument * 2, depth);
    case 7:
      out.kind = Kind::Simple;
      out.number = static_cast<std::int64_t>(argument);
      return argument >= 20 && argument <= 23;  // false, true, null, undefined
    default: return false;
  }
}

}  // namespace

const Item* Item::find(std::int64_t key) const noexcept {
  for (std::size_t i = 0; kind == Kind::Map && i + 1 < items.size(); i += 2) {
    const auto& each = items[i];
    if ((each.kind == Kind::Unsigned || each.kind == Kind::Negative) && each.number == key) return &items[i + 1];
  }
  return nullptr;
}

const Item* Item::find(std::string_view key) const noexcept {
  for (std::size_t i = 0; kind == Kind::Map && i + 1 < items.size(); i += 2) {
    if (items[i].kind == Kind::Text && items[i].text == key) return &items[i + 1];
  }
  return nullptr;
}

std::optional<std::pair<Item, std::size_t>> parse(std::string_view input) {
  Parser parser(input);
  std::pair<Item, std::size_t> parsed;
  if (!parser.item(parsed.first, 0)) return std::nullopt;
  parsed.second = parser.position();
  return parsed;
}

}  // namespace clerk::instance::cbor
