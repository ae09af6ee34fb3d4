#include "http2_session.hpp"

#include "connection.hpp"

#include "../lifecycle/application.hpp"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <utility>

namespace fastify::server {

namespace {

// Frames that make us work or answer and cost the client a few bytes: PING, SETTINGS, PRIORITY, RST_STREAM, empty DATA
// and CONTINUATION. (CVE-2019-9512, -9513, -9515, -9518, CVE-2023-44487 and their kind.)
constexpr int allowanceAtOnce = 3000;
constexpr int allowanceASecond = 500;
constexpr std::int32_t connectionWindow = 1024 * 1024;

struct FreeOptions {
  void operator()(nghttp2_option* option) const noexcept { nghttp2_option_del(option); }
};
struct FreeCallbacks {
  void operator()(nghttp2_session_callbacks* callbacks) const noexcept { nghttp2_session_callbacks_del(callbacks); }
};

std::string_view viewOf(const std::uint8_t* data, std::size_t size) noexcept {
  return {reinterpret_cast<const char*>(data), size};
}

/// C code calls: what is thrown must not pass through it. Without memory the connection ends.
template <class Act>
int guarded(Act&& act) noexcept {
  try {
    return act();
  } catch (...) {
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }
}

/// For the time of a call.
struct Depth {
  explicit Depth(int& depth) noexcept : depth(depth) { ++depth; }
  ~Depth() { --depth; }
  int& depth;
};

bool endsStream(const nghttp2_frame& frame) noexcept { return frame.hd.flags & NGHTTP2_FLAG_END_STREAM; }

}  // namespace

struct Http2Session::Callbacks {
  static Http2Session& self(void* data) noexcept { return *static_cast<Http2Session*>(data); }

  static int onBeginHeaders(nghttp2_session*, const nghttp2_frame* frame, void* data) {
    if (frame->hd.type != NGHTTP2_HEADERS || frame->headers.cat != NGHTTP2_HCAT_REQUEST) return 0;
    return guarded([&] { return self(data).open(frame->hd.stream_id) ? 0 : NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE; });
  }

  static int onHeader(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t nameSize,
                      const std::uint8_t* value, std::size_t valueSize, std::uint8_t, void* data) {
    return guarded([&] {
      if (auto* stream = self(data).find(frame->hd.stream_id))
        stream->addField(viewOf(name, nameSize), viewOf(value, valueSize));
      return 0;
    });
  }

  static int onBeginFrame(nghttp2_session*, const nghttp2_frame_hd* head, void* data) {
    auto& session = self(data);
    session.readsHead_ = head->type == NGHTTP2_HEADERS || (session.readsHead_ && head->type == NGHTTP2_CONTINUATION);
    const bool emptyData = head->type == NGHTTP2_DATA && head->length == 0 && !(head->flags & NGHTTP2_FLAG_END_STREAM);
    const bool costly = emptyData || head->type == NGHTTP2_PING || head->type == NGHTTP2_SETTINGS ||
                        head->type == NGHTTP2_PRIORITY || head->type == NGHTTP2_RST_STREAM ||
                        head->type > NGHTTP2_CONTINUATION;
    if (costly && !session.allows(1)) nghttp2_session_terminate_session(session.session_, NGHTTP2_ENHANCE_YOUR_CALM);
    return 0;
  }

  static int onFrame(nghttp2_session*, const nghttp2_frame* frame, void* data) {
    auto& session = self(data);
    if (frame->hd.type == NGHTTP2_HEADERS) session.readsHead_ = false;
    if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA) return 0;
    auto* stream = session.find(frame->hd.stream_id);
    if (!stream) return 0;
    return guarded([&] {
      if (frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST) {
        session.countRequest();
        stream->begin(endsStream(*frame));
      } else if (endsStream(*frame)) {
        stream->endData();
      }
      return 0;
    });
  }

  static int onData(nghttp2_session* raw, std::uint8_t, std::int32_t id, const std::uint8_t* bytes, std::size_t size,
                    void* data) {
    // The connection's window is everybody's: a stream that nobody reads must not close it for the others.
    nghttp2_session_consume_connection(raw, size);
    return guarded([&] {
      if (auto* stream = self(data).find(id)) {
        stream->addData(viewOf(bytes, size));
      } else {
        nghttp2_session_consume_stream(raw, id, size);
      }
      return 0;
    });
  }

  static int onFrameSent(nghttp2_session*, const nghttp2_frame* frame, void* data) {
    const bool answer = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
    if (!answer || !endsStream(*frame)) return 0;
    if (auto* stream = self(data).find(frame->hd.stream_id)) stream->answerSent();
    return 0;
  }

  static int onClose(nghttp2_session*, std::int32_t id, std::uint32_t, void* data) {
    if (auto* stream = self(data).find(id)) stream->streamClosed();
    return 0;
  }
};

