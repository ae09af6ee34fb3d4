#include "response_writer.hpp"

#include "characters.hpp"
#include "status.hpp"

#include <algorithm>
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

// Numbers of a head and its fixed words fit into this, whatever they are.
constexpr std::size_t fixedRoom = 256;

/// A head is written into room that was made for all of it.
class Writer {
 public:
  Writer(std::string& out, std::size_t room) : out_(out), begin_(out.size()) {
    out.resize(begin_ + room);
    at_ = out.data() + begin_;
  }
  ~Writer() { out_.resize(static_cast<std::size_t>(at_ - out_.data())); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  Writer& put(std::string_view text) noexcept {
    at_ = std::copy(text.begin(), text.end(), at_);  // an empty text may have no address
    return *this;
  }
  template <class Number>
  Writer& putNumber(Number number, int base = 10) noexcept {
    at_ = std::to_chars(at_, at_ + 20, number, base).ptr;
    return *this;
  }
  void putField(const HeaderField& field) noexcept { put(field.name).put(": ").put(field.value).put("\r\n"); }

 private:
  std::string& out_;
  std::size_t begin_;
  char* at_;
};

std::size_t roomFor(std::span<const HeaderField> headers) noexcept {
  std::size_t room = fixedRoom;
  for (const auto& field : headers) room += field.name.size() + field.value.size() + 4;
  return room;
}

void putStatusLine(Writer& out, int statusCode) noexcept {
  if (statusCode == 200) {
    out.put("HTTP/1.1 200 OK\r\n");
    return;
  }
  const auto phrase = reasonPhrase(statusCode);
  out.put("HTTP/1.1 ").putNumber(statusCode).put(" ").put(phrase.empty() ? "unknown" : phrase).put("\r\n");
}

void putConnection(Writer& out, const ConnectionFields& connection) noexcept {
  if (!connection.keepAlive) {
    out.put("Connection: close\r\n");
    return;
  }
  if (connection.keepAliveTimeout.count() <= 0) {
    out.put("Connection: keep-alive\r\n");
    return;
  }
  out.put("Connection: keep-alive\r\nKeep-Alive: timeout=").putNumber(connection.keepAliveTimeout.count() / 1000);
  if (connection.maxRequests > 0) out.put(", max=").putNumber(connection.maxRequests);
  out.put("\r\n");
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
  Writer writer(out, roomFor(head.headers));
  putStatusLine(writer, head.statusCode);
  bool dated = false;
  for (const auto& field : head.headers) {
    writer.putField(field);
    dated |= equalsLower(field.name, "date");
  }
  if (!dated) writer.put("Date: ").put(clock.now()).put("\r\n");
  putConnection(writer, head.connection);
  if (head.chunked) writer.put("Transfer-Encoding: chunked\r\n");
  writer.put("\r\n");
}

void appendChunkSize(std::string& out, std::size_t size) { Writer(out, 32).putNumber(size, 16).put("\r\n"); }

void appendChunk(std::string& out, std::string_view data) {
  if (data.empty()) return;
  appendChunkSize(out, data.size());
  out.append(data).append(chunkEnd);
}

void appendLastChunk(std::string& out, std::span<const HeaderField> trailers) {
  Writer writer(out, roomFor(trailers));
  writer.put("0\r\n");
  for (const auto& field : trailers) writer.putField(field);
  writer.put("\r\n");
}

void appendInformational(std::string& out, int statusCode, std::span<const HeaderField> headers) {
  Writer writer(out, roomFor(headers));
  putStatusLine(writer, statusCode);
  for (const auto& field : headers) writer.putField(field);
  writer.put("\r\n");
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
