#include <fetch/fetch.hpp>

#include <async/asio.hpp>
#include <async/deferred.hpp>
#include <async/event_loop.hpp>

#include <curl/curl.h>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <unordered_map>

namespace fetch {
namespace asio = boost::asio;

namespace {

constexpr std::size_t kStreamBuffer = 64 * 1024;
/// As much of a body that comes in pieces is kept, to be sent again when a kept connection turns out to be closed.
constexpr std::size_t kReplay = 64 * 1024;
constexpr std::size_t kMaximumHeadSize = 256 * 1024;
constexpr long kMaximumConnectionsPerHost = 64;

struct EasyDeleter {
  void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
};
struct ListDeleter {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool isToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}
bool isHeaderValue(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

ErrorCode codeOf(CURLcode result) {
  switch (result) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return ErrorCode::InvalidRequest;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT: return ErrorCode::Connect;
    case CURLE_OPERATION_TIMEDOUT: return ErrorCode::Timeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return ErrorCode::Tls;
    default: return ErrorCode::Protocol;
  }
}

class Engine;

/// What is sent of a body that comes in pieces.
struct Upload {
  std::string bytes;
  std::size_t taken = 0;    // of `bytes`, by curl
  std::uint64_t total = 0;  // of the body, so far
  bool fromStart = true;    // `bytes` holds all of it
  bool waiting = false;     // for the source
  bool paused = false;      // curl asks no more until it is resumed
  bool ended = false;
  std::exception_ptr failure;
  std::chrono::steady_clock::time_point progress = std::chrono::steady_clock::now();
};

}  // namespace

/// One request and what has arrived for it. The engine holds it while curl works on it.
struct Stream::Transfer : std::enable_shared_from_this<Stream::Transfer> {
  enum class Mode { Collect, Stream };

  Transfer(Request value, Mode how) : request(std::move(value)), mode(how) {}

  Request request;
  Mode mode;
  std::unique_ptr<CURL, EasyDeleter> easy;
  std::unique_ptr<curl_slist, ListDeleter> headerList;
  std::array<char, CURL_ERROR_SIZE> errorText{};
  Engine* engine = nullptr;  // while curl works on it
  std::optional<std::stop_callback<std::function<void()>>> stopCallback;

  Response response;
  std::size_t headSize = 0;
  bool headComplete = false;
  bool tooLarge = false;
  bool paused = false;
  std::string pending;  // of a stream: arrived, not yet read
  Upload upload;
  bool finished = false;
  std::optional<Error> failure;

  async::Deferred<> head;
  std::optional<async::Deferred<>> reader;

  bool prepare();
  void finish(std::optional<Error> error);
  void wakeReader();
  [[noreturn]] void fail() const;
  void pull();
  async::Task<> receivePiece();
  void addPiece(std::optional<std::string> piece);
  void stopUpload();

  static std::size_t onHeader(char* data, std::size_t, std::size_t size, void* self);
  static std::size_t onBody(char* data, std::size_t, std::size_t size, void* self);
  static std::size_t onRead(char* out, std::size_t size, std::size_t count, void* self);
  static int onSeek(void* self, curl_off_t offset, int origin);
};

namespace {
using Transfer = Stream::Transfer;

/// curl's multi handle of one loop, fed by Asio. Made when a loop first fetches; goes with the loop.
class Engine final : public asio::execution_context::service {
 public:
  static asio::execution_context::id id;

  explicit Engine(asio::execution_context& context)
      : service(context),
        context_(static_cast<asio::io_context&>(context)),
        timer_(context_),
        multi_(curl_multi_init()) {
    if (!multi_) throw std::bad_alloc();
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &Engine::onSocket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &Engine::onTimer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, kMaximumConnectionsPerHost);
    curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  }

  static Engine& of(async::EventLoop& loop) {
    static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (global != CURLE_OK) throw std::runtime_error("libcurl cannot start");
    return asio::use_service<Engine>(async::ioContext(loop));
  }

  void add(const std::shared_ptr<Transfer>& transfer) {
    transfer->engine = this;
    transfers_[transfer->easy.get()] = transfer;
    if (curl_multi_add_handle(multi_, transfer->easy.get()) != CURLM_OK) {
      remove(*transfer);
      transfer->finish(Error(ErrorCode::Protocol, "libcurl does not take the request"));
    }
  }

