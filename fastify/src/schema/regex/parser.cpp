// ECMA-262, "Patterns": a recursive descent over code points.
#include "schema/regex/syntax.hpp"

#include <ecmascript/text.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <stdexcept>

namespace fastify::schema::regex {
namespace {

constexpr char32_t lastCodePoint = 0x10FFFF;
constexpr char32_t atEnd = 0xFFFFFFFF;
constexpr int maxDepth = 200;

std::u32string decode(std::string_view text) {
  const std::string repaired = ecmascript::repairUtf8(text);
  std::u32string points;
  for (std::size_t i = 0; i < repaired.size();) {
    const auto lead = static_cast<unsigned char>(repaired[i]);
    const int length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t point = length == 1 ? lead : lead & (0xFF >> (length + 1));
    for (int k = 1; k < length; ++k) point = point << 6 | (static_cast<unsigned char>(repaired[i + k]) & 0x3F);
    points.push_back(point);
    i += length;
  }
  return points;
}

const std::vector<Range> digits{{'0', '9'}};
const std::vector<Range> wordCharacters{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
const std::vector<Range> lineEnds{{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}};

void normalize(std::vector<Range>& ranges) {
  std::ranges::sort(ranges, {}, &Range::first);
  std::vector<Range> merged;
  for (const auto& range : ranges) {
    if (!merged.empty() && range.first <= merged.back().last + 1) {
      merged.back().last = std::max(merged.back().last, range.last);
    } else {
      merged.push_back(range);
    }
  }
  ranges = std::move(merged);
}

// General categories by their long names; RE2 knows the short ones.
const std::map<std::string_view, std::string_view> categories{{"Letter", "L"},
                                                              {"Cased_Letter", "LC"},
                                                              {"Uppercase_Letter", "Lu"},
                                                              {"Lowercase_Letter", "Ll"},
                                                              {"Titlecase_Letter", "Lt"},
                                                              {"Modifier_Letter", "Lm"},
                                                              {"Other_Letter", "Lo"},
                                                              {"Mark", "M"},
                                                              {"Combining_Mark", "M"},
                                                              {"Nonspacing_Mark", "Mn"},
                                                              {"Spacing_Mark", "Mc"},
                                                              {"Enclosing_Mark", "Me"},
                                                              {"Number", "N"},
                                                              {"Decimal_Number", "Nd"},
                                                              {"digit", "Nd"},
                                                              {"Letter_Number", "Nl"},
                                                              {"Other_Number", "No"},
                                                              {"Punctuation", "P"},
                                                              {"punct", "P"},
                                                              {"Connector_Punctuation", "Pc"},
                                                              {"Dash_Punctuation", "Pd"},
                                                              {"Open_Punctuation", "Ps"},
                                                              {"Close_Punctuation", "Pe"},
                                                              {"Initial_Punctuation", "Pi"},
                                                              {"Final_Punctuation", "Pf"},
                                                              {"Other_Punctuation", "Po"},
                                                              {"Symbol", "S"},
                                                              {"Math_Symbol", "Sm"},
                                                              {"Currency_Symbol", "Sc"},
                                                              {"Modifier_Symbol", "Sk"},
                                                              {"Other_Symbol", "So"},
                                                              {"Separator", "Z"},
                                                              {"Space_Separator", "Zs"},
                                                              {"Line_Separator", "Zl"},
                                                              {"Paragraph_Separator", "Zp"},
                                                              {"Control", "Cc"},
                                                              {"cntrl", "Cc"},
                                                              {"Format", "Cf"},
                                                              {"Surrogate", "Cs"},
                                                              {"Private_Use", "Co"}};
constexpr std::array<std::string_view, 35> shortCategories{
    "L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M",  "Mn", "Mc", "Me", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Ps",
    "Pe", "Pi", "Pf", "Po", "S",  "Sm", "Sc", "Sk", "So", "Z",  "Zs", "Zl", "Zp", "C",  "Cc", "Cf", "Co"};

class Parser {
 public:
  Parser(std::string_view pattern, Dialect dialect)
      : text_(decode(pattern)), unicode_(dialect == Dialect::Unicode), namedGroups_(countGroups()) {}

  Expression parse() {
    Expression expression;
    expression.root = alternatives();
    if (peek() == ')') refuse("Unmatched ')'");
    if (highestReference_ > groupCount_ && unicode_) refuse("Invalid escape");
    expression.groupCount = groupCount_;
    expression.needsBacktracking = needsBacktracking_;
    return expression;
  }

 private:
  using NodePointer = std::unique_ptr<Node>;

  [[noreturn]] static void refuse(const char* reason) { throw std::invalid_argument(reason); }

  char32_t peek(std::size_t ahead = 0) const noexcept {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : atEnd;
  }
  bool take(char32_t c) noexcept {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool take(std::u32string_view expected) noexcept {
    if (std::u32string_view(text_).substr(at_, expected.size()) != expected) return false;
    at_ += expected.size();
    return true;
  }

  // The names of all groups, in order, so that \k can refer to one that comes later; also how many groups there are.
  std::vector<std::u32string> countGroups() {
    std::vector<std::u32string> names;
    bool inClass = false;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char32_t c = text_[i];
      if (c == '\\') {
        ++i;
      } else if (inClass) {
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
      } else if (c == '(') {
        const bool plain = i + 1 >= text_.size() || text_[i + 1] != '?';
        const bool named =
            !plain && i + 3 < text_.size() && text_[i + 2] == '<' && text_[i + 3] != '=' && text_[i + 3] != '!';
        if (!plain && !named) continue;
        ++totalGroups_;
        std::u32string name;
        if (named) {
          for (std::size_t k = i + 3; k < text_.size() && text_[k] != '>'; ++k) name.push_back(text_[k]);
        }
        names.push_back(std::move(name));
      }
    }
    return names;
  }

  NodePointer alternatives() {
    if (++depth_ > maxDepth) refuse("Regular expression too deep");
    auto first = sequence();
    if (peek() != '|') {
      --depth_;
      return first;
    }
    auto node = std::make_unique<Node>(Node::Kind::Alternatives);
    node->children.push_back(std::move(first));
    while (take('|')) node->children.push_back(sequence());
    --depth_;
    return node;
  }

  NodePointer sequence() {
    auto node = std::make_unique<Node>(Node::Kind::Sequence);
    while (peek() != atEnd && peek() != '|' && peek() != ')') node->children.push_back(term());
    if (node->children.size() == 1) return std::move(node->children.front());
    return node;
  }

  NodePointer term() {
    bool repeatable = true;
    auto node = atomOrAssertion(repeatable);
    return quantified(std::move(node), repeatable);
  }

  NodePointer atomOrAssertion(bool& repeatable) {
    const char32_t c = peek();
    switch (c) {
      case '^':
        ++at_;
        repeatable = false;
        return std::make_unique<Node>(Node::Kind::Start);
      case '$':
        ++at_;
        repeatable = false;
        return std::make_unique<Node>(Node::Kind::End);
      case '(': return group(repeatable);
      case '.': ++at_; return setNode(lineEnds, true);
      case '[': return classNode();
      case '\\': return escape(repeatable);
      case '*':
      case '+':
      case '?': refuse("Nothing to repeat");
      case '{':
        if (unicode_ || quantifierAhead()) refuse("Nothing to repeat");
        break;
      case '}':
      case ']':
        if (unicode_) refuse("Lone quantifier brackets");
        break;
      default: break;
    }
    ++at_;
    return character(c);
  }

  NodePointer group(bool& repeatable) {
    take('(');
    if (take(U"?:")) return closed(alternatives());
    if (take(U"?=")) return look(Node::Kind::LookAhead, false, repeatable);
    if (take(U"?!")) return look(Node::Kind::LookAhead, true, repeatable);
    if (take(U"?<=")) return look(Node::Kind::LookBehind, false, repeatable);
    if (take(U"?<!")) return look(Node::Kind::LookBehind, true, repeatable);
    if (take(U"?<")) {
      groupName();
    } else if (peek() == '?') {
      refuse("Invalid group");
    }
    auto node = std::make_unique<Node>(Node::Kind::Group);
    node->group = ++groupCount_;
    node->children.push_back(closed(alternatives()));
    return node;
  }

  std::u32string groupName() {
    std::u32string name;
    while (peek() != '>' && peek() != atEnd) name.push_back(text_[at_++]);
    if (!take('>') || name.empty()) refuse("Invalid capture group name");
    return name;
  }

  NodePointer closed(NodePointer node) {
    if (!take(')')) refuse("Unterminated group");
    return node;
  }

  NodePointer look(Node::Kind kind, bool negated, bool& repeatable) {
    needsBacktracking_ = true;
    repeatable = !unicode_ && kind == Node::Kind::LookAhead;
    auto node = std::make_unique<Node>(kind);
    node->negated = negated;
    node->children.push_back(closed(alternatives()));
    return node;
  }

  static NodePointer setNode(std::vector<Range> ranges, bool negated = false) {
    auto node = std::make_unique<Node>(Node::Kind::Set);
    node->set.ranges = std::move(ranges);
    node->set.negated = negated;
    return node;
  }
  static NodePointer character(char32_t c) { return setNode({{c, c}}); }

  NodePointer escape(bool& repeatable) {
    take('\\');
    const char32_t c = peek();
    if (c == 'b' || c == 'B') {
      ++at_;
      repeatable = false;
      return std::make_unique<Node>(c == 'b' ? Node::Kind::WordBoundary : Node::Kind::NotWordBoundary);
    }
    if (c >= '1' && c <= '9') {
      if (auto reference = backreference()) return reference;
    }
    if (c == 'k' && (unicode_ || hasNamedGroup())) {
      ++at_;
      if (!take('<')) refuse("Invalid named reference");
      return namedReference(groupName());
    }
    auto node = std::make_unique<Node>(Node::Kind::Set);
    if (!classEscape(node->set)) node->set.ranges = {oneOf(characterEscape(false))};
    return node;
  }

  static Range oneOf(char32_t c) { return {c, c}; }

  bool hasNamedGroup() const {
    return std::ranges::any_of(namedGroups_, [](const std::u32string& name) { return !name.empty(); });
  }

  NodePointer namedReference(const std::u32string& name) {
    const auto found = std::ranges::find(namedGroups_, name);
    if (found == namedGroups_.end()) refuse("Invalid named capture referenced");
    return referenceTo(static_cast<std::uint32_t>(found - namedGroups_.begin()) + 1);
  }

  NodePointer referenceTo(std::uint32_t number) {
    needsBacktracking_ = true;
    highestReference_ = std::max(highestReference_, number);
    auto node = std::make_unique<Node>(Node::Kind::Backreference);
    node->group = number;
    return node;
  }

  // \1 to \99; in the lenient dialect a number without group is an octal escape or the digit itself.
  NodePointer backreference() {
    std::uint32_t number = 0;
    std::size_t length = 0;
    while (peek(length) >= '0' && peek(length) <= '9' && length < 4) {
      number = number * 10 + (peek(length) - '0');
      ++length;
    }
    if (!unicode_ && number > totalGroups_) return nullptr;
    at_ += length;
    return referenceTo(number);
  }

  // \d \D \w \W \s \S \p{…} \P{…}: adds to the set; false when it is none of them.
  bool classEscape(CharacterSet& set) {
    const auto add = [&](const std::vector<Range>& ranges) {
      set.ranges.insert(set.ranges.end(), ranges.begin(), ranges.end());
      ++at_;
      return true;
    };
    switch (peek()) {
      case 'd': return add(digits);
      case 'D': return add(complement(digits));
      case 'w': return add(wordCharacters);
      case 'W': return add(complement(wordCharacters));
      case 's': return add(whiteSpace());
      case 'S': return add(complement(whiteSpace()));
      case 'p':
      case 'P':
        if (!unicode_) return false;
        set.properties.push_back(property());
        return true;
      default: return false;
    }
  }

  CharacterSet::Property property() {
    const bool negated = text_[at_++] == 'P';
    if (!take('{')) refuse("Invalid property name");
    std::string name;
    while (peek() != '}' && peek() != atEnd && peek() < 0x80) name.push_back(static_cast<char>(text_[at_++]));
    if (!take('}')) refuse("Invalid property name");
    return {propertyName(name), negated};
  }

  static std::string propertyName(std::string_view name) {
    const auto equals = name.find('=');
    const auto kind = name.substr(0, equals);
    const bool script = kind == "Script" || kind == "sc" || kind == "Script_Extensions" || kind == "scx";
    if (equals != std::string_view::npos) {
      if (script) return std::string(name.substr(equals + 1));
      if (kind != "General_Category" && kind != "gc") refuse("Invalid property name");
      name = name.substr(equals + 1);
    }
    if (std::ranges::find(shortCategories, name) != shortCategories.end()) return std::string(name);
    const auto category = categories.find(name);
    if (category == categories.end()) refuse("Invalid property name");
    return std::string(category->second);
  }

  // What stands behind a backslash as one code point.
  char32_t characterEscape(bool inClass) {
    const char32_t c = peek();
    if (c == atEnd) refuse("\\ at end of pattern");
    ++at_;
    switch (c) {
      case 't': return '\t';
      case 'n': return '\n';
      case 'v': return '\v';
      case 'f': return '\f';
      case 'r': return '\r';
      case 'c': return controlLetter(inClass);
      case 'x': return hexOr(2, 'x');
      case 'u': return unicodeEscape();
      case '0':
        if (peek() < '0' || peek() > '9') return 0;
        if (unicode_) refuse("Invalid decimal escape");
        return octal(0);
      default: break;
    }
    if (!unicode_) return c >= '1' && c <= '7' ? octal(c - '0') : c;
    constexpr std::u32string_view syntax = U"^$\\.*+?()[]{}|/";
    if (syntax.find(c) == std::u32string_view::npos && !(inClass && c == '-')) refuse("Invalid escape");
    return c;
  }

  char32_t octal(char32_t value) {
    for (int i = 0; i < 2 && peek() >= '0' && peek() <= '7' && value * 8 + (peek() - '0') <= 0377; ++i) {
      value = value * 8 + (text_[at_++] - '0');
    }
    return value;
  }

  char32_t controlLetter(bool inClass) {
    const char32_t c = peek();
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter || (!unicode_ && inClass && ((c >= '0' && c <= '9') || c == '_'))) {
      ++at_;
      return c % 32;
    }
    if (unicode_) refuse("Invalid unicode escape");
    --at_;  // the backslash stands for itself
    return '\\';
  }

  std::optional<char32_t> hex(std::size_t count) {
    char32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const char32_t c = peek(i);
      const char32_t lower = c | 0x20;
      if (c >= '0' && c <= '9') {
        value = value * 16 + (c - '0');
      } else if (lower >= 'a' && lower <= 'f') {
        value = value * 16 + (lower - 'a' + 10);
      } else {
        return std::nullopt;
      }
    }
    at_ += count;
    return value;
  }

