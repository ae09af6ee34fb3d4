// A head is read line by line, from left to right. A line that has not come whole is read again from its start with the
// next call; everything before it is done with. No step looks beyond the byte where it decides, and nothing beyond the
// limit is looked at: so the outcome does not depend on how the bytes were cut.

#include "request_parser.hpp"

#include "characters.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace fastify::http {
namespace {

constexpr std::size_t keptCapacity = 64;

bool isMethodPrefix(std::string_view text) noexcept {
  return std::any_of(methodNames.begin(), methodNames.end(),
                     [text](std::string_view name) { return name.starts_with(text); });
}

bool isLetter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// "*", "/…" or "scheme://…". What is no URI after that is for the router to say (shape C).
bool isTargetForm(std::string_view target) noexcept {
  if (target.front() == '/' || target == "*") return true;
  const auto scheme = std::find_if_not(target.begin(), target.end(), isLetter);
  return scheme != target.begin() && std::string_view(scheme, target.end()).starts_with("://");
}

/// RFC 9112 §6.2, digits alone.
std::optional<std::uint64_t> parseLength(std::string_view text) noexcept {
  if (text.empty()) return std::nullopt;
  constexpr auto limit = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t length = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (length > (limit - digit) / 10) return std::nullopt;
    length = length * 10 + digit;
  }
  return length;
}

/// Calls `each` with the trimmed elements of a comma-separated list.
template <class Each>
void forEachElement(std::string_view list, Each&& each) {
  while (true) {
    const auto comma = list.find(',');
    each(trimBlanks(list.substr(0, comma)));
    if (comma == list.npos) return;
    list.remove_prefix(comma + 1);
  }
}

/// As Node looks for it: the words "100-continue" anywhere in the value.
Expectation readExpectation(std::string_view value) noexcept {
  constexpr std::string_view wanted = "100-continue";
  auto isWord = [](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '_'; };
  for (std::size_t at = 0; at + wanted.size() <= value.size(); ++at) {
    if (!equalsLower(value.substr(at, wanted.size()), wanted)) continue;
    const bool startsThere = at == 0 || !isWord(value[at - 1]);
    const auto after = at + wanted.size();
    if (startsThere && (after == value.size() || !isWord(value[after]))) return Expectation::Continue;
  }
  return Expectation::Unknown;
}

enum class LineResult : std::uint8_t { Read, NeedMore, Refused };

}  // namespace

/// One call of `parse()`: `at` walks from the start of a line to its end.
struct RequestParser::Reader {
  RequestParser& parser;
  const char* at;
  const char* const end;

  LineResult refuse(Refusal refusal) noexcept {
    parser.refusal_ = refusal;
    return LineResult::Refused;
  }

  /// CRLF, and nothing else, from `at` on.
  LineResult readLineEnd(Refusal otherwise = Refusal::InvalidLineEnd) noexcept {
    if (at == end) return LineResult::NeedMore;
    if (*at != '\r') return refuse(*at == '\n' ? Refusal::InvalidLineEnd : otherwise);
    if (at + 1 == end) return LineResult::NeedMore;
    if (at[1] != '\n') return refuse(Refusal::InvalidLineEnd);
    at += 2;
    return LineResult::Read;
  }

  LineResult readMethod() noexcept {
    const char* const start = at;
    while (at != end && *at != ' ' && isTokenCharacter(*at)) ++at;
    const std::string_view name(start, static_cast<std::size_t>(at - start));
    if (at == end && isMethodPrefix(name)) return LineResult::NeedMore;
    const auto method = at != end && *at == ' ' ? findMethod(name) : std::nullopt;
    if (!method) return refuse(Refusal::InvalidMethod);
    ++at;
    parser.head_.method = *method;
    parser.head_.methodName = nameOf(*method);
    return LineResult::Read;
  }

  LineResult readTarget() noexcept {
    const char* const start = at;
    at = skipTarget(at, end);
    if (at == end) return LineResult::NeedMore;
    if (at == start || (*at != ' ' && *at != '\r')) return refuse(Refusal::InvalidTarget);
    parser.head_.target = {start, static_cast<std::size_t>(at - start)};
    // The authority of CONNECT is not looked at: no such request is answered.
    if (parser.head_.method != Method::Connect && !isTargetForm(parser.head_.target))
      return refuse(Refusal::InvalidTarget);
    return LineResult::Read;
  }

