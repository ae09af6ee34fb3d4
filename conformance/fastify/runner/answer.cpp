#include "answer.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>
#include <ecmascript/text.hpp>

#include <boost/json/array.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace conformance {
namespace {

constexpr std::string_view lineEnd = "\r\n";
constexpr std::size_t longestShownBody = 2000;

std::string fromLatin1(std::string_view bytes) {
  std::string text;
  for (const unsigned char byte : bytes) ecmascript::appendCodePoint(text, byte);
  return text;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// The bytes of one connection, read from the front; every `take` fails when they are not all there yet.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}
  bool empty() const { return rest_.empty(); }

  std::optional<std::string_view> takeLine() { return takeUntil(lineEnd); }
  std::optional<std::string_view> takeUntil(std::string_view end) {
    const auto at = rest_.find(end);
    if (at == rest_.npos) return std::nullopt;
    const auto taken = rest_.substr(0, at);
    rest_.remove_prefix(at + end.size());
    return taken;
  }
  /// At most `count` bytes.
  std::string_view takeSome(std::size_t count) {
    const auto taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }

 private:
  std::string_view rest_;
};

template <class Number>
std::optional<Number> numberIn(std::string_view text, int base = 10) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  return number;
}

/// `HTTP/1.1 200 OK`
bool readStatusLine(std::string_view line, Answer& answer) {
  if (!line.starts_with("HTTP/") || line.size() < 12) return false;
  answer.version = line.substr(5, 3);
  const auto status = numberIn<int>(line.substr(9, 3));
  if (!status) return false;
  answer.status = *status;
  answer.reason = line.size() > 13 ? line.substr(13) : std::string_view();
  return true;
}

std::pair<std::string_view, std::string_view> splitField(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == line.npos) return {line, {}};
  auto value = line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  return {line.substr(0, colon), value};
}

/// A date that an app set itself is compared like any header: it is in 1970.
bool isCurrentDate(std::string_view name, std::string_view value) {
  return equalsIgnoringCase(name, "date") && value.ends_with("GMT") && value.find("1970") == value.npos;
}

void readFields(std::string_view lines, Answer& answer) {
  Cursor cursor(lines);
  for (auto line = cursor.takeLine(); line; line = cursor.takeLine()) {
    const auto [name, value] = splitField(*line);
    if (isCurrentDate(name, value)) {
      answer.date = true;
    } else {
      answer.headers.emplace_back(fromLatin1(name), fromLatin1(value));
    }
  }
}

std::optional<std::string_view> header(const Answer& answer, std::string_view name) {
  const auto found =
      std::ranges::find_if(answer.headers, [&](const auto& field) { return equalsIgnoringCase(field.first, name); });
  if (found == answer.headers.end()) return std::nullopt;
  return found->second;
}

bool readTrailers(Cursor& cursor, Answer& answer) {
  for (auto line = cursor.takeLine(); line; line = cursor.takeLine()) {
    if (line->empty()) return true;
    const auto [name, value] = splitField(*line);
    answer.trailers.emplace_back(fromLatin1(name), fromLatin1(ecmascript::trim(value)));
  }
  return false;
}

bool readChunks(Cursor& cursor, Answer& answer) {
  for (;;) {
    const auto line = cursor.takeLine();
    const auto size = line ? numberIn<std::size_t>(*line, 16) : std::nullopt;
    if (!size) return false;
    if (*size == 0) return readTrailers(cursor, answer);
    const auto data = cursor.takeSome(*size);
    answer.body += data;
    if (data.size() < *size || cursor.takeSome(2) != lineEnd) return false;
  }
}

/// False when a part of the body is missing.
bool readBody(Cursor& cursor, bool ended, Answer& answer) {
  if (const auto encoding = header(answer, "transfer-encoding"); encoding && equalsIgnoringCase(*encoding, "chunked")) {
    answer.framing = "chunked";
    return readChunks(cursor, answer);
  }
  if (const auto text = header(answer, "content-length")) {
    answer.framing = "content-length";
    const auto length = numberIn<std::size_t>(*text).value_or(0);
    answer.body = cursor.takeSome(length);
    return answer.body.size() == length;
  }
  answer.framing = "until-close";
  answer.body = cursor.takeSome(std::string_view::npos);
  return ended;
}

boost::json::array asJson(const std::vector<std::pair<std::string, std::string>>& fields) {
  boost::json::array json;
  for (const auto& [name, value] : fields) json.push_back(boost::json::array{name, value});
  return json;
}

}  // namespace

boost::json::object Answer::json() const {
  boost::json::object shown{
      {"version", version}, {"status", status}, {"reason", reason}, {"headers", asJson(headers)}, {"framing", framing}};
  if (!ecmascript::isValidUtf8(body)) {
    shown["body_base64"] = crypto::base64Encode(body);
  } else if (body.size() > longestShownBody) {
    shown["body_length"] = body.size();
    shown["body_sha256"] = crypto::hexEncode(crypto::bytesOf(crypto::sha256(body)));
  } else {
    shown["body"] = body;
  }
  if (date) shown["date"] = true;
  if (incomplete) shown["incomplete"] = true;
  if (!trailers.empty()) shown["trailers"] = asJson(trailers);
  return shown;
}

Answers parseAnswers(std::string_view bytes, const std::set<std::size_t>& heads, bool ended) {
  Answers answers;
  Cursor cursor(bytes);
  while (!cursor.empty()) {
    // The last field keeps its line end, so that each line has one.
    const auto statusLine = cursor.takeLine();
    Answer answer;
    if (!statusLine || !readStatusLine(*statusLine, answer)) break;
    auto afterStatus = cursor;
    if (afterStatus.takeSome(2) == lineEnd) {
      cursor = afterStatus;
    } else {
      const auto fields = cursor.takeUntil("\r\n\r\n");
      if (!fields) break;
      readFields(std::string(*fields) + "\r\n", answer);
    }
    const bool informational = answer.status < 200;
    const bool hasBody =
        !informational && !heads.contains(answers.finals) && answer.status != 204 && answer.status != 304;
    answer.incomplete = hasBody && !readBody(cursor, ended, answer);
    if (answer.incomplete && !ended) break;
    answers.finals += informational ? 0 : 1;
    answers.all.push_back(std::move(answer));
    if (answers.all.back().incomplete) break;
  }
  return answers;
}

}  // namespace conformance
