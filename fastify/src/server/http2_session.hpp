#pragma once
// One client's HTTP/2 connection (RFC 9113): frames to messages and back, by nghttp2. Knows no socket: bytes come in by
// `receive`, and leave by `produce`.

#include "http2_stream.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct nghttp2_session;

namespace fastify::server {

class Worker;

/// What carries a session's bytes.
class Http2Wire {
 public:
  /// There is something to send, from outside `receive`, `produce` and `settle`.
  virtual void outputWaits() = 0;

 protected:
  ~Http2Wire() = default;
};

class Http2Session {
 public:
  struct Peer {
    std::string address;
    std::uint16_t port = 0;
    bool secure = false;
  };

  Http2Session(Worker& worker, Http2Wire& wire, Peer peer);
  ~Http2Session();
  Http2Session(const Http2Session&) = delete;
  Http2Session& operator=(const Http2Session&) = delete;

  /// Takes what came. False: the client does not speak HTTP/2, or misuses it; the connection is to be closed after what
  /// `produce` gives.
  bool receive(std::string_view bytes);
  /// Appends frames until `out` has `enough` bytes or there are none.
  void produce(std::string& out, std::size_t enough);
  /// Tells streams what has become of them. True when something was told: there may be more to send.
  bool settle();
  bool wantsToSend() const noexcept;
  /// Nothing will be read or sent any more.
  bool over() const noexcept;

  /// No new requests; those under way are answered.
  void beginClose();
  /// Nothing has come or gone for `connectionTimeout`: the requests under way are told.
  void timedOut();
  /// The connection is gone: all streams are told. They stay until their handlers have ended.
  void closed();
  /// No request is known.
  bool idle() const noexcept { return streams_.empty(); }
  /// In the middle of a message's head.
  bool readsHead() const noexcept { return readsHead_; }

  // For the streams.
  Worker& worker() noexcept { return worker_; }
  const Peer& peer() const noexcept { return peer_; }
  nghttp2_session* raw() noexcept { return session_; }
  bool gone() const noexcept { return gone_; }
  void outputWaits();
  /// Will be looked at by `settle`.
  void tellLater(Http2Stream& stream) noexcept;
  void forget(Http2Stream& stream) noexcept;

 private:
  struct Callbacks;

  Http2Stream* find(std::int32_t id) noexcept;
  Http2Stream* open(std::int32_t id);
  /// One more request has begun; after `maxRequestsPerSocket` of them the client is sent elsewhere.
  void countRequest();
  /// Frames that cost us more than the client; false when there are too many.
  bool allows(int cost);

  Worker& worker_;
  Http2Wire& wire_;
  Peer peer_;
  nghttp2_session* session_ = nullptr;
  std::unordered_map<std::int32_t, std::unique_ptr<Http2Stream>> streams_;
  std::vector<std::int32_t> told_;
  std::vector<std::int32_t> telling_;
  std::vector<std::int32_t> dead_;
  std::size_t requests_ = 0;
  int depth_ = 0;  // in receive, produce or settle
  bool readsHead_ = false;
  bool failed_ = false;
  bool gone_ = false;
  std::chrono::steady_clock::time_point refilled_ = std::chrono::steady_clock::now();
  int allowance_;
};

}  // namespace fastify::server
