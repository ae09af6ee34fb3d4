#include <ecmascript/json_text.hpp>
#include <ecmascript/number.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <charconv>
#include <cmath>
#include <cstring>
#include <memory>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace ecmascript {
namespace {

namespace json = boost::json;
using Byte = unsigned char;

// A place for the text that grows. Who writes holds the cursor itself, so that it stays in a register, and may always
// write `slack` bytes without asking: punctuation, literals and numbers need no check.
class Output {
 public:
  static constexpr std::size_t slack = 64;

  Output() noexcept : end_(inline_ + sizeof inline_) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  char* begin() noexcept { return heap_ ? heap_.get() : inline_; }

  // Where to go on writing when `count` bytes, and the slack, must fit behind `cursor`.
  char* ensure(char* cursor, std::size_t count) {
    return static_cast<std::size_t>(end_ - cursor) >= count + slack ? cursor : grow(cursor, count + slack);
  }

 private:
  [[gnu::noinline]] char* grow(char* cursor, std::size_t count) {
    const auto written = static_cast<std::size_t>(cursor - begin());
    const std::size_t capacity = 2 * (written + count);
    std::unique_ptr<char[]> larger(new char[capacity]);
    std::memcpy(larger.get(), begin(), written);
    heap_ = std::move(larger);
    end_ = heap_.get() + capacity;
    return heap_.get() + written;
  }

  char* end_;
  std::unique_ptr<char[]> heap_;
  char inline_[4096];
};

// What stands for a byte in a JSON string: 0 itself, 'u' a \u escape, 'S' the lead byte of a possible surrogate, else
// \ and it.
constexpr auto escapes = [] {
  struct {
    char of[256] = {};
  } table;
  for (int c = 0; c < 0x20; ++c) table.of[c] = 'u';
  table.of['\b'] = 'b';
  table.of['\f'] = 'f';
  table.of['\n'] = 'n';
  table.of['\r'] = 'r';
  table.of['\t'] = 't';
  table.of['"'] = '"';
  table.of['\\'] = '\\';
  table.of[0xED] = 'S';
  return table;
}();

constexpr std::size_t longestEscape = 6;

char* putUnit(char* out, unsigned unit) noexcept {
  constexpr char hex[] = "0123456789abcdef";
  *out++ = '\\';
  *out++ = 'u';
  for (int shift = 12; shift >= 0; shift -= 4) *out++ = hex[unit >> shift & 15];
  return out;
}

// A surrogate in WTF-8 is ED A0..BF 80..BF; 0 when the three bytes are something else.
unsigned surrogateAt(const char* p, const char* end) noexcept {
  if (end - p < 3) return 0;
  const auto second = static_cast<Byte>(p[1]);
  const auto third = static_cast<Byte>(p[2]);
  if (second < 0xA0 || second > 0xBF || (third & 0xC0) != 0x80) return 0;
  return 0xD000U | (second & 0x3FU) << 6 | (third & 0x3FU);
}

// Escapes the character at `p` into `out` (room for six bytes); moves `p` behind it.
char* escapeOne(char* out, const char*& p, const char* end) noexcept {
  const auto byte = static_cast<Byte>(*p);
  switch (const char escape = escapes.of[byte]) {
    case 0: *out++ = *p++; return out;
    case 'u': ++p; return putUnit(out, byte);
    case 'S': {
      const unsigned surrogate = surrogateAt(p, end);
      if (surrogate == 0) {
        *out++ = *p++;
        return out;
      }
      p += 3;
      return putUnit(out, surrogate);
    }
    default:
      ++p;
      *out++ = '\\';
      *out++ = escape;
      return out;
  }
}

char* put(char* out, std::string_view text) noexcept {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

#ifdef __SSE2__

// A bit for each byte that cannot stand as it is.
unsigned specialBytes(__m128i bytes) noexcept {
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  const __m128i surrogate = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(0xED)));
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  return static_cast<unsigned>(
      _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), _mm_or_si128(surrogate, control))));
}

// Copies fewer than 16 bytes, as two words that overlap; false when one of them must be escaped.
bool copyShort(char* out, const char* text, std::size_t length) noexcept {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  if (length >= 8) {
    std::memcpy(&first, text, 8);
    std::memcpy(&last, text + length - 8, 8);
    std::memcpy(out, &first, 8);
    std::memcpy(out + length - 8, &last, 8);
  } else if (length >= 4) {
    std::uint32_t words[2];
    std::memcpy(&words[0], text, 4);
    std::memcpy(&words[1], text + length - 4, 4);
    std::memcpy(out, &words[0], 4);
    std::memcpy(out + length - 4, &words[1], 4);
    first = last = std::uint64_t{words[0]} << 32 | words[1];
  } else {
    for (std::size_t i = 0; i < length; ++i) {
      if (escapes.of[static_cast<Byte>(text[i])] != 0) return false;
      out[i] = text[i];
    }
    return true;
  }
  return specialBytes(_mm_set_epi64x(static_cast<std::int64_t>(first), static_cast<std::int64_t>(last))) == 0;
}