Http2Session::Http2Session(Worker& worker, Http2Wire& wire, Peer peer)
    : worker_(worker), wire_(wire), peer_(std::move(peer)), allowance_(allowanceAtOnce) {
  nghttp2_session_callbacks* made = nullptr;
  nghttp2_session_callbacks_new(&made);
  const std::unique_ptr<nghttp2_session_callbacks, FreeCallbacks> callbacks(made);
  nghttp2_session_callbacks_set_on_begin_headers_callback(made, Callbacks::onBeginHeaders);
  nghttp2_session_callbacks_set_on_header_callback(made, Callbacks::onHeader);
  nghttp2_session_callbacks_set_on_begin_frame_callback(made, Callbacks::onBeginFrame);
  nghttp2_session_callbacks_set_on_frame_recv_callback(made, Callbacks::onFrame);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(made, Callbacks::onData);
  nghttp2_session_callbacks_set_on_frame_send_callback(made, Callbacks::onFrameSent);
  nghttp2_session_callbacks_set_on_stream_close_callback(made, Callbacks::onClose);

  nghttp2_option* madeOption = nullptr;
  nghttp2_option_new(&madeOption);
  const std::unique_ptr<nghttp2_option, FreeOptions> option(madeOption);
  nghttp2_option_set_no_auto_window_update(madeOption, 1);
  nghttp2_option_set_no_closed_streams(madeOption, 1);
  nghttp2_option_set_max_outbound_ack(madeOption, 500);
  nghttp2_option_set_stream_reset_rate_limit(madeOption, 1000, 33);
  if (nghttp2_session_server_new2(&session_, made, this, madeOption) != 0) throw std::bad_alloc();

  const auto& options = worker.application.options;
  const auto& limits = options.http2.options();
  const std::array<nghttp2_settings_entry, 3> settings{
      nghttp2_settings_entry{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.maxConcurrentStreams},
      nghttp2_settings_entry{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits.initialWindowSize},
      nghttp2_settings_entry{NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE,
                             static_cast<std::uint32_t>(options.http.maxHeaderSize)}};
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
  nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, connectionWindow);
}

Http2Session::~Http2Session() {
  gone_ = true;
  nghttp2_session_del(session_);
}

Http2Stream* Http2Session::find(std::int32_t id) noexcept {
  const auto found = streams_.find(id);
  return found == streams_.end() ? nullptr : found->second.get();
}

Http2Stream* Http2Session::open(std::int32_t id) {
  // Streams that the client has cut may still have handlers: nghttp2 does not count those.
  if (streams_.size() >= 2 * std::size_t{worker_.application.options.http2.options().maxConcurrentStreams})
    return nullptr;
  // Each may be told of once, and forgotten: there will be room for that.
  const auto room = streams_.size() + 1;
  for (auto* list : {&told_, &telling_, &dead_}) {
    if (list->capacity() < room) list->reserve(2 * room);
  }
  return streams_.emplace(id, std::make_unique<Http2Stream>(*this, id)).first->second.get();
}

void Http2Session::countRequest() {
  const auto most = worker_.application.options.maxRequestsPerSocket;
  if (++requests_ == most) beginClose();
}

bool Http2Session::allows(int cost) {
  if (allowance_ < cost) {
    const auto now = std::chrono::steady_clock::now();
    const auto passed = std::chrono::duration<double>(now - refilled_).count();
    refilled_ = now;
    allowance_ += static_cast<int>(std::min<double>(allowanceAtOnce, passed * allowanceASecond));
  }
  allowance_ -= cost;
  return allowance_ >= 0;
}

bool Http2Session::receive(std::string_view bytes) {
  if (gone_ || failed_) return false;
  const auto taken = [&] {
    const Depth inside(depth_);
    return nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  }();
  if (taken < 0) {
    failed_ = true;
    if (taken != NGHTTP2_ERR_BAD_CLIENT_MAGIC)
      nghttp2_session_terminate_session(session_, taken == NGHTTP2_ERR_FLOODED            ? NGHTTP2_ENHANCE_YOUR_CALM
                                                  : taken == NGHTTP2_ERR_CALLBACK_FAILURE ? NGHTTP2_INTERNAL_ERROR
                                                                                          : NGHTTP2_PROTOCOL_ERROR);
  }
  return !failed_;
}

void Http2Session::produce(std::string& out, std::size_t enough) {
  if (gone_) return;
  const Depth inside(depth_);
  while (out.size() < enough) {
    const std::uint8_t* bytes = nullptr;
    const auto count = nghttp2_session_mem_send(session_, &bytes);
    if (count <= 0) {
      if (count < 0) failed_ = true;
      break;
    }
    out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
  }
}

bool Http2Session::settle() {
  if (depth_ > 0) return false;
  bool told = false;
  const Depth inside(depth_);
  // What is told may lead to more that is to be told.
  for (int rounds = 0; !told_.empty() && rounds < 64; ++rounds) {
    told = true;
    telling_.swap(told_);
    for (const auto id : telling_) {
      auto* stream = find(id);
      if (!stream) continue;
      stream->waitsToBeTold = false;
      stream->settle();
    }
    telling_.clear();
  }
  for (const auto id : dead_) streams_.erase(id);
  dead_.clear();
  return told;
}

bool Http2Session::wantsToSend() const noexcept { return !gone_ && nghttp2_session_want_write(session_) != 0; }

bool Http2Session::over() const noexcept {
  return failed_ || (nghttp2_session_want_read(session_) == 0 && nghttp2_session_want_write(session_) == 0);
}

void Http2Session::beginClose() {
  if (gone_) return;
  nghttp2_submit_goaway(session_, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(session_),
                        NGHTTP2_NO_ERROR, nullptr, 0);
  outputWaits();
}

void Http2Session::timedOut() {
  for (const auto& [id, stream] : streams_) stream->timedOut();
}

void Http2Session::closed() {
  if (std::exchange(gone_, true)) return;
  for (const auto& [id, stream] : streams_) stream->streamClosed();
  settle();
}

void Http2Session::outputWaits() {
  if (depth_ == 0) wire_.outputWaits();
}

void Http2Session::tellLater(Http2Stream& stream) noexcept {
  if (!std::exchange(stream.waitsToBeTold, true)) told_.push_back(stream.id());
}

void Http2Session::forget(Http2Stream& stream) noexcept {
  if (!std::exchange(stream.isForgotten, true)) dead_.push_back(stream.id());
}

}  // namespace fastify::server