  char32_t hexOr(std::size_t count, char32_t otherwise) {
    if (const auto value = hex(count)) return *value;
    if (unicode_) refuse("Invalid escape");
    return otherwise;
  }

  char32_t unicodeEscape() {
    if (unicode_ && take('{')) {
      char32_t value = 0;
      bool any = false;
      while (const auto digit = hex(1)) {
        any = true;
        value = value * 16 + *digit;
        if (value > lastCodePoint) refuse("Invalid Unicode escape");
      }
      if (!any || !take('}')) refuse("Invalid Unicode escape");
      return value;
    }
    const char32_t lead = hexOr(4, 'u');
    if (lead < 0xD800 || lead > 0xDBFF) return lead;
    const auto rewind = at_;
    if (take(U"\\u")) {
      const auto trail = hex(4);
      if (trail && *trail >= 0xDC00 && *trail <= 0xDFFF) return 0x10000 + ((lead - 0xD800) << 10) + (*trail - 0xDC00);
    }
    at_ = rewind;
    return lead;
  }

  NodePointer classNode() {
    take('[');
    auto node = std::make_unique<Node>(Node::Kind::Set);
    auto& set = node->set;
    set.negated = take('^');
    while (!take(']')) {
      if (peek() == atEnd) refuse("Unterminated character class");
      const auto first = classAtom(set);
      if (peek() != '-' || peek(1) == ']' || peek(1) == atEnd) {
        if (first) set.ranges.push_back(oneOf(*first));
        continue;
      }
      take('-');
      const auto last = classAtom(set);
      if (first && last) {
        if (*first > *last) refuse("Range out of order in character class");
        set.ranges.push_back({*first, *last});
      } else if (unicode_) {
        refuse("Invalid character class");
      } else {
        set.ranges.push_back(oneOf('-'));
        if (first) set.ranges.push_back(oneOf(*first));
        if (last) set.ranges.push_back(oneOf(*last));
      }
    }
    normalize(set.ranges);
    return node;
  }

