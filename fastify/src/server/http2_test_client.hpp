#pragma once
// For tests: a client that speaks HTTP/2 with prior knowledge through nghttp2, and frames of its own making besides.

#include "raw_client.hpp"

#include <nghttp2/nghttp2.h>

#include <netinet/tcp.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::server {

struct Http2Answer {
  std::vector<std::pair<std::string, std::string>> headers;  // of the final answer
  std::vector<std::string> informational;
  std::vector<std::pair<std::string, std::string>> trailers;
  std::string body;
  int statusCode = 0;  // the latest
  bool headComplete = false;
  bool closed = false;
  std::uint32_t errorCode = 0;

  std::string header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
      if (key == name) return value;
    }
    return "(none)";
  }
};

/// A frame as it stands on the wire.
inline std::string frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload = {}) {
  std::string bytes;
  for (const int shift : {16, 8, 0}) bytes += static_cast<char>(payload.size() >> shift);
  bytes += static_cast<char>(type);
  bytes += static_cast<char>(flags);
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(stream >> shift);
  return bytes.append(payload);
}

class Http2Client {
 public:
  /// With `Hello::Later` the preface leaves with what is said first, in one piece.
  enum class Hello { Now, Later };
  explicit Http2Client(std::uint16_t port, Hello hello = Hello::Now) : socket_(port) {
    const int on = 1;
    ::setsockopt(socket_.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, onHeader);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, onData);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, onClose);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, onFrame);
    nghttp2_session_client_new(&session_, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
    if (hello == Hello::Now) flush();
  }
  ~Http2Client() { nghttp2_session_del(session_); }

  using Fields = std::vector<std::pair<std::string, std::string>>;

  /// Starts a request; `body` absent: none.
  std::int32_t request(std::string_view method, std::string_view path, const Fields& more = {},
                       std::optional<std::string> body = std::nullopt) {
    Fields all{{":method", std::string(method)},
               {":scheme", "http"},
               {":authority", "example.test"},
               {":path", std::string(path)}};
    all.insert(all.end(), more.begin(), more.end());
    std::vector<nghttp2_nv> fields;
    for (auto& [name, value] : all) {
      fields.push_back({reinterpret_cast<std::uint8_t*>(name.data()), reinterpret_cast<std::uint8_t*>(value.data()),
                        name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    }
    nghttp2_data_provider provider{};
    provider.source.ptr = this;
    provider.read_callback = read;
    const auto id =
        nghttp2_submit_request(session_, nullptr, fields.data(), fields.size(), body ? &provider : nullptr, nullptr);
    if (body) bodies_[id] = std::move(*body);
    flush();
    return id;
  }
  void cancel(std::int32_t id) {
    nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id, NGHTTP2_CANCEL);
    flush();
  }

  void flush() {
    const std::uint8_t* bytes = nullptr;
    std::string all;
    for (ssize_t count; (count = nghttp2_session_mem_send(session_, &bytes)) > 0;)
      all.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
    socket_.send(all);
  }
  /// Reads until it is true; false when the server has ended the connection before.
  template <class Done>
  bool readUntil(Done&& done) {
    while (!done()) {
      char bytes[65536];
      pollfd entry{socket_.fd(), POLLIN, 0};
      if (::poll(&entry, 1, 20000) != 1) throw std::runtime_error("the server keeps silent");
      const auto count = ::recv(socket_.fd(), bytes, sizeof bytes, 0);
      if (count <= 0) return false;
      nghttp2_session_mem_recv(session_, reinterpret_cast<std::uint8_t*>(bytes), static_cast<std::size_t>(count));
      flush();
    }
    return true;
  }
  /// The answer, when its stream is closed.
  Http2Answer& wait(std::int32_t id) {
    auto& answer = answers_[id];
    readUntil([&] { return answer.closed; });
    return answer;
  }
  Http2Answer& get(std::string_view path, const Fields& more = {}) { return wait(request("GET", path, more)); }

  Http2Answer& answer(std::int32_t id) { return answers_[id]; }
  /// The error code of the server's GOAWAY.
  std::optional<std::uint32_t> goneAway;
  RawClient& socket() noexcept { return socket_; }

 private:
  static Http2Client& self(void* data) { return *static_cast<Http2Client*>(data); }
  static int onHeader(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t nameSize,
                      const std::uint8_t* value, std::size_t valueSize, std::uint8_t, void* data) {
    auto& answer = self(data).answers_[frame->hd.stream_id];
    const std::string key(reinterpret_cast<const char*>(name), nameSize);
    const std::string text(reinterpret_cast<const char*>(value), valueSize);
    if (key == ":status") answer.statusCode = std::stoi(text);
    if (answer.statusCode < 200) {
      if (key == ":status") answer.informational.push_back(text);
    } else if (answer.headComplete) {
      answer.trailers.emplace_back(key, text);
    } else {
      answer.headers.emplace_back(key, text);
    }
    return 0;
  }
  static int onData(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* bytes, std::size_t size,
                    void* data) {
    self(data).answers_[id].body.append(reinterpret_cast<const char*>(bytes), size);
    return 0;
  }
  static int onClose(nghttp2_session*, std::int32_t id, std::uint32_t errorCode, void* data) {
    auto& answer = self(data).answers_[id];
    answer.closed = true;
    answer.errorCode = errorCode;
    return 0;
  }
  static int onFrame(nghttp2_session*, const nghttp2_frame* frame, void* data) {
    if (frame->hd.type == NGHTTP2_HEADERS) {
      auto& answer = self(data).answers_[frame->hd.stream_id];
      answer.headComplete = answer.statusCode >= 200;
    }
    if (frame->hd.type == NGHTTP2_GOAWAY) self(data).goneAway = frame->goaway.error_code;
    return 0;
  }
  static ssize_t read(nghttp2_session*, std::int32_t id, std::uint8_t* at, std::size_t room, std::uint32_t* flags,
                      nghttp2_data_source* source, void*) {
    auto& body = static_cast<Http2Client*>(source->ptr)->bodies_[id];
    const auto count = std::min(room, body.size());
    std::memcpy(at, body.data(), count);
    body.erase(0, count);
    if (body.empty()) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return static_cast<ssize_t>(count);
  }

  RawClient socket_;
  nghttp2_session* session_ = nullptr;
  std::map<std::int32_t, Http2Answer> answers_;
  std::map<std::int32_t, std::string> bodies_;
};

}  // namespace fastify::server
