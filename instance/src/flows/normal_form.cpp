#include "flows/normal_form.hpp"

#include "model/errors.hpp"
#include "store/folded_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace clerk::instance {
namespace {

/// RFC 5321 §4.5.3.1 allows an address of 254 characters on the wire.
constexpr std::size_t maxEmailAddress = 254;
constexpr std::size_t maxName = 256;
constexpr std::size_t minUsername = 4;
constexpr std::size_t maxUsername = 64;

bool isSpace(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  return text;
}

bool isControl(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool isAsciiAlnum(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isUtf8(std::string_view text) noexcept {
  std::size_t following = 0;
  unsigned char lowest = 0x80;
  unsigned char highest = 0xbf;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (following > 0) {
      if (byte < lowest || byte > highest) return false;
      --following;
      lowest = 0x80;
      highest = 0xbf;
    } else if (byte >= 0x80) {
      // Overlong forms, surrogates and what is beyond U+10FFFF are told by the second byte (Unicode table 3-7).
      if (byte >= 0xc2 && byte <= 0xdf) {
        following = 1;
      } else if (byte >= 0xe0 && byte <= 0xef) {
        following = 2;
        if (byte == 0xe0) lowest = 0xa0;
        if (byte == 0xed) highest = 0x9f;
      } else if (byte >= 0xf0 && byte <= 0xf4) {
        following = 3;
        if (byte == 0xf0) lowest = 0x90;
        if (byte == 0xf4) highest = 0x8f;
      } else {
        return false;
      }
    }
  }
  return following == 0;
}

bool isLocalPart(std::string_view local) noexcept {
  if (local.empty() || local.size() > 64 || local.front() == '.' || local.back() == '.') return false;
  if (local.find("..") != std::string_view::npos) return false;
  return std::ranges::none_of(local, [](char c) {
    return isControl(c) || isSpace(c) || std::string_view("\"(),:;<>@[\\]").find(c) != std::string_view::npos;
  });
}

bool isDomainLabel(std::string_view label) noexcept {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
  return std::ranges::all_of(
      label, [](char c) { return isAsciiAlnum(c) || c == '-' || static_cast<unsigned char>(c) >= 0x80; });
}

bool isDomain(std::string_view domain) noexcept {
  int labels = 0;
  while (true) {
    const auto dot = domain.find('.');
    if (!isDomainLabel(domain.substr(0, dot))) return false;
    ++labels;
    if (dot == std::string_view::npos) return labels >= 2;
    domain.remove_prefix(dot + 1);
  }
}

bool isEmailAddress(std::string_view text) noexcept {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || text.size() > maxEmailAddress || !isUtf8(text)) return false;
  return isLocalPart(text.substr(0, at)) && isDomain(text.substr(at + 1));
}

/// `email_address` as the beginning of a sentence.
std::string sentenceName(std::string_view param) {
  std::string name(param);
  std::ranges::replace(name, '_', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 32);
  return name;
}

}  // namespace

Outcome<std::string> normalEmailAddress(std::string_view text, std::string_view param) {
  text = trimmed(text);
  if (!isEmailAddress(text)) {
    return Failure(errors::formParamFormatInvalid(param, sentenceName(param) + " must be a valid email address."));
  }
  return foldCase(text);
}

std::string normalIdentifier(std::string_view text) {
  text = trimmed(text);
  return text.size() > maxEmailAddress || !isUtf8(text) ? std::string() : foldCase(text);
}

Outcome<std::string> normalUsername(std::string_view text, std::string_view param) {
  text = trimmed(text);
  if (text.size() < minUsername || text.size() > maxUsername) return Failure(errors::formUsernameInvalidLength(param));
  if (!std::ranges::all_of(text, [](char c) { return isAsciiAlnum(c) || c == '_' || c == '-'; })) {
    return Failure(errors::formUsernameInvalidCharacter(param));
  }
  return foldCase(text);
}

Outcome<std::optional<std::string>> normalName(std::string_view text, std::string_view param) {
  text = trimmed(text);
  if (text.size() > maxName) return Failure(errors::formParamMaxLengthExceeded(param, maxName));
  if (!isUtf8(text) || std::ranges::any_of(text, isControl)) {
    return Failure(errors::formParamValueInvalid(param, "the given text"));
  }
  if (text.empty()) return std::optional<std::string>();
  return std::optional(std::string(text));
}

Outcome<boost::json::object> readMetadata(std::string_view text, std::string_view param, std::size_t maxBytes) {
  // The text may be longer than what it says: spaces, escapes. Far longer ones are not worth reading.
  if (text.size() > maxBytes * 8) return Failure(errors::formParamExceedsAllowedSize(param, maxBytes));
  boost::system::error_code failed;
  auto value = boost::json::parse(text, failed);
  if (failed || !value.is_object()) {
    return Failure(errors::formParamFormatInvalid(param, sentenceName(param) + " must be a valid JSON object."));
  }
  if (auto tooLarge = checkMetadataSize(value.get_object(), param, maxBytes); !tooLarge) return tooLarge.error();
  return std::move(value.get_object());
}

Outcome<> checkMetadataSize(const boost::json::object& metadata, std::string_view param, std::size_t maxBytes) {
  if (!metadata.empty() && boost::json::serialize(metadata).size() > maxBytes) {
    return Failure(errors::formParamExceedsAllowedSize(param, maxBytes));
  }
  return {};
}

std::string safeIdentifier(std::string_view emailAddress) {
  const auto at = emailAddress.rfind('@');
  if (at == std::string_view::npos || at == 0) return std::string(emailAddress);
  // A character, not a byte: what is cut in two is no text any more.
  std::size_t first = 1;
  while (first < at && (static_cast<unsigned char>(emailAddress[first]) & 0xc0) == 0x80) ++first;
  return std::string(emailAddress.substr(0, first)) + "***" + std::string(emailAddress.substr(at));
}

}  // namespace clerk::instance
