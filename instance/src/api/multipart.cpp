#include "api/multipart.hpp"

#include "model/auth_errors.hpp"

#include <crypto/base64.hpp>

#include <algorithm>

namespace clerk::instance::api {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// A parameter of a header such as `form-data; name="file"`, without its quotes.
std::optional<std::string_view> parameter(std::string_view header, std::string_view name) {
  auto rest = header;
  for (auto semicolon = rest.find(';'); semicolon != std::string_view::npos; semicolon = rest.find(';')) {
    rest.remove_prefix(semicolon + 1);
    auto piece = trimmed(rest.substr(0, rest.find(';')));
    const auto equals = piece.find('=');
    if (equals == std::string_view::npos || !equalsIgnoringCase(trimmed(piece.substr(0, equals)), name)) continue;
    auto value = trimmed(piece.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    return value;
  }
  return std::nullopt;
}

/// The name that a part's head gives.
std::optional<std::string_view> nameOf(std::string_view head) {
  while (!head.empty()) {
    const auto line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(std::min(head.size(), line.size() + 2));
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && equalsIgnoringCase(trimmed(line.substr(0, colon)), "content-disposition")) {
      return parameter(line.substr(colon + 1), "name");
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> multipartBoundary(std::string_view contentType) {
  const auto type = trimmed(contentType.substr(0, contentType.find(';')));
  if (!equalsIgnoringCase(type, "multipart/form-data")) return std::nullopt;
  const auto boundary = parameter(contentType, "boundary");
  // RFC 2046 §5.1.1: 1 to 70 characters.
  if (!boundary || boundary->empty() || boundary->size() > 70) return std::nullopt;
  return std::string(*boundary);
}

std::optional<std::string_view> multipartField(std::string_view body, std::string_view boundary,
                                               std::string_view field) {
  const std::string first = "--" + std::string(boundary);
  const std::string next = "\r\n" + first;
  if (!body.starts_with(first)) return std::nullopt;
  body.remove_prefix(first.size());
  std::optional<std::string_view> found;
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n")) return std::nullopt;
    body.remove_prefix(2);
    const auto headEnd = body.find("\r\n\r\n");
    if (headEnd == std::string_view::npos) return std::nullopt;
    const auto head = body.substr(0, headEnd);
    body.remove_prefix(headEnd + 4);
    const auto end = body.find(next);
    if (end == std::string_view::npos) return std::nullopt;
    if (!found && nameOf(head) == field) found = body.substr(0, end);
    body.remove_prefix(end + next.size());
  }
  return found;
}

Outcome<std::string> uploadedFile(std::string_view contentType, std::string_view body) {
  if (contentType.starts_with("multipart/")) {
    const auto boundary = multipartBoundary(contentType);
    const auto file = boundary ? multipartField(body, *boundary, "file") : std::nullopt;
    if (!file || file->empty()) return Failure(errors::requestBodyInvalid("The form holds no file."));
    return std::string(*file);
  }
  auto text = body;
  if (text.starts_with("data:")) text.remove_prefix(std::min(text.size(), text.find(',') + 1));
  if (auto bytes = crypto::forgivingBase64Decode(text); bytes && !bytes->empty()) return *std::move(bytes);
  if (body.empty()) return Failure(errors::requestBodyInvalid("The body holds no file."));
  return std::string(body);
}

}  // namespace clerk::instance::api
