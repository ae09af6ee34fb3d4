#include "schema/format.hpp"

#include "schema/regex/syntax.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace fastify::schema {
namespace {

bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }
bool isLetter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isAlphanumeric(char c) noexcept { return isDigit(c) || isLetter(c); }
bool isHex(char c) noexcept { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool isOneOf(char c, std::string_view set) noexcept { return set.find(c) != std::string_view::npos; }

// Reads a text from left to right.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool atEnd() const noexcept { return rest_.empty(); }
  std::string_view rest() const noexcept { return rest_; }
  char peek() const noexcept { return rest_.empty() ? '\0' : rest_[0]; }
  bool take(char c) noexcept {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool takeLetter(char lower) noexcept {
    if (rest_.empty() || (rest_[0] | 0x20) != lower) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly `count` digits; -1 when there are fewer.
  int digits(std::size_t count) noexcept {
    if (rest_.size() < count) return -1;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!isDigit(rest_[i])) return -1;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  template <class Test>
  std::size_t takeWhile(Test test) noexcept {
    std::size_t count = 0;
    while (count < rest_.size() && test(rest_[count])) ++count;
    rest_.remove_prefix(count);
    return count;
  }
  // One allowed character or a percent escape.
  template <class Test>
  bool takeEncoded(Test test) noexcept {
    if (rest_.empty()) return false;
    if (rest_[0] == '%') {
      if (rest_.size() < 3 || !isHex(rest_[1]) || !isHex(rest_[2])) return false;
      rest_.remove_prefix(3);
      return true;
    }
    if (!test(rest_[0])) return false;
    rest_.remove_prefix(1);
    return true;
  }

 private:
  std::string_view rest_;
};

// Text made of allowed characters and percent escapes alone.
template <class Test>
bool isEncoded(std::string_view text, Test test) noexcept {
  Reader in(text);
  while (!in.atEnd()) {
    if (!in.takeEncoded(test)) return false;
  }
  return true;
}

// Dates and times: RFC 3339, section 5.6, with the leniencies of ajv-formats (zone without colon or minutes).

bool date(std::string_view text) {
  Reader in(text);
  const int year = in.digits(4);
  if (year < 0 || !in.take('-')) return false;
  const int month = in.digits(2);
  if (month < 1 || month > 12 || !in.take('-')) return false;
  const int day = in.digits(2);
  if (day < 1 || !in.atEnd()) return false;
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= (month == 2 && leap ? 29 : days[month - 1]);
}

bool timeOfDay(std::string_view text, bool needsZone) {
  Reader in(text);
  const int hour = in.digits(2);
  if (hour < 0 || !in.take(':')) return false;
  const int minute = in.digits(2);
  if (minute < 0 || !in.take(':')) return false;
  const int second = in.digits(2);
  if (second < 0) return false;
  if (in.take('.') && in.takeWhile(isDigit) == 0) return false;

  int zoneHour = 0;
  int zoneMinute = 0;
  int sign = 1;
  bool hasZone = false;
  if (in.takeLetter('z')) {
    hasZone = true;
  } else if (in.peek() == '+' || in.peek() == '-') {
    hasZone = true;
    sign = in.take('-') ? -1 : (in.take('+'), 1);
    zoneHour = in.digits(2);
    if (zoneHour < 0) return false;
    if (!in.atEnd()) {
      in.take(':');
      zoneMinute = in.digits(2);
      if (zoneMinute < 0) return false;
    }
  }
  if (!in.atEnd() || zoneHour > 23 || zoneMinute > 59 || (needsZone && !hasZone)) return false;
  if (hour <= 23 && minute <= 59 && second < 60) return true;
  // A leap second is the last one of a day in UTC.
  const int utcMinute = minute - zoneMinute * sign;
  const int utcHour = hour - zoneHour * sign - (utcMinute < 0 ? 1 : 0);
  return (utcHour == 23 || utcHour == -1) && (utcMinute == 59 || utcMinute == -1) && second < 61;
}

bool dateAndTime(std::string_view text, bool needsZone) {
  if (text.size() < 11 || !date(text.substr(0, 10))) return false;
  const char separator = text[10];
  const bool blank = separator == ' ' || (separator >= '\t' && separator <= '\r');
  return ((separator | 0x20) == 't' || blank) && timeOfDay(text.substr(11), needsZone);
}

bool time(std::string_view text) { return timeOfDay(text, true); }
bool isoTime(std::string_view text) { return timeOfDay(text, false); }
bool dateTime(std::string_view text) { return dateAndTime(text, true); }
bool isoDateTime(std::string_view text) { return dateAndTime(text, false); }

// RFC 3339, appendix A.
bool duration(std::string_view text) {
  Reader in(text);
  if (!in.take('P') || in.atEnd()) return false;
  // Takes units in their order as far as they are there; false when a number has no unit of the list behind it.
  const auto takeUnits = [&](std::string_view units) {
    while (isDigit(in.peek())) {
      in.takeWhile(isDigit);
      const auto unit = units.find(in.peek());
      if (in.atEnd() || unit == std::string_view::npos) return false;
      units.remove_prefix(unit + 1);
      in.take(in.peek());
    }
    return true;
  };
  if (text.ends_with('W')) return in.takeWhile(isDigit) > 0 && in.take('W') && in.atEnd();
  if (!takeUnits("YMD")) return false;
  if (in.take('T') && (!isDigit(in.peek()) || !takeUnits("HMS"))) return false;
  return in.atEnd();
}

// Names of the network.

bool isLabel(std::string_view label) noexcept {
  return !label.empty() && isAlphanumeric(label.front()) && isAlphanumeric(label.back()) &&
         std::ranges::all_of(label, [](char c) { return isAlphanumeric(c) || c == '-'; });
}

// Calls `test` with what stands between the dots; false as soon as it says no.
template <class Test>
bool everyLabel(std::string_view name, Test test) {
  while (true) {
    const auto dot = name.find('.');
    if (!test(name.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

bool email(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos) return false;
  const auto isAtom = [](std::string_view atom) {
    return !atom.empty() &&
           std::ranges::all_of(atom, [](char c) { return isAlphanumeric(c) || isOneOf(c, "!#$%&'*+/=?^_`{|}~-"); });
  };
  const auto domain = text.substr(at + 1);
  return everyLabel(text.substr(0, at), isAtom) && domain.find('.') != std::string_view::npos &&
         everyLabel(domain, isLabel);
}

bool hostname(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  return text.size() <= 253 &&
         everyLabel(text, [](std::string_view label) { return label.size() <= 63 && isLabel(label); });
}

bool ipv4(std::string_view text) {
  int count = 0;
  const auto isOctet = [&](std::string_view octet) {
    ++count;
    if (octet.empty() || octet.size() > 3 || !std::ranges::all_of(octet, isDigit)) return false;
    if (octet.size() > 1 && octet[0] == '0') return false;
    int value = 0;
    for (const char c : octet) value = value * 10 + (c - '0');
    return value <= 255;
  };
  return everyLabel(text, isOctet) && count == 4;
}

// RFC 4291, 2.2: eight groups, or fewer and one "::" that stands for at least one; an IPv4 address for the last two.
bool ipv6(std::string_view text) {
  int groups = 0;
  bool compressed = false;
  if (text.starts_with("::")) {
    compressed = true;
    text.remove_prefix(2);
    if (text.empty()) return true;
  }
  while (true) {
    const auto colon = text.find(':');
    const auto group = text.substr(0, colon);
    if (colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
      groups += 2;
      if (!ipv4(group)) return false;
      break;
    }
    if (group.empty() || group.size() > 4 || !std::ranges::all_of(group, isHex)) return false;
    ++groups;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
    if (!text.starts_with(':')) {
      if (text.empty()) return false;
      continue;
    }
    if (compressed) return false;
    compressed = true;
    text.remove_prefix(1);
    if (text.empty()) break;
  }
  return compressed ? groups <= 7 : groups == 8;
}

// URIs: RFC 3986, appendix A. As ajv-formats has it, the slashes before the authority may be one, so that what is no
// authority is a path, and references may have quotation marks in them.

bool isUnreservedOrSubDelimiter(char c) noexcept { return isAlphanumeric(c) || isOneOf(c, "-._~!$&'()*+,;="); }

enum class UriKind { Absolute, Reference };

class UriGrammar {
 public:
  explicit UriGrammar(UriKind kind) : kind_(kind) {}

  bool accepts(std::string_view text) const {
    const auto isTail = [this](char c) { return isPathCharacter(c) || c == '/' || c == '?'; };
    const auto hash = text.find('#');
    if (hash != std::string_view::npos && !isEncoded(text.substr(hash + 1), isTail)) return false;
    text = text.substr(0, hash);
    const auto question = text.find('?');
    if (question != std::string_view::npos && !isEncoded(text.substr(question + 1), isTail)) return false;
    text = text.substr(0, question);

    const auto schemeLength = lengthOfScheme(text);
    if (schemeLength == 0 && kind_ == UriKind::Absolute) return false;
    text.remove_prefix(schemeLength);
    if (text.empty()) return kind_ == UriKind::Reference;
    if (text[0] != '/') return isPath(text);
    return isAuthorityAndPath(text.substr(1)) || (text.starts_with("//") && isAuthorityAndPath(text.substr(2)));
  }

 private:
  bool isNameCharacter(char c) const noexcept {
    return isUnreservedOrSubDelimiter(c) || (c == '"' && kind_ == UriKind::Reference);
  }
  bool isPathCharacter(char c) const noexcept { return isNameCharacter(c) || c == ':' || c == '@'; }

  // With the colon; 0 when there is none.
  static std::size_t lengthOfScheme(std::string_view text) noexcept {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !isLetter(text[0])) return 0;
    const auto isAllowed = [](char c) { return isAlphanumeric(c) || isOneOf(c, "+-."); };
    return std::ranges::all_of(text.substr(0, colon), isAllowed) ? colon + 1 : 0;
  }

  bool isPath(std::string_view text) const {
    return isEncoded(text, [this](char c) { return isPathCharacter(c) || c == '/'; });
  }

  bool isAuthorityAndPath(std::string_view text) const {
    const auto slash = std::min(text.find('/'), text.size());
    if (isAuthority(text.substr(0, slash)) && isPath(text.substr(slash))) return true;
    return !text.starts_with('/') && isPath(text);
  }

  bool isAuthority(std::string_view text) const {
    const auto at = text.find('@');
    if (at != std::string_view::npos) {
      const auto isUserInfo = [](char c) { return isUnreservedOrSubDelimiter(c) || c == ':'; };
      if (!isEncoded(text.substr(0, at), isUserInfo)) return false;
      text.remove_prefix(at + 1);
    }
    std::string_view port;
    if (text.starts_with('[')) {
      const auto end = text.find(']');
      if (end == std::string_view::npos || !isAddress(text.substr(1, end - 1))) return false;
      port = text.substr(end + 1);
    } else {
      const auto colon = text.find(':');
      if (!isEncoded(text.substr(0, colon), [this](char c) { return isNameCharacter(c); })) return false;
      if (colon != std::string_view::npos) port = text.substr(colon);
    }
    return port.empty() || (port[0] == ':' && std::ranges::all_of(port.substr(1), isDigit));
  }

  // What stands in the brackets: IPv6, or the form kept for later versions ("v1.x").
  static bool isAddress(std::string_view address) {
    if (!address.starts_with('v') && !address.starts_with('V')) return ipv6(address);
    const auto dot = address.find('.');
    if (dot == std::string_view::npos || dot < 2 || dot + 1 == address.size()) return false;
    const auto isAllowed = [](char c) { return isUnreservedOrSubDelimiter(c) || c == ':'; };
    return std::ranges::all_of(address.substr(1, dot - 1), isHex) &&
           std::ranges::all_of(address.substr(dot + 1), isAllowed);
  }

  UriKind kind_;
};

bool uri(std::string_view text) { return UriGrammar(UriKind::Absolute).accepts(text); }
bool uriReference(std::string_view text) { return UriGrammar(UriKind::Reference).accepts(text); }

// RFC 6570.
bool uriTemplate(std::string_view text) {
  Reader in(text);
  const auto isLiteral = [](char c) { return static_cast<unsigned char>(c) > 0x20 && !isOneOf(c, "\"'<>%\\^`{|}"); };
  const auto isVariable = [](char c) { return isAlphanumeric(c) || c == '_'; };
  const auto takeVariable = [&] {
    if (!in.takeEncoded(isVariable)) return false;
    while (in.takeEncoded(isVariable)) continue;
    if (in.take('*')) return true;
    if (!in.take(':')) return true;
    const bool startsRight = in.peek() >= '1' && in.peek() <= '9';
    return startsRight && in.takeWhile(isDigit) <= 4;
  };
  while (!in.atEnd()) {
    if (!in.take('{')) {
      if (!in.takeEncoded(isLiteral)) return false;
      continue;
    }
    if (isOneOf(in.peek(), "+#./;?&=,!@|") && !in.atEnd()) in.take(in.peek());
    do {
      if (!takeVariable()) return false;
    } while (in.take(','));
    if (!in.take('}')) return false;
  }
  return true;
}

// Public addresses of the web: the rules of https://gist.github.com/dperini/729294.

bool isPublicAddress(std::string_view text) {
  std::array<int, 4> octets{};
  std::size_t count = 0;
  const auto read = [&](std::string_view octet) {
    if (count == 4 || octet.empty() || octet.size() > 3 || !std::ranges::all_of(octet, isDigit)) return false;
    for (const char c : octet) octets[count] = octets[count] * 10 + (c - '0');
    return octets[count++] <= 255;
  };
  if (!everyLabel(text, read) || count != 4) return false;
  const auto [a, b, c, d] = octets;
  if (a == 0 || a == 10 || a == 127 || a > 223 || d == 0 || d == 255) return false;
  return !(a == 169 && b == 254) && !(a == 192 && b == 168) && !(a == 172 && b >= 16 && b <= 31);
}

bool isWebDomain(std::string_view text) {
  const auto isWord = [](char c) { return isAlphanumeric(c) || static_cast<unsigned char>(c) >= 0x80; };
  std::string_view last;
  int count = 0;
  const auto isWebLabel = [&](std::string_view label) {
    last = label;
    ++count;
    return !label.empty() && isWord(label.front()) && isWord(label.back()) &&
           std::ranges::all_of(label, [&](char c) { return isWord(c) || c == '-'; });
  };
  if (!everyLabel(text, isWebLabel) || count < 2 || last.size() < 2) return false;
  return std::ranges::all_of(last, [](char c) { return isLetter(c) || static_cast<unsigned char>(c) >= 0x80; });
}

bool url(std::string_view text) {
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) return false;
  std::string scheme(text.substr(0, colon));
  for (auto& c : scheme) c = static_cast<char>(c | 0x20);
  if (scheme != "http" && scheme != "https" && scheme != "ftp") return false;
  text.remove_prefix(colon + 3);
  if (std::ranges::any_of(text, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); })) return false;
  const auto slash = text.find('/');
  auto authority = text.substr(0, slash);
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    if (at == 0) return false;
    authority.remove_prefix(at + 1);
  }
  if (const auto port = authority.rfind(':'); port != std::string_view::npos) {
    const auto digits = authority.substr(port + 1);
    if (digits.size() < 2 || digits.size() > 5 || !std::ranges::all_of(digits, isDigit)) return false;
    authority = authority.substr(0, port);
  }
  return isPublicAddress(authority) || isWebDomain(authority);
}

