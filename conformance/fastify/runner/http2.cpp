// Plays a scenario of HTTP/2: one request on a connection of its own, by nghttp2.

#include "answer.hpp"
#include "play.hpp"

#include <boost/json/array.hpp>

#include <nghttp2/nghttp2.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace conformance {
namespace {

namespace json = boost::json;

constexpr int patience = 5000;  // milliseconds without a byte

class Client {
 public:
  explicit Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(fd_);
      throw std::runtime_error("the server takes no connection");
    }
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, onHeader);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, onFrame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, onData);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, onClose);
    nghttp2_session_client_new(&session_, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
  }
  ~Client() {
    nghttp2_session_del(session_);
    ::close(fd_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  json::object ask(const Http2Request& request) {
    auto headers = request.headers;
    std::vector<nghttp2_nv> fields;
    for (auto& [name, value] : headers) {
      fields.push_back({reinterpret_cast<std::uint8_t*>(name.data()), reinterpret_cast<std::uint8_t*>(value.data()),
                        name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    }
    body_ = request.body.value_or("");
    nghttp2_data_provider provider{};
    provider.source.ptr = this;
    provider.read_callback = read;
    nghttp2_submit_request(session_, nullptr, fields.data(), fields.size(), request.body ? &provider : nullptr,
                           nullptr);
    while (!closed_) {
      send();
      receive();
    }
    return observation();
  }

 private:
  void send() {
    const std::uint8_t* bytes = nullptr;
    for (ssize_t count; (count = nghttp2_session_mem_send(session_, &bytes)) > 0;) {
      for (ssize_t sent = 0; sent < count;) {
        const auto taken = ::send(fd_, bytes + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
        if (taken <= 0) throw std::runtime_error("the server takes no more bytes");
        sent += taken;
      }
    }
  }

  void receive() {
    std::uint8_t bytes[65536];
    pollfd entry{fd_, POLLIN, 0};
    const auto count = ::poll(&entry, 1, patience) == 1 ? ::recv(fd_, bytes, sizeof bytes, 0) : 0;
    if (count <= 0) throw std::runtime_error("the server keeps silent, or has ended the connection");
    if (nghttp2_session_mem_recv(session_, bytes, static_cast<std::size_t>(count)) < 0)
      throw std::runtime_error("the server does not speak HTTP/2");
  }

  json::object observation() const {
    auto shown = answer_.json();
    shown.erase("version");
    shown.erase("reason");
    if (errorCode_ != 0) shown["rst"] = errorCode_;
    json::object observed;
    observed["responses"] = json::array{std::move(shown)};
    return observed;
  }

  static int onHeader(nghttp2_session*, const nghttp2_frame*, const std::uint8_t* name, std::size_t nameSize,
                      const std::uint8_t* value, std::size_t valueSize, std::uint8_t, void* data) {
    auto& answer = static_cast<Client*>(data)->answer_;
    const std::string key(reinterpret_cast<const char*>(name), nameSize);
    const std::string text(reinterpret_cast<const char*>(value), valueSize);
    if (key == ":status") {
      answer.status = std::stoi(text);
    } else if (static_cast<Client*>(data)->headComplete_) {
      answer.trailers.emplace_back(key, text);
    } else if (key == "date") {
      answer.date = true;
    } else if (answer.status >= 200) {
      answer.headers.emplace_back(key, text);
    }
    return 0;
  }
  static int onFrame(nghttp2_session*, const nghttp2_frame* frame, void* data) {
    auto& client = *static_cast<Client*>(data);
    if (frame->hd.type == NGHTTP2_HEADERS) client.headComplete_ = client.answer_.status >= 200;
    return 0;
  }
  static int onData(nghttp2_session*, std::uint8_t, std::int32_t, const std::uint8_t* bytes, std::size_t size,
                    void* data) {
    static_cast<Client*>(data)->answer_.body.append(reinterpret_cast<const char*>(bytes), size);
    return 0;
  }
  static int onClose(nghttp2_session*, std::int32_t, std::uint32_t errorCode, void* data) {
    auto& client = *static_cast<Client*>(data);
    client.closed_ = true;
    client.errorCode_ = errorCode;
    return 0;
  }
  static ssize_t read(nghttp2_session*, std::int32_t, std::uint8_t* at, std::size_t room, std::uint32_t* flags,
                      nghttp2_data_source* source, void*) {
    auto& body = static_cast<Client*>(source->ptr)->body_;
    const auto count = std::min(room, body.size());
    std::memcpy(at, body.data(), count);
    body.erase(0, count);
    if (body.empty()) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return static_cast<ssize_t>(count);
  }

  int fd_;
  nghttp2_session* session_ = nullptr;
  std::string body_;
  Answer answer_{.framing = "h2"};
  bool headComplete_ = false;
  bool closed_ = false;
  std::uint32_t errorCode_ = 0;
};

}  // namespace

json::object playHttp2(const Scenario& scenario, ServerProcess& server) {
  return Client(server.port()).ask(scenario.http2);
}

}  // namespace conformance
