#include "yaml.hpp"

#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace fastify::detail {
namespace {

/// Words that YAML 1.1 or 1.2 has other ideas of.
bool meansSomething(std::string_view text) {
  static constexpr std::array<std::string_view, 10> words{"true", "false", "null", "yes", "no",
                                                          "on",   "off",   "y",    "n",   "~"};
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::ranges::find(words, lower) != words.end();
}

/// Whether a text may stand without quotes: a letter or a slash first, then letters, digits and signs that mean nothing
/// inside.
bool isPlain(std::string_view text) {
  const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (text.empty() || !(isLetter(text.front()) || text.front() == '/' || text.front() == '_')) return false;
  const bool harmless = std::ranges::all_of(text, [&](char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || std::string_view(" /_-.{}+()").find(c) != std::string_view::npos;
  });
  return harmless && text.back() != ' ' && !meansSomething(text);
}

void appendText(std::string& out, std::string_view text) {
  // A JSON text is a YAML one.
  isPlain(text) ? static_cast<void>(out += text) : ecmascript::appendQuoted(out, text);
}

bool isEmpty(const Json& value) {
  return (value.is_object() && value.get_object().empty()) || (value.is_array() && value.get_array().empty());
}
bool isBlock(const Json& value) { return value.is_structured() && !isEmpty(value); }

void append(std::string& out, const Json& value, std::size_t indent);

void appendScalar(std::string& out, const Json& value) {
  if (value.is_string()) {
    appendText(out, std::string_view(value.get_string()));
  } else {
    ecmascript::appendJson(out, value);  // also {} and []
  }
  out += '\n';
}

void appendMembers(std::string& out, const JsonObject& object, std::size_t indent) {
  bool first = true;
  for (const auto& [name, value] : object) {
    // The first stands on the line where its list's dash is.
    if (!std::exchange(first, false)) out.append(indent, ' ');
    appendText(out, name);
    out += ':';
    if (!isBlock(value)) {
      out += ' ';
      appendScalar(out, value);
      continue;
    }
    out += '\n';
    out.append(indent + 2, ' ');
    append(out, value, indent + 2);
  }
}

void appendItems(std::string& out, const JsonArray& list, std::size_t indent) {
  bool first = true;
  for (const auto& value : list) {
    if (!std::exchange(first, false)) out.append(indent, ' ');
    out += "- ";
    append(out, value, indent + 2);
  }
}

/// The line is indented already.
void append(std::string& out, const Json& value, std::size_t indent) {
  if (!isBlock(value)) {
    appendScalar(out, value);
  } else if (value.is_object()) {
    appendMembers(out, value.get_object(), indent);
  } else {
    appendItems(out, value.get_array(), indent);
  }
}

}  // namespace

std::string yamlOf(const Json& value) {
  std::string out;
  append(out, value, 0);
  return out;
}

}  // namespace fastify::detail
