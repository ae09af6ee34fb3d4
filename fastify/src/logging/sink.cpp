#include "logging/sink.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <map>
#include <mutex>
#include <new>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fastify::logging {
namespace {

// What one thread has put off.
struct DeferredLines {
  int depth = 0;
  std::vector<std::shared_ptr<Sink>> sinks;
};
thread_local DeferredLines deferred;

// A write to a pipe without reader raises SIGPIPE, one beyond the largest size of a file that is allowed SIGXFSZ; both
// end a program that does not ignore them. The signal is held back for the call and taken away if the call has raised
// it.
class HeldSignal {
 public:
  /// 0: none.
  explicit HeldSignal(int signal) noexcept : signal_(signal), needed_(signal != 0 && endsProgram()) {
    if (!needed_) return;
    sigset_t pending;
    sigpending(&pending);
    needed_ = sigismember(&pending, signal_) == 0;
    if (!needed_) return;
    const sigset_t held = only();
    pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  ~HeldSignal() {
    if (!needed_) return;
    const int error = errno;
    const sigset_t held = only();
    const timespec atOnce{};
    while (sigtimedwait(&held, nullptr, &atOnce) == -1 && errno == EINTR) continue;
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    errno = error;
  }
  HeldSignal(const HeldSignal&) = delete;
  HeldSignal& operator=(const HeldSignal&) = delete;

 private:
  bool endsProgram() const noexcept {
    struct sigaction action{};
    return sigaction(signal_, nullptr, &action) != 0 || action.sa_handler == SIG_DFL;
  }
  sigset_t only() const noexcept {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal_);
    return set;
  }

  int signal_;
  bool needed_;
  sigset_t before_;
};

class FileSink final : public Sink, public std::enable_shared_from_this<FileSink> {
 public:
  FileSink(int fileDescriptor, bool owned) : fileDescriptor_(fileDescriptor), owned_(owned) {
    struct stat status{};
    if (fstat(fileDescriptor, &status) != 0 || S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode)) raises_ = SIGPIPE;
    rlimit largest{};
    if (S_ISREG(status.st_mode) && ::getrlimit(RLIMIT_FSIZE, &largest) == 0 && largest.rlim_cur != RLIM_INFINITY)
      raises_ = SIGXFSZ;
  }
  ~FileSink() override {
    FileSink::flush();
    if (owned_) ::close(fileDescriptor_);
  }

  bool borrows(int fileDescriptor) const noexcept { return !owned_ && fileDescriptor_ == fileDescriptor; }

  void append(std::string_view line) noexcept override {
    std::size_t waiting = 0;
    {
      const std::lock_guard lock(bufferMutex_);
      waiting = keep(line);
    }
    if (deferred.depth == 0 || waiting >= sinkBufferSize) return flush();
    deferFlush();
  }

  /// For a signal handler.
  void writeRaw() noexcept {
    if (!writeMutex_.try_lock()) return;
    if (!bufferMutex_.try_lock()) return;
    for (const auto* text : {&unwritten_, &buffer_}) {
      [[maybe_unused]] const auto written = ::write(fileDescriptor_, text->data(), text->size());
    }
  }

  // The writer's lock is taken first, so that two threads write in the order in which they took the buffer. Other
  // threads go on logging into a fresh buffer meanwhile.
  void flush() noexcept override {
    const std::lock_guard writing(writeMutex_);
    {
      const std::lock_guard lock(bufferMutex_);
      if (unwritten_.empty()) {
        unwritten_.swap(buffer_);
      } else {
        takeBehind();
      }
      if (lost_ != 0 && !broken_ && unwritten_.size() < sinkBacklogLimit) reportLost();
    }
    writeOut();
  }

 private:
  // Under bufferMutex_. Memory that cannot be had is one more reason to lose a line, not to end the program.
  std::size_t keep(std::string_view line) noexcept {
    if (broken_) return 0;
    if (buffer_.size() + line.size() > sinkBacklogLimit && !buffer_.empty()) {
      ++lost_;
      return buffer_.size();
    }
    try {
      buffer_.append(line);
    } catch (const std::bad_alloc&) {
      ++lost_;
    }
    return buffer_.size();
  }

  // Under both mutexes: what could not be written last time stays in front.
  void takeBehind() noexcept {
    if (unwritten_.size() + buffer_.size() > sinkBacklogLimit) return;
    try {
      unwritten_.append(buffer_);
      buffer_.clear();
    } catch (const std::bad_alloc&) {
      return;  // next time
    }
  }