  /// Takes the transfer from curl; what waits for it is not woken.
  void remove(Transfer& transfer) {
    if (!transfer.engine) return;
    transfer.engine = nullptr;
    curl_multi_remove_handle(multi_, transfer.easy.get());
    transfers_.erase(transfer.easy.get());
  }

  /// Goes on in the direction that is no longer paused.
  void resume(Transfer& transfer) {
    curl_easy_pause(transfer.easy.get(), (transfer.paused ? CURLPAUSE_RECV : CURLPAUSE_RECV_CONT) |
                                             (transfer.upload.paused ? CURLPAUSE_SEND : CURLPAUSE_SEND_CONT));
    collectFinished();
  }

  /// Ends the transfer before curl has.
  void end(Transfer& transfer, Error error) {
    remove(transfer);
    transfer.finish(std::move(error));
  }

  asio::io_context& context() noexcept { return context_; }

 private:
  struct Watched {
    explicit Watched(asio::io_context& context, curl_socket_t socket) : descriptor(context, socket) {}
    asio::posix::stream_descriptor descriptor;
    int wanted = 0;
    bool reading = false;
    bool writing = false;
  };

  void shutdown() noexcept override {
    timer_.cancel();
    for (auto& [socket, watched] : sockets_) watched->descriptor.release();
    sockets_.clear();
    shuttingDown_ = true;
    for (auto& [easy, transfer] : transfers_) {
      transfer->engine = nullptr;
      curl_multi_remove_handle(multi_, easy);
    }
    transfers_.clear();
    curl_multi_cleanup(multi_);
  }

  static int onSocket(CURL*, curl_socket_t socket, int what, void* self, void*) {
    static_cast<Engine*>(self)->watch(socket, what);
    return 0;
  }

  void watch(curl_socket_t socket, int what) {
    if (shuttingDown_) return;
    auto& watched = sockets_[socket];
    if (what == CURL_POLL_REMOVE) {
      if (watched) watched->descriptor.release();  // curl closes it; this also cancels what waits
      sockets_.erase(socket);
      return;
    }
    if (!watched) watched = std::make_shared<Watched>(context_, socket);
    watched->wanted = what;
    wait(socket, watched);
  }

  void wait(curl_socket_t socket, const std::shared_ptr<Watched>& watched) {
    if ((watched->wanted & CURL_POLL_IN) && !watched->reading) {
      watched->reading = true;
      watched->descriptor.async_wait(asio::posix::stream_descriptor::wait_read, [this, socket, watched](auto error) {
        watched->reading = false;
        if (!error) act(socket, CURL_CSELECT_IN, watched);
      });
    }
    if ((watched->wanted & CURL_POLL_OUT) && !watched->writing) {
      watched->writing = true;
      watched->descriptor.async_wait(asio::posix::stream_descriptor::wait_write, [this, socket, watched](auto error) {
        watched->writing = false;
        if (!error) act(socket, CURL_CSELECT_OUT, watched);
      });
    }
  }

  void act(curl_socket_t socket, int event, const std::shared_ptr<Watched>& watched) {
    // A wait that was started when curl wanted the event, and ended after it no longer does, means nothing.
    const int poll = event == CURL_CSELECT_IN ? CURL_POLL_IN : CURL_POLL_OUT;
    if (!isCurrent(socket, watched) || !(watched->wanted & poll)) return;
    int running = 0;
    curl_multi_socket_action(multi_, socket, event, &running);
    if (isCurrent(socket, watched)) wait(socket, watched);
    collectFinished();
  }

  bool isCurrent(curl_socket_t socket, const std::shared_ptr<Watched>& watched) const {
    const auto found = sockets_.find(socket);
    return found != sockets_.end() && found->second == watched;
  }

  static int onTimer(CURLM*, long milliseconds, void* self) {
    static_cast<Engine*>(self)->startTimer(milliseconds);
    return 0;
  }

  void startTimer(long milliseconds) {
    if (shuttingDown_) return;
    if (milliseconds < 0) {
      timer_.cancel();
      return;
    }
    timer_.expires_after(std::chrono::milliseconds(milliseconds));
    timer_.async_wait([this](auto error) {
      if (error) return;
      int running = 0;
      curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
      collectFinished();
    });
  }

