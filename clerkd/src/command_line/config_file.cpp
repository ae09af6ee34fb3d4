#include "command_line/config_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>

namespace clerkd {
namespace {

/// Reads the text from front to back.
class Reader {
 public:
  Reader(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  Config read() {
    for (skipSpace(); !atEnd(); skipSpace()) readLine();
    return std::move(config_);
  }

 private:
  bool atEnd() const noexcept { return at_ >= text_.size(); }
  char peek() const noexcept { return atEnd() ? '\0' : text_[at_]; }
  char take() noexcept {
    const char c = text_[at_++];
    if (c == '\n') ++line_;
    return c;
  }
  std::string where() const { return file_ + ":" + std::to_string(line_); }
  void complain(const std::string& what) { config_.problems.push_back(where() + ": " + what); }

  void skipComment() {
    while (!atEnd() && peek() != '\n') take();
  }
  void skipBlanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\r') take();
  }
  /// Also line breaks and comments.
  void skipSpace() {
    while (true) {
      skipBlanks();
      if (peek() == '#') {
        skipComment();
      } else if (peek() == '\n') {
        take();
      } else {
        return;
      }
    }
  }

  void readLine() {
    const auto place = where();
    const auto name = readName();
    skipBlanks();
    if (name.empty() || peek() != '=') {
      complain(name.empty() && peek() == '[' ? "there are no sections" : "a line must be `name = value`");
      return skipComment();
    }
    take();
    skipBlanks();
    auto values = readValues();
    if (!values) return skipComment();
    skipBlanks();
    if (!atEnd() && peek() != '\n' && peek() != '#') {
      complain("nothing may follow the value of " + name);
      return skipComment();
    }
    if (!names_.insert(name).second) return config_.problems.push_back(place + ": " + name + " stands there twice");
    config_.entries.push_back({name, *std::move(values), place});
  }

  std::string readName() {
    std::string name;
    const auto isPart = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    while (isPart(peek())) name += take();
    return name;
  }

  std::optional<std::vector<std::string>> readValues() {
    if (peek() != '[') {
      auto value = readValue();
      if (!value) return std::nullopt;
      return std::vector{*std::move(value)};
    }
    take();
    std::vector<std::string> values;
    for (skipSpace(); peek() != ']'; skipSpace()) {
      auto value = readValue();
      if (!value) return std::nullopt;
      values.push_back(*std::move(value));
      skipSpace();
      if (peek() == ',') {
        take();
      } else if (peek() != ']') {
        complain("a list must be [\"one\", \"two\"]");
        return std::nullopt;
      }
    }
    take();
    return values;
  }

  std::optional<std::string> readValue() {
    if (peek() == '"' || peek() == '\'') return readQuoted(take());
    std::string word;
    const auto isPart = [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' || c == '_';
    };
    while (isPart(peek())) word += take();
    if (word == "true" || word == "false" ||
        (!word.empty() && word.find_first_not_of("0123456789") == std::string::npos)) {
      return word;
    }
    complain("a value must be a text in quotes, a number, true, false or a list");
    return std::nullopt;
  }

  std::optional<std::string> readQuoted(char quote) {
    std::string text;
    while (!atEnd() && peek() != '\n') {
      const char c = take();
      if (c == quote) return text;
      if (c != '\\' || quote == '\'') {
        text += c;
      } else if (const auto meant = escaped(atEnd() ? '\0' : take())) {
        text += *meant;
      } else {
        complain("after a backslash comes one of \" \\ n t");
        return std::nullopt;
      }
    }
    complain("a text has no quote at its end");
    return std::nullopt;
  }

  static std::optional<char> escaped(char c) noexcept {
    switch (c) {
      case '"':
      case '\\': return c;
      case 'n': return '\n';
      case 't': return '\t';
      default: return std::nullopt;
    }
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::set<std::string> names_;
  Config config_;
};

}  // namespace

Config parseConfig(std::string_view text, const std::string& file) { return Reader(text, file).read(); }

Config readConfig(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return {.entries = {}, .problems = {"--config: " + file.string() + ": " + std::strerror(errno)}};
  const std::string text((std::istreambuf_iterator<char>(stream)), {});
  if (stream.bad()) return {.entries = {}, .problems = {"--config: " + file.string() + " cannot be read"}};
  return parseConfig(text, file.string());
}

}  // namespace clerkd
