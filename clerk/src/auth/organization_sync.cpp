#include "auth/organization_sync.hpp"

#include <clerk/errors.hpp>

#include <re2/re2.h>

namespace clerk::auth {
namespace {

bool isNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Turns a pattern into a regular expression and the names of its groups. Follows path-to-regexp 6.
class Compiler {
 public:
  explicit Compiler(std::string_view pattern) : text_(pattern) {}

  std::string expression;
  std::vector<std::string> names;
  std::string problem;

  bool run() {
    expression = "(?i)^";
    while (at_ < text_.size() && problem.empty()) step();
    expression += "/?$";
    return problem.empty();
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '\\' && at_ + 1 < text_.size()) {
      literal_ += text_[at_ + 1];
      at_ += 2;
      flush();
    } else if (c == ':' || c == '(') {
      group(takePrefix());
    } else if (c == '{') {
      flush();
      braces();
    } else if (c == '*' || c == '+' || c == '?' || c == '}') {
      problem = "Unexpected MODIFIER at " + std::to_string(at_) + ", expected END";
    } else {
      flush();
      literal_ = c;
      ++at_;
    }
  }

  /// A slash or dot right before a parameter belongs to it.
  std::string takePrefix() {
    std::string prefix;
    if (literal_ == "/" || literal_ == ".") prefix = std::exchange(literal_, {});
    flush();
    return prefix;
  }

  void flush() { expression += RE2::QuoteMeta(std::exchange(literal_, {})); }

  /// `:name`, `:name(expression)` or `(expression)`.
  bool parameter(std::string& name, std::string& inner) {
    if (text_[at_] == ':') {
      ++at_;
      while (at_ < text_.size() && isNameCharacter(text_[at_])) name += text_[at_++];
      if (name.empty()) return fail("Missing parameter name at " + std::to_string(at_ - 1));
    }
    inner = "[^/#?]+?";
    if (at_ < text_.size() && text_[at_] == '(') {
      const auto start = at_++;
      int depth = 1;
      std::string found;
      while (at_ < text_.size()) {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
          found += text_.substr(at_, 2);
          at_ += 2;
          continue;
        }
        if (text_[at_] == '(') {
          ++depth;
          if (at_ + 1 >= text_.size() || text_[at_ + 1] != '?') {
            return fail("Capturing groups are not allowed at " + std::to_string(at_));
          }
        }
        if (text_[at_] == ')' && --depth == 0) break;
        found += text_[at_++];
      }
      if (depth) return fail("Unbalanced pattern at " + std::to_string(start));
      if (found.empty()) return fail("Missing pattern at " + std::to_string(start));
      ++at_;
      inner = found;
    }
    if (name.empty()) name = std::to_string(unnamed_++);
    return true;
  }

  char modifier() {
    if (at_ < text_.size() && (text_[at_] == '?' || text_[at_] == '*' || text_[at_] == '+')) return text_[at_++];
    return '\0';
  }

  void group(const std::string& prefix) {
    std::string name, inner;
    if (!parameter(name, inner)) return;
    append(prefix, name, inner, "", modifier());
  }

  void braces() {
    ++at_;
    std::string prefix, name, inner, suffix;
    while (at_ < text_.size() && text_[at_] != '}' && text_[at_] != ':' && text_[at_] != '(') prefix += text_[at_++];
    const bool hasGroup = at_ < text_.size() && text_[at_] != '}';
    if (hasGroup && !parameter(name, inner)) return;
    while (at_ < text_.size() && text_[at_] != '}') suffix += text_[at_++];
    if (at_ >= text_.size()) {
      fail("Unexpected END at " + std::to_string(at_) + ", expected CLOSE");
      return;
    }
    ++at_;
    const char mark = modifier();
    if (hasGroup) {
      append(prefix, name, inner, suffix, mark);
    } else {
      expression += "(?:" + RE2::QuoteMeta(prefix + suffix) + ")" + (mark ? std::string(1, mark) : "");
    }
  }

  void append(const std::string& prefix, const std::string& name, const std::string& inner, const std::string& suffix,
              char mark) {
    const auto before = RE2::QuoteMeta(prefix), after = RE2::QuoteMeta(suffix);
    names.push_back(name);
    if (mark == '*' || mark == '+') {
      expression += "(?:" + before + "((?:" + inner + ")(?:" + after + before + "(?:" + inner + "))*)" + after + ")" +
                    (mark == '*' ? "?" : "");
    } else {
      expression += "(?:" + before + "(" + inner + ")" + after + ")" + (mark ? "?" : "");
    }
  }

  bool fail(std::string text) {
    problem = std::move(text);
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t unnamed_ = 0;
  std::string literal_;
};

}  // namespace

struct OrganizationSync::Pattern {
  std::unique_ptr<RE2> expression;
  std::vector<std::string> names;

  /// The values of the groups by name; absent when the path does not match.
  std::optional<std::vector<std::string>> match(std::string_view path) const {
    std::vector<std::string> values(names.size());
    std::vector<RE2::Arg> arguments(names.size());
    std::vector<const RE2::Arg*> pointers(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      arguments[i] = &values[i];
      pointers[i] = &arguments[i];
    }
    if (!RE2::FullMatchN({path.data(), path.size()}, *expression, pointers.data(), static_cast<int>(pointers.size())))
      return {};
    return values;
  }
};

OrganizationSync::OrganizationSync(const OrganizationSyncOptions& options) {
  auto compile = [this](const std::vector<std::string>& texts, std::vector<Pattern>& patterns) {
    for (const auto& text : texts) {
      Compiler compiler(text);
      RE2::Options quiet;
      quiet.set_log_errors(false);
      std::unique_ptr<RE2> expression;
      if (compiler.run()) {
        expression = std::make_unique<RE2>(compiler.expression, quiet);
        if (!expression->ok()) compiler.problem = expression->error();
      }
      if (!compiler.problem.empty()) {
        if (problem_.empty()) problem_ = "Invalid pattern \"" + text + "\": " + compiler.problem;
        continue;
      }
      patterns.push_back({std::move(expression), std::move(compiler.names)});
    }
  };
  compile(options.organizationPatterns, organization_);
  compile(options.personalAccountPatterns, personal_);
}
OrganizationSync::~OrganizationSync() = default;
OrganizationSync::OrganizationSync(OrganizationSync&&) noexcept = default;

void OrganizationSync::require() const {
  if (!problem_.empty()) throw Error(problem_);
}

bool OrganizationSync::empty() const noexcept { return organization_.empty() && personal_.empty(); }

std::optional<OrganizationTarget> OrganizationSync::match(std::string_view path) const {
  for (const auto& pattern : organization_) {
    const auto values = pattern.match(path);
    if (!values) continue;
    for (auto [name, kind] :
         {std::pair{"id", OrganizationTarget::Kind::Id}, std::pair{"slug", OrganizationTarget::Kind::Slug}}) {
      for (std::size_t i = 0; i < pattern.names.size(); ++i) {
        if (pattern.names[i] == name && !(*values)[i].empty()) return OrganizationTarget{kind, (*values)[i]};
      }
    }
    break;  // a match without id and slug is no organization; the personal patterns come next
  }
  for (const auto& pattern : personal_) {
    if (pattern.match(path)) return OrganizationTarget{};
  }
  return {};
}

}  // namespace clerk::auth
