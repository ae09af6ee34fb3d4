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

// Raw bytes that grow. std::string would fill what it grows by, or check every append: both cost more than the text
// itself.
class Output {
 public:
  Output() noexcept : cursor_(inline_), end_(inline_ + sizeof inline_) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // Room for `count` more bytes, to be written at the result and told by `advanceTo`.
  char* room(std::size_t count) {
    if (static_cast<std::size_t>(end_ - cursor_) < count) grow(count);
    return cursor_;
  }
  void advanceTo(char* cursor) noexcept { cursor_ = cursor; }

  void put(char c) {
    *room(1) = c;
    ++cursor_;
  }
  void put(std::string_view text) {
    std::memcpy(room(text.size()), text.data(), text.size());
    cursor_ += text.size();
  }
  std::string_view text() const noexcept {
    const char* begin = heap_ ? heap_.get() : inline_;
    return {begin, static_cast<std::size_t>(cursor_ - begin)};
  }

 private:
  void grow(std::size_t count) {
    const auto written = text();
    const std::size_t capacity = 2 * (written.size() + count);
    std::unique_ptr<char[]> larger(new char[capacity]);
    std::memcpy(larger.get(), written.data(), written.size());
    cursor_ = larger.get() + written.size();
    end_ = larger.get() + capacity;
    heap_ = std::move(larger);
  }

  char* cursor_;
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

void putEscaped(Output& output, std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  constexpr std::size_t block = 16;
  char* out = output.room(text.size() + block);
  // Invariant: what is left of the text, and one block more, fits behind `out`.
  const auto escape = [&] {
    output.advanceTo(out);
    out = escapeOne(output.room(static_cast<std::size_t>(end - p) + longestEscape + block), p, end);
  };
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const __m128i surrogate = _mm_set1_epi8(static_cast<char>(0xED));
  const __m128i control = _mm_set1_epi8(0x1F);
  while (end - p >= static_cast<std::ptrdiff_t>(block)) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), bytes);
    const __m128i special = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
        _mm_or_si128(_mm_cmpeq_epi8(bytes, surrogate), _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes)));
    const int mask = _mm_movemask_epi8(special);
    const auto plain = mask == 0 ? block : static_cast<std::size_t>(__builtin_ctz(static_cast<unsigned>(mask)));
    p += plain;
    out += plain;
    if (mask != 0) escape();
  }
#endif
  while (p != end) {
    if (escapes.of[static_cast<Byte>(*p)] == 0) {
      *out++ = *p++;
    } else {
      escape();
    }
  }
  output.advanceTo(out);
}

void putQuoted(Output& out, std::string_view text) {
  out.put('"');
  putEscaped(out, text);
  out.put('"');
}

template <class Integer>
void putInteger(Output& out, Integer number) {
  char* begin = out.room(maxNumberLength);
  out.advanceTo(std::to_chars(begin, begin + maxNumberLength, number).ptr);
}

void putDouble(Output& out, double number) {
  if (!std::isfinite(number)) return out.put("null");
  out.advanceTo(writeNumber(out.room(maxNumberLength), number));
}

void putValue(Output& out, const json::value& value);

void putArray(Output& out, const json::array& array) {
  if (array.empty()) return out.put("[]");
  char separator = '[';
  for (const auto& item : array) {
    out.put(separator);
    separator = ',';
    putValue(out, item);
  }
  out.put(']');
}

void putObject(Output& out, const json::object& object) {
  if (object.empty()) return out.put("{}");
  char separator = '{';
  for (const auto& member : object) {
    out.put(separator);
    separator = ',';
    putQuoted(out, member.key());
    out.put(':');
    putValue(out, member.value());
  }
  out.put('}');
}

void putValue(Output& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return out.put("null");
    case json::kind::bool_: return out.put(value.get_bool() ? "true" : "false");
    case json::kind::int64: return putInteger(out, value.get_int64());
    case json::kind::uint64: return putInteger(out, value.get_uint64());
    case json::kind::double_: return putDouble(out, value.get_double());
    case json::kind::string: return putQuoted(out, value.get_string());
    case json::kind::array: return putArray(out, value.get_array());
    case json::kind::object: return putObject(out, value.get_object());
  }
}

template <class Put>
std::string collect(Put put) {
  Output out;
  put(out);
  return std::string(out.text());
}

template <class Put>
void append(std::string& text, Put put) {
  Output out;
  put(out);
  text.append(out.text());
}

}  // namespace

std::string stringify(const json::value& value) {
  return collect([&](Output& out) { putValue(out, value); });
}
std::string stringify(const json::object& object) {
  return collect([&](Output& out) { putObject(out, object); });
}
std::string stringify(const json::array& array) {
  return collect([&](Output& out) { putArray(out, array); });
}

void appendJson(std::string& out, const json::value& value) {
  append(out, [&](Output& text) { putValue(text, value); });
}
void appendJson(std::string& out, const json::object& object) {
  append(out, [&](Output& text) { putObject(text, object); });
}
void appendJson(std::string& out, const json::array& array) {
  append(out, [&](Output& text) { putArray(text, array); });
}

void appendQuoted(std::string& out, std::string_view text) {
  append(out, [&](Output& quoted) { putQuoted(quoted, text); });
}
void appendEscaped(std::string& out, std::string_view text) {
  append(out, [&](Output& escaped) { putEscaped(escaped, text); });
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