  LineResult readVersion() noexcept {
    if (*at == '\r') {  // HTTP/0.9 has none
      parser.head_.version = 9;
      return LineResult::Read;
    }
    ++at;
    constexpr std::string_view name = "HTTP/";
    const std::string_view rest(at, static_cast<std::size_t>(end - at));
    if (!name.starts_with(rest.substr(0, name.size()))) return refuse(Refusal::InvalidVersion);
    if (rest.size() < name.size() + 3) return LineResult::NeedMore;
    const auto number = rest.substr(name.size(), 3);
    if (number == "1.1") {
      parser.head_.version = 11;
    } else if (number == "1.0") {
      parser.head_.version = 10;
    } else if (number == "2.0") {
      parser.head_.version = 20;
    } else if (number == "0.9") {
      parser.head_.version = 9;
    } else {
      return refuse(Refusal::InvalidVersion);
    }
    at += name.size() + 3;
    return LineResult::Read;
  }

  LineResult readRequestLine() noexcept {
    if (const auto result = readMethod(); result != LineResult::Read) return result;
    if (const auto result = readTarget(); result != LineResult::Read) return result;
    if (const auto result = readVersion(); result != LineResult::Read) return result;
    return readLineEnd(Refusal::InvalidVersion);
  }

  LineResult readHeader() {
    const char* const nameStart = at;
    while (at != end && isTokenCharacter(*at)) ++at;
    if (at == end) return LineResult::NeedMore;
    // No colon, space before it, or a line that goes on with the one before.
    if (*at != ':' || at == nameStart)
      return refuse(*at == '\n' ? Refusal::InvalidLineEnd : Refusal::InvalidHeaderName);
    const std::string_view name(nameStart, static_cast<std::size_t>(at - nameStart));
    ++at;
    while (at != end && (*at == ' ' || *at == '\t')) ++at;
    const char* const valueStart = at;
    at = skipValue(at, end);
    const char* valueEnd = at;
    if (const auto result = readLineEnd(Refusal::InvalidHeaderValue); result != LineResult::Read) return result;
    while (valueEnd != valueStart && (valueEnd[-1] == ' ' || valueEnd[-1] == '\t')) --valueEnd;
    return addHeader({name, {valueStart, static_cast<std::size_t>(valueEnd - valueStart)}});
  }

  LineResult addHeader(const HeaderField& field) {
    if (const auto result = interpret(field); result != LineResult::Read) return result;
    auto& fields = parser.fields_;
    if (fields.size() == maxHeaders) return LineResult::Read;
    if (fields.capacity() == 0) fields.reserve(32);
    fields.push_back(field);
    return LineResult::Read;
  }

  /// What the message's framing hangs on.
  LineResult interpret(const HeaderField& field) noexcept {
    switch (field.name.size()) {
      case 4:
        if (equalsLower(field.name, "host")) parser.head_.hasHost = true;
        break;
      case 6:
        if (equalsLower(field.name, "expect")) parser.head_.expectation = readExpectation(field.value);
        break;
      case 10:
        if (equalsLower(field.name, "connection")) readConnection(field.value);
        break;
      case 14:
        if (equalsLower(field.name, "content-length")) return readContentLength(field.value);
        break;
      case 17:
        if (equalsLower(field.name, "transfer-encoding")) return readTransferEncoding(field.value);
        break;
      default: break;
    }
    return LineResult::Read;
  }

  void readConnection(std::string_view value) noexcept {
    forEachElement(value, [this](std::string_view option) {
      if (equalsLower(option, "close")) parser.askedToClose_ = true;
      if (equalsLower(option, "keep-alive")) parser.askedToKeepAlive_ = true;
    });
  }

  LineResult readContentLength(std::string_view value) noexcept {
    if (parser.hasTransferEncoding_) return refuse(Refusal::UnexpectedContentLength);
    // A second one is refused even when it says the same.
    if (parser.head_.contentLength) return refuse(Refusal::InvalidContentLength);
    parser.head_.contentLength = parseLength(value);
    return parser.head_.contentLength ? LineResult::Read : refuse(Refusal::InvalidContentLength);
  }

  LineResult readTransferEncoding(std::string_view value) noexcept {
    if (parser.head_.contentLength) return refuse(Refusal::UnexpectedContentLength);
    parser.hasTransferEncoding_ = true;
    bool chunkedTooEarly = false;
    forEachElement(value, [&](std::string_view coding) {
      chunkedTooEarly |= parser.lastCodingIsChunked_;
      parser.lastCodingIsChunked_ = equalsLower(coding, "chunked");
    });
    return chunkedTooEarly ? refuse(Refusal::InvalidTransferEncoding) : LineResult::Read;
  }