  void collectFinished() {
    int left = 0;
    while (auto* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const auto result = message->data.result;
      const auto found = transfers_.find(message->easy_handle);
      if (found == transfers_.end()) continue;
      const auto transfer = found->second;
      remove(*transfer);
      transfer->finish(failureOf(*transfer, result));
    }
  }

  static std::optional<Error> failureOf(const Transfer& transfer, CURLcode result) {
    if (transfer.tooLarge) return Error(ErrorCode::TooLarge, "the answer is larger than allowed");
    if (result == CURLE_OK) return {};
    const std::string text = transfer.errorText[0] ? transfer.errorText.data() : curl_easy_strerror(result);
    return Error(codeOf(result), text);
  }

  asio::io_context& context_;
  asio::steady_timer timer_;
  CURLM* multi_;
  std::unordered_map<curl_socket_t, std::shared_ptr<Watched>> sockets_;
  std::unordered_map<CURL*, std::shared_ptr<Transfer>> transfers_;
  bool shuttingDown_ = false;
};

asio::execution_context::id Engine::id;

std::shared_ptr<Transfer> start(Request request, Transfer::Mode mode) {
  auto transfer = std::make_shared<Transfer>(std::move(request), mode);
  if (transfer->request.stop.stop_requested()) throw Error(ErrorCode::Cancelled, "the request was cancelled");
  if (!transfer->prepare()) throw Error(ErrorCode::InvalidRequest, "the request has no valid method, URL or headers");
  auto& loop = async::EventLoop::current();
  Engine::of(loop).add(transfer);
  if (transfer->request.stop.stop_possible()) {
    transfer->stopCallback.emplace(transfer->request.stop, [weak = std::weak_ptr(transfer), &loop] {
      loop.post([weak] {
        const auto transfer = weak.lock();
        if (!transfer || !transfer->engine) return;
        transfer->engine->end(*transfer, Error(ErrorCode::Cancelled, "the request was cancelled"));
      });
    });
  }
  return transfer;
}

}  // namespace

bool Stream::Transfer::prepare() {
  // curl would guess a scheme for a URL without one.
  if (!isToken(request.method) || (!request.url.starts_with("http://") && !request.url.starts_with("https://")))
    return false;
  easy.reset(curl_easy_init());
  if (!easy) throw std::bad_alloc();
  CURL* handle = easy.get();
  auto set = [&](CURLoption option, auto value) { return curl_easy_setopt(handle, option, value) == CURLE_OK; };
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_ERRORBUFFER, errorText.data());
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  if (request.url.find('\0') != std::string::npos || !set(CURLOPT_URL, request.url.c_str())) return false;
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connectTimeout.count()));
  if (mode == Mode::Collect) set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  if (request.decompress) set(CURLOPT_ACCEPT_ENCODING, "");

  const bool isHead = request.method == "HEAD";
  if (isHead) {
    set(CURLOPT_NOBODY, 1L);
  } else if (request.bodySource) {
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, request.bodySize ? static_cast<curl_off_t>(*request.bodySize) : curl_off_t{-1});
    set(CURLOPT_READFUNCTION, &Transfer::onRead);
    set(CURLOPT_READDATA, this);
    set(CURLOPT_SEEKFUNCTION, &Transfer::onSeek);
    set(CURLOPT_SEEKDATA, this);
  } else if (!request.body.empty() || request.method == "POST" || request.method == "PUT" ||
             request.method == "PATCH") {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.c_str());
  }
  if (!isHead) set(CURLOPT_CUSTOMREQUEST, request.method.c_str());

  // curl's own additions that nobody asked for are taken out by naming them without a value.
  bool hasContentType = false;
  for (const auto& [name, value] : request.headers) {
    if (!isToken(name) || !isHeaderValue(value)) return false;
    hasContentType = hasContentType || equalsIgnoringCase(name, "content-type");
    const auto line = value.empty() ? name + ';' : name + ": " + value;
    headerList.reset(curl_slist_append(headerList.release(), line.c_str()));
  }
  if (!hasContentType) headerList.reset(curl_slist_append(headerList.release(), "Content-Type:"));
  headerList.reset(curl_slist_append(headerList.release(), "Expect:"));
  set(CURLOPT_HTTPHEADER, headerList.get());

  set(CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &Transfer::onBody);
  set(CURLOPT_WRITEDATA, this);
  return true;
}

