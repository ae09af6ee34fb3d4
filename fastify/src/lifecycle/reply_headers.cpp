#include "reply_headers.hpp"

#include <algorithm>
#include <cstring>

namespace fastify {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool sameName(std::string_view stored, std::string_view name) noexcept {
  if (stored.size() != name.size()) return false;
  if (std::memcmp(stored.data(), name.data(), name.size()) == 0) return true;  // as nearly always: lower-case
  return std::equal(stored.begin(), stored.end(), name.begin(), [](char a, char b) { return a == lower(b); });
}

// RFC 9110 §5.6.2
bool isToken(std::string_view name) noexcept {
  static constexpr std::string_view extra = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || extra.find(c) != extra.npos;
  });
}

// Node refuses controls and characters above U+00FF; what passes goes out as UTF-8, as Node writes it before a text.
bool isValidValue(std::string_view value) noexcept {
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto c = static_cast<unsigned char>(value[i]);
    if ((c < 0x20 && c != '\t') || c == 0x7f) return false;
    if (c < 0x80) continue;
    if ((c != 0xc2 && c != 0xc3) || ++i == value.size()) return false;
  }
  return true;
}

}  // namespace

std::string_view ReplyHeaders::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* copy = static_cast<char*>(memory_->allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

std::string_view ReplyHeaders::keepLower(std::string_view text) {
  if (text.empty()) return {};
  auto* copy = static_cast<char*>(memory_->allocate(text.size(), 1));
  std::transform(text.begin(), text.end(), copy, lower);
  return {copy, text.size()};
}

std::string_view ReplyHeaders::keepValue(std::string_view name, std::string_view value) {
  if (isValidValue(value)) return keep(value);
  invalid_ = true;
  invalidName_ = name;
  return {};
}

const HeaderField* ReplyHeaders::find(std::string_view name) const noexcept {
  for (const auto& field : fields_) {
    if (sameName(field.name, name)) return &field;
  }
  return nullptr;
}

void ReplyHeaders::append(std::string_view name, std::string_view value) {
  // Lines of one name stay together.
  auto last =
      std::find_if(fields_.rbegin(), fields_.rend(), [&](const HeaderField& field) { return field.name == name; });
  fields_.insert(last.base() == fields_.begin() && last == fields_.rend() ? fields_.end() : last.base(), {name, value});
}

void ReplyHeaders::set(std::string_view name, std::string_view value) {
  if (!isToken(name)) {
    invalid_ = true;
    invalidName_ = name;
    return;
  }
  auto* existing = find(name);
  if (existing && !sameName("set-cookie", name)) {
    auto at = static_cast<std::size_t>(existing - fields_.data());
    fields_[at].value = keepValue(name, value);
    // What was a list becomes one line.
    std::erase_if(fields_, [&, first = &fields_[at]](const HeaderField& field) {
      return &field > first && field.name == first->name;
    });
    return;
  }
  append(existing ? existing->name : keepLower(name), keepValue(name, value));
}

void ReplyHeaders::setList(std::string_view name, std::span<const std::string> values) {
  if (!sameName("set-cookie", name)) remove(name);
  if (!isToken(name)) {
    invalid_ = true;
    invalidName_ = name;
    return;
  }
  auto kept = keepLower(name);
  for (const auto& value : values) append(kept, keepValue(name, value));
}

void ReplyHeaders::setStatic(std::string_view name, std::string_view value) {
  for (auto& field : fields_) {
    if (field.name == name) {
      field.value = value;
      return;
    }
  }
  fields_.push_back({name, value});
}

void ReplyHeaders::remove(std::string_view name) {
  std::erase_if(fields_, [&](const HeaderField& field) { return sameName(field.name, name); });
}

void ReplyHeaders::dropInvalid() {
  if (!invalid_) return;
  remove(invalidName_);
  invalid_ = false;
  invalidName_.clear();
}

std::optional<std::string_view> ReplyHeaders::get(std::string_view name) const noexcept {
  auto* field = find(name);
  return field ? std::optional(field->value) : std::nullopt;
}

std::vector<std::string_view> ReplyHeaders::all(std::string_view name) const {
  std::vector<std::string_view> lines;
  for (const auto& field : fields_) {
    if (sameName(field.name, name)) lines.push_back(field.value);
  }
  return lines;
}

}  // namespace fastify