  // One code point, or nullopt when it was a class like \d, which is then in the set.
  std::optional<char32_t> classAtom(CharacterSet& set) {
    if (!take('\\')) return text_[at_++];
    if (take('b')) return '\b';
    if (peek() != atEnd && classEscape(set)) return std::nullopt;
    return characterEscape(true);
  }

  bool quantifierAhead() const {
    std::size_t i = 1;
    const auto skipDigits = [&] {
      const auto from = i;
      while (peek(i) >= '0' && peek(i) <= '9') ++i;
      return i > from;
    };
    if (peek() != '{' || !skipDigits()) return false;
    if (peek(i) == ',') {
      ++i;
      skipDigits();
    }
    return peek(i) == '}';
  }

  std::uint32_t number() {
    std::uint64_t value = 0;
    while (peek() >= '0' && peek() <= '9') {
      value = std::min<std::uint64_t>(value * 10 + (text_[at_++] - '0'), Node::unlimited - 1);
    }
    return static_cast<std::uint32_t>(value);
  }

  NodePointer quantified(NodePointer node, bool repeatable) {
    std::uint32_t minimum = 0;
    std::uint32_t maximum = Node::unlimited;
    if (take('*')) {
    } else if (take('+')) {
      minimum = 1;
    } else if (take('?')) {
      maximum = 1;
    } else if (quantifierAhead()) {
      take('{');
      minimum = number();
      maximum = minimum;
      if (take(',')) maximum = peek() == '}' ? Node::unlimited : number();
      take('}');
      if (minimum > maximum) refuse("numbers out of order in {} quantifier");
    } else {
      if (peek() == '{' && unicode_) refuse("Incomplete quantifier");
      return node;
    }
    if (!repeatable) refuse("Nothing to repeat");
    auto repeat = std::make_unique<Node>(Node::Kind::Repeat);
    repeat->greedy = !take('?');
    repeat->minimum = minimum;
    repeat->maximum = maximum;
    repeat->children.push_back(std::move(node));
    return repeat;
  }

  std::u32string text_;
  bool unicode_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::uint32_t groupCount_ = 0;
  std::uint32_t totalGroups_ = 0;
  std::uint32_t highestReference_ = 0;
  bool needsBacktracking_ = false;
  std::vector<std::u32string> namedGroups_;  // by number; empty: no name
};

}  // namespace

const std::vector<Range>& whiteSpace() {
  static const std::vector<Range> ranges{{'\t', '\r'},     {' ', ' '},       {0xA0, 0xA0},     {0x1680, 0x1680},
                                         {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F},
                                         {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
  return ranges;
}

std::vector<Range> complement(const std::vector<Range>& ranges) {
  std::vector<Range> rest;
  char32_t next = 0;
  for (const auto& range : ranges) {
    if (range.first > next) rest.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next <= lastCodePoint) rest.push_back({next, lastCodePoint});
  return rest;
}

Expression parse(std::string_view pattern, Dialect dialect) { return Parser(pattern, dialect).parse(); }

}  // namespace fastify::schema::regex