std::size_t Stream::Transfer::onHeader(char* data, std::size_t, std::size_t size, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.headComplete) return size;  // trailers
  std::string_view line(data, size);
  transfer.headSize += size;
  if (transfer.headSize > kMaximumHeadSize) {
    transfer.tooLarge = true;
    return 0;
  }
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("HTTP/")) {
    // A new head: of the final answer after a 1xx.
    transfer.response = {};
    const auto status = line.find(' ');
    if (status == std::string_view::npos) return 0;
    long code = 0;
    curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &code);
    transfer.response.status = static_cast<int>(code);
    const auto text = line.find(' ', status + 1);
    if (text != std::string_view::npos) transfer.response.statusText = line.substr(text + 1);
    return size;
  }
  if (line.empty()) {
    if (transfer.response.status < 200) return size;
    transfer.headComplete = true;
    transfer.stopUpload();
    if (transfer.mode == Mode::Stream && transfer.engine) {
      // Not here: what is resumed may call curl, which does not allow that from a callback.
      asio::post(transfer.engine->context(), [kept = transfer.shared_from_this()] { kept->head.resolve(); });
    }
    return size;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  auto value = line.substr(colon + 1);
  while (value.starts_with(' ') || value.starts_with('\t')) value.remove_prefix(1);
  while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
  transfer.response.headers.emplace_back(line.substr(0, colon), value);
  return size;
}

std::size_t Stream::Transfer::onBody(char* data, std::size_t, std::size_t size, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.mode == Mode::Collect) {
    if (size > transfer.request.maxResponseSize - transfer.response.body.size()) {
      transfer.tooLarge = true;
      return 0;
    }
    transfer.response.body.append(data, size);
    return size;
  }
  if (transfer.pending.size() >= kStreamBuffer) {
    transfer.paused = true;
    return CURL_WRITEFUNC_PAUSE;
  }
  transfer.pending.append(data, size);
  if (transfer.engine && transfer.reader) {
    asio::post(transfer.engine->context(), [kept = transfer.shared_from_this()] { kept->wakeReader(); });
  }
  return size;
}

std::size_t Stream::Transfer::onRead(char* out, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  auto& upload = transfer.upload;
  if (upload.taken == upload.bytes.size()) {
    if (upload.ended) return 0;
    upload.paused = true;
    transfer.pull();
    return CURL_READFUNC_PAUSE;
  }
  const auto piece = std::string_view(upload.bytes).substr(upload.taken, size * count);
  std::copy(piece.begin(), piece.end(), out);
  upload.taken += piece.size();
  upload.progress = std::chrono::steady_clock::now();
  return piece.size();
}

/// curl sends a request again when the server has closed a kept connection before it read anything.
int Stream::Transfer::onSeek(void* self, curl_off_t offset, int origin) {
  auto& upload = static_cast<Transfer*>(self)->upload;
  if (origin != SEEK_SET || offset != 0 || !upload.fromStart) return CURL_SEEKFUNC_CANTSEEK;
  upload.taken = 0;
  return CURL_SEEKFUNC_OK;
}

/// Asks the source for more. Not at once: it is not to be called from inside curl.
void Stream::Transfer::pull() {
  if (!engine || std::exchange(upload.waiting, true)) return;
  asio::post(engine->context(), [kept = shared_from_this()] { async::detach(kept->receivePiece()); });
}

async::Task<> Stream::Transfer::receivePiece() {
  const auto kept = shared_from_this();
  std::optional<std::string> piece;
  try {
    do {
      piece = co_await request.bodySource();
    } while (piece && piece->empty());
  } catch (...) {
    upload.failure = std::current_exception();
  }
  upload.waiting = false;
  if (engine) addPiece(std::move(piece));  // else the transfer has ended meanwhile
}