// The rest.

bool uuid(std::string_view text) {
  constexpr std::string_view prefix = "urn:uuid:";
  const bool named =
      text.size() > prefix.size() && std::ranges::equal(text.substr(0, prefix.size()), prefix,
                                                        [](char a, char b) { return (a | 0x20) == (b | 0x20); });
  if (named) text.remove_prefix(prefix.size());
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !isHex(text[i])) return false;
  }
  return true;
}

bool isPointerText(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '~' && (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1'))) return false;
  }
  return true;
}

bool jsonPointer(std::string_view text) { return (text.empty() || text[0] == '/') && isPointerText(text); }

bool jsonPointerFragment(std::string_view text) {
  if (!text.starts_with('#')) return false;
  text.remove_prefix(1);
  if (!text.empty() && text[0] != '/') return false;
  const auto isAllowed = [](char c) { return isAlphanumeric(c) || isOneOf(c, "_-.!$&'()*+,;:=@/~"); };
  return isEncoded(text, isAllowed) && isPointerText(text);
}

bool relativeJsonPointer(std::string_view text) {
  Reader in(text);
  if (!in.take('0') && in.takeWhile(isDigit) == 0) return false;
  return in.rest() == "#" || jsonPointer(in.rest());
}

bool regularExpression(std::string_view text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && text[i + 1] == 'Z' && text[i - 1] != '\\') return false;  // .NET's anchor
  }
  try {
    regex::parse(text, regex::Dialect::Web);
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

bool base64(std::string_view text) {
  if (text.size() % 4 != 0) return false;
  std::size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) {
    text.remove_suffix(1);
    ++padding;
  }
  return std::ranges::all_of(text, [](char c) { return isAlphanumeric(c) || c == '+' || c == '/'; });
}

