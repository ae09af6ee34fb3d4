#include "part_parser.hpp"

#include <fastify/error.hpp>

#include <algorithm>

namespace fastify::detail {
namespace {

constexpr std::size_t longestPadding = 256;  // blanks after a boundary

[[noreturn]] void malformed(const char* what) {
  throw FastifyError(400, "FST_MP_MALFORMED", std::string("the multipart body is malformed: ") + what);
}

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
std::string lowerCase(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

bool isToken(char c) noexcept {  // RFC 9110 §5.6.2
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}
bool isBoundaryCharacter(char c) noexcept {  // RFC 2046 §5.1.1
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
         std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::pair<std::string, std::string> headerOf(std::string_view line) {
  if (line.find_first_of(std::string_view("\r\n\0", 3)) != line.npos) malformed("a bare line end in a header");
  const auto colon = line.find(':');
  const auto name = line.substr(0, colon);
  if (colon == line.npos || name.empty() || !std::ranges::all_of(name, isToken)) malformed("a header without a name");
  return {lowerCase(name), std::string(trimmed(line.substr(colon + 1)))};
}

/// Takes a quoted string off `rest`. A backslash only escapes a quote or a backslash: old browsers send whole paths.
std::optional<std::string> takeQuoted(std::string_view& rest) {
  std::string value;
  for (std::size_t at = 1; at < rest.size(); ++at) {
    const char c = rest[at];
    if (c == '"') {
      rest.remove_prefix(at + 1);
      return value;
    }
    const bool escape = c == '\\' && at + 1 < rest.size() && (rest[at + 1] == '"' || rest[at + 1] == '\\');
    value += escape ? rest[++at] : c;
  }
  return std::nullopt;
}

std::string takeToken(std::string_view& rest) {
  const auto end = std::min(rest.find_first_of("; \t"), rest.size());
  std::string value(rest.substr(0, end));
  rest.remove_prefix(end);
  return value;
}

}  // namespace

PartParser::PartParser(std::string_view boundary, std::size_t headerPairs, std::size_t headerSize)
    : delimiter_("\r\n--" + std::string(boundary)), headerPairs_(headerPairs), headerSize_(headerSize) {}

void PartParser::feed(std::string_view bytes) {
  data_ = {};
  if (state_ == State::Epilogue) return;
  anything_ |= !bytes.empty();
  buffer_.erase(0, at_);
  at_ = 0;
  buffer_ += bytes;
}

PartParser::Event PartParser::next() {
  data_ = {};
  while (true) {
    switch (state_) {
      case State::Preamble:
        if (const auto event = preamble(); event != Event::Data) return event;
        break;
      case State::AfterBoundary:
        if (const auto event = afterBoundary(); event != Event::Data) return event;
        break;
      case State::Headers: return readHeaders();
      case State::BodyStart:
        if (const auto event = bodyStart(); event != Event::Data) return event;
        break;
      case State::Body: return body();
      case State::Epilogue: return Event::End;
    }
  }
}

PartParser::Event PartParser::needMore() const {
  if (!finished_) return Event::NeedMore;
  if (!anything_) return Event::End;  // an empty body is an empty form
  throw FastifyError(400, "FST_MP_PREMATURE_CLOSE",
                     "the request was closed before the multipart data was fully parsed");
}

// The steps below return Data for "go on": they gave no event of their own.

PartParser::Event PartParser::preamble() {
  const auto found = rest().find(delimiter_);
  if (found == std::string_view::npos) {
    const auto keep = std::min(rest().size(), delimiter_.size() - 1);
    at_ = buffer_.size() - keep;
    return needMore();
  }
  at_ += found + delimiter_.size();
  state_ = State::AfterBoundary;
  return Event::Data;
}

PartParser::Event PartParser::afterBoundary() {
  const auto text = rest();
  if (text.starts_with("--")) {
    state_ = State::Epilogue;
    buffer_.clear();
    at_ = 0;
    return Event::Data;
  }
  const auto end = text.find_first_not_of(" \t");
  if (end == text.npos || text == "-" || text.substr(end) == "\r") {
    if (text.size() > longestPadding) malformed("blanks after a boundary");
    return needMore();
  }
  if (!text.substr(end).starts_with("\r\n")) malformed("text after a boundary");
  at_ += end + 2;
  state_ = State::Headers;
  return Event::Data;
}

PartParser::Event PartParser::readHeaders() {
  auto text = rest();
  std::size_t length = 0;  // of the headers without the blank line
  if (!text.starts_with("\r\n")) {
    const auto end = text.find("\r\n\r\n");
    if (end == text.npos || end > headerSize_) {
      if (text.size() > headerSize_) malformed("headers of a part are too long");
      return needMore();
    }
    length = end + 2;
  }
  headers_.clear();
  for (text = text.substr(0, length); !text.empty();) {
    const auto end = text.find("\r\n");
    if (headers_.size() == headerPairs_) malformed("a part has too many headers");
    headers_.push_back(headerOf(text.substr(0, end)));
    text.remove_prefix(end + 2);
  }
  at_ += length;  // the blank line's end may begin a boundary
  state_ = State::BodyStart;
  return Event::Part;
}

PartParser::Event PartParser::bodyStart() {
  const auto text = rest();
  if (text.size() < delimiter_.size() && std::string_view(delimiter_).starts_with(text) && !finished_)
    return needMore();
  if (text.starts_with(delimiter_)) {
    state_ = State::Body;
  } else {
    at_ += 2;
    state_ = State::Body;
  }
  return Event::Data;
}

PartParser::Event PartParser::body() {
  const auto text = rest();
  const auto found = text.find(delimiter_);
  if (found == 0) {
    at_ += delimiter_.size();
    state_ = State::AfterBoundary;
    return Event::PartEnd;
  }
  auto length = found;
  if (found == text.npos) {
    // What may be the beginning of a boundary stays.
    length = text.size();
    const auto earliest = text.size() - std::min(text.size(), delimiter_.size() - 1);
    for (auto at = text.find('\r', earliest); at != text.npos; at = text.find('\r', at + 1)) {
      if (std::string_view(delimiter_).starts_with(text.substr(at))) {
        length = at;
        break;
      }
    }
    if (length == 0) return needMore();
  }
  data_ = text.substr(0, length);
  at_ += length;
  return Event::Data;
}

const std::string* Parameterised::find(std::string_view name) const noexcept {
  const auto found = std::ranges::find(parameters, name, [](const auto& pair) { return std::string_view(pair.first); });
  return found == parameters.end() ? nullptr : &found->second;
}

std::optional<Parameterised> parseParameterised(std::string_view text) {
  Parameterised result;
  const auto semicolon = text.find(';');
  result.value = lowerCase(trimmed(text.substr(0, semicolon)));
  auto rest = semicolon == text.npos ? std::string_view() : text.substr(semicolon);
  while (!(rest = trimmed(rest)).empty()) {
    if (rest.front() != ';') return std::nullopt;
    rest = trimmed(rest.substr(1));
    if (rest.empty()) break;
    const auto equals = rest.find('=');
    if (equals == rest.npos) return std::nullopt;
    auto name = lowerCase(trimmed(rest.substr(0, equals)));
    if (name.empty() || !std::ranges::all_of(name, isToken) || result.find(name)) return std::nullopt;
    rest = trimmed(rest.substr(equals + 1));
    auto value = rest.starts_with('"') ? takeQuoted(rest) : std::optional(takeToken(rest));
    if (!value) return std::nullopt;
    result.parameters.emplace_back(std::move(name), std::move(*value));
  }
  return result;
}

std::optional<std::string> boundaryOf(std::string_view contentType) {
  const auto type = parseParameterised(contentType);
  if (!type || type->value != "multipart/form-data") return std::nullopt;
  const auto* boundary = type->find("boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70 || boundary->back() == ' ') return std::nullopt;
  if (!std::ranges::all_of(*boundary, isBoundaryCharacter)) return std::nullopt;
  return *boundary;
}

}  // namespace fastify::detail