  LineResult finish() noexcept {
    auto& head = parser.head_;
    if (head.method == Method::Connect) return refuse(Refusal::Connect);
    if (parser.hasTransferEncoding_) {
      // HTTP/1.0 knows no codings: who sends one there and who reads it may not agree where the body ends.
      if (!parser.lastCodingIsChunked_ || head.version != 11) return refuse(Refusal::InvalidTransferEncoding);
      head.chunked = true;
    }
    if (head.version == 11) {
      head.keepAlive = !parser.askedToClose_;
    } else {
      head.keepAlive = head.version == 10 && parser.askedToKeepAlive_ && !parser.askedToClose_;
      head.expectation = Expectation::None;
    }
    head.headers = parser.fields_;
    return LineResult::Read;
  }
};

RequestParser::Status RequestParser::parse(std::string_view input) {
  if (base_ && base_ != input.data()) moveViews(input.data());
  base_ = input.data();
  const bool beyondLimit = input.size() > maxHeadSize_;
  Reader reader{*this, input.data() + position_, input.data() + (beyondLimit ? maxHeadSize_ : input.size())};
  while (true) {
    const bool emptyLine = reader.at != reader.end && *reader.at == '\r';
    const bool lastLine = emptyLine && phase_ == Phase::Headers;
    started_ |= !emptyLine && reader.at != reader.end;
    auto result = emptyLine                      ? reader.readLineEnd()
                  : phase_ == Phase::RequestLine ? reader.readRequestLine()
                                                 : reader.readHeader();
    if (lastLine && result == LineResult::Read) result = reader.finish();
    if (result == LineResult::Refused) return Status::Refused;
    if (result == LineResult::NeedMore) {
      if (!beyondLimit) return Status::NeedMore;
      refusal_ = Refusal::HeaderOverflow;
      return Status::Refused;
    }
    position_ = static_cast<std::size_t>(reader.at - input.data());
    if (lastLine) return Status::Complete;
    if (!emptyLine) phase_ = Phase::Headers;
  }
}

/// The input lies elsewhere than at the last call.
void RequestParser::moveViews(const char* base) noexcept {
  // As numbers: the old input may be gone.
  const auto offset = reinterpret_cast<std::uintptr_t>(base) - reinterpret_cast<std::uintptr_t>(base_);
  auto move = [offset](std::string_view& view) {
    view = {reinterpret_cast<const char*>(reinterpret_cast<std::uintptr_t>(view.data()) + offset), view.size()};
  };
  move(head_.target);
  for (auto& field : fields_) {
    move(field.name);
    move(field.value);
  }
}

void RequestParser::reset() noexcept {
  head_ = {};
  fields_.clear();
  if (fields_.capacity() > keptCapacity) fields_ = {};
  position_ = 0;
  base_ = nullptr;
  phase_ = Phase::RequestLine;
  started_ = hasTransferEncoding_ = lastCodingIsChunked_ = askedToClose_ = askedToKeepAlive_ = false;
}

std::string_view nodeCode(Refusal refusal) noexcept {
  switch (refusal) {
    case Refusal::InvalidMethod: return "HPE_INVALID_METHOD";
    case Refusal::InvalidTarget: return "HPE_INVALID_URL";
    case Refusal::InvalidVersion: return "HPE_INVALID_VERSION";
    case Refusal::InvalidLineEnd: return "HPE_CR_EXPECTED";
    case Refusal::InvalidHeaderName:
    case Refusal::InvalidHeaderValue: return "HPE_INVALID_HEADER_TOKEN";
    case Refusal::InvalidContentLength: return "HPE_UNEXPECTED_CONTENT_LENGTH";
    case Refusal::UnexpectedContentLength:
    case Refusal::InvalidTransferEncoding: return "HPE_INVALID_TRANSFER_ENCODING";
    case Refusal::InvalidChunk: return "HPE_INVALID_CHUNK_SIZE";
    case Refusal::EndedEarly: return "HPE_INVALID_EOF_STATE";
    case Refusal::HeaderOverflow: return "HPE_HEADER_OVERFLOW";
    case Refusal::Connect: return "HPE_INVALID_METHOD";
  }
  return {};
}

}  // namespace fastify::http