#endif

// At its end the slack fits behind the cursor again.
char* putEscaped(Output& output, char* out, std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  constexpr std::size_t block = 16;
  // What is left of the text, one escape and one block more always fit behind `out`.
  const auto ensure = [&] { out = output.ensure(out, static_cast<std::size_t>(end - p) + longestEscape + block); };
  ensure();
#ifdef __SSE2__
  while (end - p >= static_cast<std::ptrdiff_t>(block)) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), bytes);
    const unsigned special = specialBytes(bytes);
    const auto plain = special == 0 ? block : static_cast<std::size_t>(__builtin_ctz(special));
    p += plain;
    out += plain;
    if (special != 0) {
      out = escapeOne(out, p, end);
      ensure();
    }
  }
  if (copyShort(out, p, static_cast<std::size_t>(end - p))) return out + (end - p);
#endif
  while (p != end) {
    out = escapeOne(out, p, end);
    ensure();
  }
  return out;
}

char* putQuoted(Output& output, char* out, std::string_view text) {
  *out++ = '"';
  out = putEscaped(output, out, text);
  *out++ = '"';
  return out;
}

char* putDouble(char* out, double number) noexcept {
  return std::isfinite(number) ? writeNumber(out, number) : put(out, "null");
}

char* putValue(Output& output, char* out, const json::value& value);

char* putArray(Output& output, char* out, const json::array& array) {
  if (array.empty()) return put(out, "[]");
  char separator = '[';
  for (const auto& item : array) {
    *out++ = separator;
    separator = ',';
    out = output.ensure(putValue(output, out, item), 0);
  }
  *out++ = ']';
  return out;
}

char* putObject(Output& output, char* out, const json::object& object) {
  if (object.empty()) return put(out, "{}");
  char separator = '{';
  for (const auto& member : object) {
    *out++ = separator;
    separator = ',';
    out = output.ensure(putQuoted(output, out, member.key()), 0);
    *out++ = ':';
    out = output.ensure(putValue(output, out, member.value()), 0);
  }
  *out++ = '}';
  return out;
}

// The slack must fit behind `out`, and may be used up when it returns.
char* putValue(Output& output, char* out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return put(out, "null");
    case json::kind::bool_: return value.get_bool() ? put(out, "true") : put(out, "false");
    case json::kind::int64: return std::to_chars(out, out + maxNumberLength, value.get_int64()).ptr;
    case json::kind::uint64: return std::to_chars(out, out + maxNumberLength, value.get_uint64()).ptr;
    case json::kind::double_: return putDouble(out, value.get_double());
    case json::kind::string: return putQuoted(output, out, value.get_string());
    case json::kind::array: return putArray(output, out, value.get_array());
    case json::kind::object: return putObject(output, out, value.get_object());
  }
  return out;
}

// Calls `write(output, cursor)`, which returns the new cursor, and puts what was written at the end of `text`.
template <class Write>
void append(std::string& text, Write write) {
  Output output;
  const char* end = write(output, output.begin());
  text.append(output.begin(), static_cast<std::size_t>(end - output.begin()));
}

}  // namespace

void appendJson(std::string& out, const json::value& value) {
  append(out, [&](Output& output, char* cursor) { return putValue(output, cursor, value); });
}
void appendJson(std::string& out, const json::object& object) {
  append(out, [&](Output& output, char* cursor) { return putObject(output, cursor, object); });
}
void appendJson(std::string& out, const json::array& array) {
  append(out, [&](Output& output, char* cursor) { return putArray(output, cursor, array); });
}

std::string stringify(const json::value& value) {
  std::string text;
  appendJson(text, value);
  return text;
}
std::string stringify(const json::object& object) {
  std::string text;
  appendJson(text, object);
  return text;
}
std::string stringify(const json::array& array) {
  std::string text;
  appendJson(text, array);
  return text;
}

void appendQuoted(std::string& out, std::string_view text) {
  append(out, [&](Output& output, char* cursor) { return putQuoted(output, cursor, text); });
}
void appendEscaped(std::string& out, std::string_view text) {
  append(out, [&](Output& output, char* cursor) { return putEscaped(output, cursor, text); });
}

void appendJsonNumber(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out.append("null");
  } else {
    appendNumber(out, number);
  }
}
void appendJsonNumber(std::string& out, std::int64_t number) {
  char text[maxNumberLength];
  out.append(text, std::to_chars(text, text + sizeof text, number).ptr);
}
void appendJsonNumber(std::string& out, std::uint64_t number) {
  char text[maxNumberLength];
  out.append(text, std::to_chars(text, text + sizeof text, number).ptr);
}

}  // namespace ecmascript
