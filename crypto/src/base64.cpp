#include <crypto/base64.hpp>

#include <array>
#include <cstdint>

namespace crypto {
namespace {

constexpr std::string_view kStandard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t kInvalid = 0xff;

using Values = std::array<std::uint8_t, 256>;

constexpr Values valuesOf(std::string_view alphabet) {
  Values values{};
  values.fill(kInvalid);
  for (std::size_t i = 0; i < alphabet.size(); ++i) values[static_cast<unsigned char>(alphabet[i])] = i;
  return values;
}
constexpr Values kStandardValues = valuesOf(kStandard);
constexpr Values kUrlValues = valuesOf(kUrl);

enum class UnusedBits { MustBeZero, Ignored };

std::string encode(std::string_view bytes, std::string_view alphabet) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) {
    const std::uint32_t group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    for (int shift : {18, 12, 6, 0}) text += alphabet[group >> shift & 63];
  }
  if (i + 1 == bytes.size()) {
    text += alphabet[byte(i) >> 2];
    text += alphabet[(byte(i) & 3) << 4];
  } else if (i + 2 == bytes.size()) {
    const std::uint32_t pair = byte(i) << 8 | byte(i + 1);
    text += alphabet[pair >> 10];
    text += alphabet[pair >> 4 & 63];
    text += alphabet[(pair & 15) << 2];
  }
  return text;
}

/// Decodes unpadded text. Invalid characters have the top bits set, so one check a group finds them.
bool decode(std::string_view text, const Values& values, UnusedBits unused, std::string& out) {
  const std::size_t tail = text.size() % 4;
  if (tail == 1) return false;
  const std::size_t whole = text.size() - tail;
  out.resize(text.size() / 4 * 3 + (tail ? tail - 1 : 0));
  const auto* in = reinterpret_cast<const unsigned char*>(text.data());
  char* to = out.data();
  for (const auto* end = in + whole; in != end; in += 4) {
    const std::uint32_t a = values[in[0]], b = values[in[1]], c = values[in[2]], d = values[in[3]];
    if ((a | b | c | d) & 0x80) return false;
    const std::uint32_t group = a << 18 | b << 12 | c << 6 | d;
    *to++ = static_cast<char>(group >> 16);
    *to++ = static_cast<char>(group >> 8);
    *to++ = static_cast<char>(group);
  }
  if (tail == 0) return true;
  const std::uint32_t a = values[in[0]], b = values[in[1]], c = tail == 3 ? values[in[2]] : 0;
  if ((a | b | c) & 0x80) return false;
  const std::uint32_t group = a << 18 | b << 12 | c << 6;
  *to++ = static_cast<char>(group >> 16);
  if (tail == 3) *to++ = static_cast<char>(group >> 8);
  return unused == UnusedBits::Ignored || (group & (tail == 2 ? 0xffffU : 0xffU)) == 0;
}

bool isAsciiWhitespace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

}  // namespace

std::string base64Encode(std::string_view bytes) {
  auto text = encode(bytes, kStandard);
  text.resize((text.size() + 3) / 4 * 4, '=');
  return text;
}

std::string base64urlEncode(std::string_view bytes) { return encode(bytes, kUrl); }

std::optional<std::string> base64Decode(std::string_view text) {
  if (text.size() % 4 != 0) return {};
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  std::string bytes;
  if (!decode(text, kStandardValues, UnusedBits::MustBeZero, bytes)) return {};
  return bytes;
}

bool base64urlDecode(std::string_view text, std::string& out, Base64Padding padding) {
  if (padding == Base64Padding::Ignored) {
    while (text.ends_with('=')) text.remove_suffix(1);
  }
  return decode(text, kUrlValues, UnusedBits::MustBeZero, out);
}

std::optional<std::string> base64urlDecode(std::string_view text, Base64Padding padding) {
  std::string bytes;
  if (!base64urlDecode(text, bytes, padding)) return {};
  return bytes;
}

std::optional<std::string> forgivingBase64Decode(std::string_view text) {
  std::string packed;
  packed.reserve(text.size());
  for (char c : text) {
    if (!isAsciiWhitespace(c)) packed += c;
  }
  std::string_view rest = packed;
  if (rest.size() % 4 == 0) {
    for (int i = 0; i < 2 && rest.ends_with('='); ++i) rest.remove_suffix(1);
  }
  std::string bytes;
  if (!decode(rest, kStandardValues, UnusedBits::Ignored, bytes)) return {};
  return bytes;
}

}  // namespace crypto