bool isInteger(double number) noexcept { return std::isfinite(number) && std::trunc(number) == number; }
bool int32(double number) { return isInteger(number) && number >= -2147483648.0 && number <= 2147483647.0; }
bool int64(double number) { return isInteger(number); }

constexpr std::pair<std::string_view, Format> formats[] = {
    {"date", {date}},
    {"time", {time}},
    {"date-time", {dateTime}},
    {"iso-time", {isoTime}},
    {"iso-date-time", {isoDateTime}},
    {"duration", {duration}},
    {"uri", {uri}},
    {"uri-reference", {uriReference}},
    {"uri-template", {uriTemplate}},
    {"url", {url}},
    {"email", {email}},
    {"hostname", {hostname}},
    {"ipv4", {ipv4}},
    {"ipv6", {ipv6}},
    {"regex", {regularExpression}},
    {"uuid", {uuid}},
    {"json-pointer", {jsonPointer}},
    {"json-pointer-uri-fragment", {jsonPointerFragment}},
    {"relative-json-pointer", {relativeJsonPointer}},
    {"byte", {base64}},
    {"int32", {nullptr, int32}},
    {"int64", {nullptr, int64}},
    {"float", {}},
    {"double", {}},
    {"password", {}},
    {"binary", {}},
};

}  // namespace

const Format* findFormat(std::string_view name) noexcept {
  for (const auto& [known, format] : formats) {
    if (known == name) return &format;
  }
  return nullptr;
}

}  // namespace fastify::schema