void Stream::Transfer::addPiece(std::optional<std::string> piece) {
  upload.progress = std::chrono::steady_clock::now();
  if (upload.failure) return engine->end(*this, Error(ErrorCode::Cancelled, "the request's body failed"));
  if (piece) {
    if (upload.bytes.size() >= kReplay) {
      upload.fromStart = false;
      upload.bytes.clear();
      upload.taken = 0;
    }
    upload.total += piece->size();
    upload.bytes += *piece;
  } else {
    upload.ended = true;
    if (request.bodySize && upload.total != *request.bodySize) {
      return engine->end(*this, Error(ErrorCode::InvalidRequest, "the request's body has not the size it declared"));
    }
  }
  upload.paused = false;
  engine->resume(*this);
}

/// After a head that refuses or redirects curl sends no more of the body, but a paused one it waits for.
void Stream::Transfer::stopUpload() {
  if (response.status < 300 || !upload.paused || !engine) return;
  asio::post(engine->context(), [kept = shared_from_this()] {
    kept->upload.paused = false;
    if (kept->engine) kept->engine->resume(*kept);
  });
}

void Stream::Transfer::fail() const {
  if (upload.failure) std::rethrow_exception(upload.failure);
  throw Error(*failure);
}

void Stream::Transfer::wakeReader() {
  if (auto waiting = std::exchange(reader, std::nullopt)) waiting->resolve();
}

void Stream::Transfer::finish(std::optional<Error> error) {
  if (finished) return;
  const auto keep = shared_from_this();
  stopCallback.reset();
  finished = true;
  failure = std::move(error);
  head.resolve();
  wakeReader();
}

std::optional<std::string_view> Response::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (equalsIgnoringCase(key, name)) return value;
  }
  return {};
}

async::Task<Response> fetch(Request request) {
  const auto transfer = start(std::move(request), Transfer::Mode::Collect);
  co_await transfer->head;
  if (transfer->failure) transfer->fail();
  co_return std::move(transfer->response);
}

namespace {

/// Ends the transfer when its server does not answer in time.
void startDeadline(const std::shared_ptr<async::EventLoop::Timer>& timer, const std::shared_ptr<Transfer>& transfer,
                   std::chrono::nanoseconds left) {
  timer->start(left, [weakTimer = std::weak_ptr(timer), weakTransfer = std::weak_ptr(transfer)] {
    const auto timer = weakTimer.lock();
    const auto transfer = weakTransfer.lock();
    if (!timer || !transfer || transfer->headComplete || !transfer->engine) return;
    // What a body takes that comes slowly is not the server's fault.
    const auto& upload = transfer->upload;
    const auto now = std::chrono::steady_clock::now();
    const auto waited = upload.waiting ? std::chrono::nanoseconds(0) : now - upload.progress;
    if (transfer->request.bodySource && waited < transfer->request.timeout) {
      return startDeadline(timer, transfer, transfer->request.timeout - waited);
    }
    transfer->engine->end(*transfer, Error(ErrorCode::Timeout, "the server did not answer in time"));
  });
}

}  // namespace

async::Task<Stream> open(Request request) {
  Stream stream(start(std::move(request), Transfer::Mode::Stream));
  const auto transfer = stream.transfer_;
  const auto timer = std::make_shared<async::EventLoop::Timer>(async::EventLoop::current());
  if (transfer->request.timeout.count() > 0) startDeadline(timer, transfer, transfer->request.timeout);
  co_await transfer->head;
  if (transfer->failure && !transfer->headComplete) transfer->fail();
  co_return std::move(stream);
}

Stream::Stream(std::shared_ptr<Transfer> transfer) noexcept : transfer_(std::move(transfer)) {}
Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(Stream&& other) noexcept {
  Stream dropped(std::exchange(transfer_, std::move(other.transfer_)));
  return *this;
}
Stream::~Stream() {
  if (transfer_ && transfer_->engine) transfer_->engine->remove(*transfer_);
}

const Response& Stream::head() const noexcept { return transfer_->response; }

async::Task<std::optional<std::string>> Stream::read() {
  const auto transfer = transfer_;
  while (transfer->pending.empty() && !transfer->finished) {
    if (transfer->engine && std::exchange(transfer->paused, false)) transfer->engine->resume(*transfer);
    if (!transfer->pending.empty() || transfer->finished) break;
    async::Deferred<> more;
    transfer->reader = more;
    co_await more;
  }
  if (!transfer->pending.empty()) co_return std::exchange(transfer->pending, {});
  if (transfer->failure) transfer->fail();
  co_return std::nullopt;
}

}  // namespace fetch
