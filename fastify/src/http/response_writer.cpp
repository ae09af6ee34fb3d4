#include "response_writer.hpp"

#include "characters.hpp"
#include "status.hpp"

#include <array>
#include <charconv>

namespace fastify::http {
namespace {

constexpr std::string_view badRequestAnswer =
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 65\r\nContent-Type: application/json\r\n\r\n"
    R"({"error":"Bad Request","message":"Client Error","statusCode":400})";
constexpr std::string_view overflowAnswer =
    "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 114\r\nContent-Type: application/json\r\n\r\n"
    R"({"error":"Request Header Fields Too Large","message":"Exceeded maximum allowed HTTP header size","statusCode":431})";
constexpr std::string_view lateAnswer =
    "HTTP/1.1 408 Request Timeout\r\nContent-Length: 71\r\nContent-Type: application/json\r\n\r\n"
    R"({"error":"Request Timeout","message":"Client Timeout","statusCode":408})";
constexpr std::string_view unavailableAnswer =
    "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
    "80\r\n\r\n"
    R"({"error":"Service Unavailable","message":"Service Unavailable","statusCode":503})";

template <class Number>
void appendNumber(std::string& out, Number number, int base = 10) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
  out.append(digits.data(), end);
}

void appendStatusLine(std::string& out, int statusCode) {
  if (statusCode == 200) {
    out.append("HTTP/1.1 200 OK\r\n");
    return;
  }
  const auto phrase = reasonPhrase(statusCode);
  out.append("HTTP/1.1 ");
  appendNumber(out, statusCode);
  out.append(" ").append(phrase.empty() ? "unknown" : phrase).append("\r\n");
}

void appendField(std::string& out, const HeaderField& field) {
  out.append(field.name).append(": ").append(field.value).append("\r\n");
}

void appendConnection(std::string& out, const ConnectionFields& connection) {
  if (!connection.keepAlive) {
    out.append("Connection: close\r\n");
    return;
  }
  out.append("Connection: keep-alive\r\n");
  if (connection.keepAliveTimeout.count() <= 0) return;
  out.append("Keep-Alive: timeout=");
  appendNumber(out, connection.keepAliveTimeout.count() / 1000);
  if (connection.maxRequests > 0) {
    out.append(", max=");
    appendNumber(out, connection.maxRequests);
  }
  out.append("\r\n");
}

void appendTwoDigits(char*& at, int number) noexcept {
  *at++ = static_cast<char>('0' + number / 10);
  *at++ = static_cast<char>('0' + number % 10);
}

void appendWord(char*& at, std::string_view word) noexcept {
  for (const char c : word) *at++ = c;
}

}  // namespace

std::string_view DateClock::now() noexcept {
  // The coarse clock is read without a system call and is right to some milliseconds.
  std::timespec time;
  ::clock_gettime(CLOCK_REALTIME_COARSE, &time);
  return at(time.tv_sec);
}

// RFC 9110 §5.6.7, IMF-fixdate.
std::string_view DateClock::at(std::time_t seconds) noexcept {
  static constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (seconds != second_) {
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char* end = text_;
    appendWord(end, days[static_cast<std::size_t>(parts.tm_wday)]);
    appendWord(end, ", ");
    appendTwoDigits(end, parts.tm_mday);
    *end++ = ' ';
    appendWord(end, months[static_cast<std::size_t>(parts.tm_mon)]);
    *end++ = ' ';
    const int year = parts.tm_year + 1900;
    appendTwoDigits(end, year / 100 % 100);
    appendTwoDigits(end, year % 100);
    *end++ = ' ';
    appendTwoDigits(end, parts.tm_hour);
    *end++ = ':';
    appendTwoDigits(end, parts.tm_min);
    *end++ = ':';
    appendTwoDigits(end, parts.tm_sec);
    appendWord(end, " GMT");
    second_ = seconds;
    length_ = static_cast<std::size_t>(end - text_);
  }
  return {text_, length_};
}

void appendHead(std::string& out, const ResponseHead& head, DateClock& clock) {
  appendStatusLine(out, head.statusCode);
  bool dated = false;
  for (const auto& field : head.headers) {
    appendField(out, field);
    dated |= equalsLower(field.name, "date");
  }
  if (!dated) out.append("Date: ").append(clock.now()).append("\r\n");
  appendConnection(out, head.connection);
  if (head.chunked) out.append("Transfer-Encoding: chunked\r\n");
  out.append("\r\n");
}

void appendChunkSize(std::string& out, std::size_t size) {
  appendNumber(out, size, 16);
  out.append("\r\n");
}

void appendChunk(std::string& out, std::string_view data) {
  if (data.empty()) return;
  appendChunkSize(out, data.size());
  out.append(data).append(chunkEnd);
}

void appendLastChunk(std::string& out, std::span<const HeaderField> trailers) {
  out.append("0\r\n");
  for (const auto& field : trailers) appendField(out, field);
  out.append("\r\n");
}

void appendInformational(std::string& out, int statusCode, std::span<const HeaderField> headers) {
  appendStatusLine(out, statusCode);
  for (const auto& field : headers) appendField(out, field);
  out.append("\r\n");
}

std::string_view refusalAnswer(Refusal refusal) noexcept {
  if (refusal == Refusal::Connect) return {};
  return refusal == Refusal::HeaderOverflow ? overflowAnswer : badRequestAnswer;
}

std::string_view timeoutAnswer() noexcept { return lateAnswer; }

std::string_view closingAnswer() noexcept { return unavailableAnswer; }

void appendEmptyAnswer(std::string& out, int statusCode, const ConnectionFields& connection, DateClock& clock) {
  appendHead(out, {.statusCode = statusCode, .connection = connection, .chunked = true}, clock);
  appendLastChunk(out);
}

}  // namespace fastify::http