  void reportLost() noexcept {
    try {
      unwritten_.append(R"({"level":40,"msg":")" + std::to_string(lost_) +
                        R"( log lines were lost: the destination did not take them"})"
                        "\n");
      lost_ = 0;
    } catch (const std::bad_alloc&) {
      return;
    }
  }

  // Under writeMutex_.
  void writeOut() noexcept {
    std::size_t written = 0;
    {
      const HeldSignal held(unwritten_.empty() ? 0 : raises_);
      while (written < unwritten_.size()) {
        const auto count = ::write(fileDescriptor_, unwritten_.data() + written, unwritten_.size() - written);
        if (count >= 0) {
          written += static_cast<std::size_t>(count);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
          if (!waitUntilWritable()) break;
        } else if (errno != EINTR) {
          if (errno == EPIPE || errno == EBADF) giveUp();
          break;
        }
      }
    }
    if (written >= unwritten_.size()) {
      unwritten_.clear();
      if (unwritten_.capacity() > 4 * sinkBufferSize) unwritten_.shrink_to_fit();
    } else {
      unwritten_.erase(0, written);
    }
  }

  // Somebody made the descriptor non-blocking, and its reader is slow: a second is a long time for a terminal.
  bool waitUntilWritable() noexcept {
    pollfd entry{fileDescriptor_, POLLOUT, 0};
    return ::poll(&entry, 1, 1000) == 1;
  }

  // Nobody reads any more: keeping lines would only fill the memory.
  void giveUp() noexcept {
    const std::lock_guard lock(bufferMutex_);
    broken_ = true;
    buffer_.clear();
    unwritten_.clear();
  }

  void deferFlush() noexcept {
    for (const auto& sink : deferred.sinks) {
      if (sink.get() == this) return;
    }
    try {
      deferred.sinks.push_back(shared_from_this());
    } catch (const std::bad_alloc&) {
      flush();
    }
  }

  const int fileDescriptor_;
  const bool owned_;
  int raises_ = 0;  // the signal that a failing write sends
  std::mutex bufferMutex_;
  std::string buffer_;
  std::size_t lost_ = 0;
  bool broken_ = false;
  std::mutex writeMutex_;
  std::string unwritten_;  // taken from the buffer by the thread that writes
};

class FunctionSink final : public Sink {
 public:
  explicit FunctionSink(LogDestination::Function function) : function_(std::move(function)) {}

  void append(std::string_view line) noexcept override {
    const std::lock_guard lock(mutex_);
    try {
      function_(line);
    } catch (...) {  // logging never fails the one who logs
    }
  }
  void flush() noexcept override {}

 private:
  std::mutex mutex_;
  LogDestination::Function function_;
};

// Every open sink, so that the end of the program writes what a running thread has deferred, and loggers of the same
// descriptor share one buffer. Never destroyed: statics of the program may log after it would be.
struct OpenSinks {
  std::mutex mutex;
  std::map<FileSink*, std::weak_ptr<FileSink>> sinks;
};
OpenSinks& openSinks() {
  static auto* all = [] {
    std::atexit([] {
      auto& open = openSinks();
      const std::lock_guard lock(open.mutex);
      for (const auto& entry : open.sinks) entry.first->flush();
    });
    return new OpenSinks;
  }();
  return *all;
}

void forget(FileSink* sink) noexcept {
  auto& open = openSinks();
  {
    const std::lock_guard lock(open.mutex);
    open.sinks.erase(sink);
  }
  delete sink;
}

// Under the mutex of the open sinks.
std::shared_ptr<FileSink> findShared(OpenSinks& open, int fileDescriptor) {
  for (const auto& [sink, weak] : open.sinks) {
    if (!sink->borrows(fileDescriptor)) continue;
    if (auto alive = weak.lock()) return alive;
  }
  return nullptr;
}

std::shared_ptr<Sink> makeFileSink(int fileDescriptor, bool owned) {
  auto& open = openSinks();
  const std::lock_guard lock(open.mutex);
  if (!owned) {
    if (auto shared = findShared(open, fileDescriptor)) return shared;
  }
  std::shared_ptr<FileSink> sink(new FileSink(fileDescriptor, owned), forget);
  open.sinks.emplace(sink.get(), sink);
  return sink;
}

std::shared_ptr<Sink> openFile(const std::string& path) {
  const int fileDescriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (fileDescriptor < 0) throw std::system_error(errno, std::generic_category(), "cannot open the log file " + path);
  return makeFileSink(fileDescriptor, true);
}

}  // namespace

std::shared_ptr<Sink> openSink(const LogDestination& destination) {
  const auto& target = destination.target();
  if (const auto* fileDescriptor = std::get_if<int>(&target)) return makeFileSink(*fileDescriptor, false);
  if (const auto* file = std::get_if<LogDestination::File>(&target)) return openFile(file->path);
  return std::make_shared<FunctionSink>(std::get<LogDestination::Function>(target));
}

Deferral::Deferral() noexcept { ++deferred.depth; }

Deferral::~Deferral() {
  if (--deferred.depth == 0) flushDeferred();
}

bool hasDeferred() noexcept { return !deferred.sinks.empty(); }

namespace {
// In a signal handler: nothing is locked that might be held, and nothing allocated.
void writeAtCrash(int) {
  auto& open = openSinks();
  if (!open.mutex.try_lock()) return;
  for (const auto& entry : open.sinks) entry.first->writeRaw();
  // SA_RESETHAND: what crashed crashes again, as if nobody had handled it.
}
}  // namespace

void writeLinesAtCrash() noexcept {
  static const bool once = [] {
    openSinks();
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
      struct sigaction before{};
      if (sigaction(signal, nullptr, &before) != 0 || before.sa_handler != SIG_DFL) continue;
      struct sigaction ours{};
      ours.sa_handler = writeAtCrash;
      ours.sa_flags = SA_RESETHAND;
      sigaction(signal, &ours, nullptr);
    }
    return true;
  }();
  static_cast<void>(once);
}

void flushDeferred() noexcept {
  if (deferred.sinks.empty()) return;
  for (const auto& sink : deferred.sinks) sink->flush();
  deferred.sinks.clear();
}

}  // namespace fastify::logging
