#include <dotenv/dotenv.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <vector>

namespace dotenv {
namespace {

constexpr std::string_view quotes = "'\"`";
// A .env file holds settings; whatever is larger is something else, a device for example.
constexpr std::size_t largestFile = 1 << 20;

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }

bool isNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

std::string_view trim(std::string_view text) {
  auto isSpace = [](char c) { return isBlank(c) || c == '\n'; };
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  return text;
}

/// CRLF and lone CR end lines like LF.
std::string withUnixLineEnds(std::string_view text) {
  std::string unixText;
  unixText.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      unixText += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      unixText += '\n';
    }
  }
  return unixText;
}

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// Node's dotenv lets a name and its value stand on different lines (`A\n=\n1`); here an assignment starts and, unless
// it is quoted, ends on one line.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Values run() {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
    for (; at_ < text_.size(); skipLine()) {
      const auto name = readName();
      if (name.empty()) continue;
      const auto raw = readQuoted().value_or(readPlain());
      values_.insert_or_assign(std::string(name), valueOf(raw));
    }
    return std::move(values_);
  }

 private:
  char current() const { return at_ < text_.size() ? text_[at_] : '\n'; }
  void skipLine() { at_ = std::min(text_.find('\n', at_), text_.size()) + 1; }
  void skipBlanks() {
    while (isBlank(current())) ++at_;
  }

  std::string_view takeName() {
    const auto start = at_;
    while (isNameCharacter(current())) ++at_;
    return text_.substr(start, at_ - start);
  }

  /// A name and the sign after it; empty when the line is no assignment.
  std::string_view readName() {
    skipBlanks();
    auto name = takeName();
    if (name == "export" && isBlank(current())) {
      const auto afterExport = at_;
      skipBlanks();
      if (isNameCharacter(current())) {
        name = takeName();
      } else {
        at_ = afterExport;
      }
    }
    if (current() == ':') {
      ++at_;
      return isBlank(current()) ? name : std::string_view();
    }
    skipBlanks();
    if (current() != '=') return {};
    ++at_;
    return name;
  }

  /// A quoted value with its quotes, and what follows on the line is a comment or nothing. A quote behind a backslash
  /// does not end it, unless no other one can.
  std::optional<std::string_view> readQuoted() {
    auto start = at_;
    while (start < text_.size() && isBlank(text_[start])) ++start;
    if (start == text_.size() || quotes.find(text_[start]) == quotes.npos) return std::nullopt;
    for (const auto end : closingQuotes(start)) {
      if (!endsHere(end + 1)) continue;
      at_ = end + 1;
      return text_.substr(start, at_ - start);
    }
    return std::nullopt;
  }

  /// Where the value that starts at `start` may end, best first.
  std::vector<std::size_t> closingQuotes(std::size_t start) const {
    std::vector<std::size_t> ends;
    for (auto at = text_.find(text_[start], start + 1); at != text_.npos; at = text_.find(text_[start], at + 1)) {
      ends.insert(ends.begin(), at);
      if (text_[at - 1] != '\\') break;
    }
    return ends;
  }

  bool endsHere(std::size_t at) const {
    while (at < text_.size() && isBlank(text_[at])) ++at;
    return at == text_.size() || text_[at] == '\n' || text_[at] == '#';
  }

  std::string_view readPlain() {
    const auto start = at_;
    at_ = std::min(text_.find_first_of("#\n", at_), text_.size());
    return text_.substr(start, at_ - start);
  }

  static std::string valueOf(std::string_view raw) {
    auto value = trim(raw);
    const bool quoted = !value.empty() && quotes.find(value.front()) != quotes.npos;
    const bool doubleQuoted = quoted && value.front() == '"';
    if (quoted && value.size() > 1 && value.back() == value.front()) value = value.substr(1, value.size() - 2);
    std::string text(value);
    if (doubleQuoted) {
      replaceAll(text, "\\n", "\n");
      replaceAll(text, "\\r", "\r");
    }
    return text;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Values values_;
};

std::optional<std::string> readFile(const std::string& path, std::error_code& error) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text(largestFile, '\0');
  if (file && file.read(text.data(), static_cast<std::streamsize>(text.size())).bad()) file.setstate(std::ios::failbit);
  if (!file.is_open() || file.bad() || (file.gcount() == 0 && errno != 0)) {
    error = std::error_code(errno ? errno : EIO, std::generic_category());
    return std::nullopt;
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace

Values parse(std::string_view text) {
  const auto unixText = withUnixLineEnds(text);
  return Parser(unixText).run();
}

Result config(const Options& options) {
  Result result;
  for (const auto& path : options.path.list()) {
    const auto text = readFile(path, result.error);
    if (!text) continue;
    for (auto& [name, value] : parse(*text)) {
      ::setenv(name.c_str(), value.c_str(), options.override);
      if (options.override) {
        result.parsed.insert_or_assign(name, value);
      } else {
        result.parsed.emplace(name, value);
      }
    }
  }
  return result;
}

}  // namespace dotenv
