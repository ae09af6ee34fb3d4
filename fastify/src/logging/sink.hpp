#pragma once
// Where lines go. Whole lines, in the order they were logged, with as few system calls as the thread allows.

#include <fastify/logger.hpp>

#include <cstddef>
#include <memory>
#include <string_view>

namespace fastify::logging {

class Sink {
 public:
  virtual ~Sink() = default;
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  /// Takes one line with its line end. It is written before this returns, unless the thread defers its lines.
  virtual void append(std::string_view line) noexcept = 0;
  /// Writes what waits.
  virtual void flush() noexcept = 0;
};

/// Throws std::system_error when a file cannot be opened.
std::shared_ptr<Sink> openSink(const LogDestination& destination);

/// While one lives, lines of this thread wait in their destination's buffer until `flushDeferred()`, a full buffer, a
/// fatal line or the end of the program. For a thread that runs a loop and flushes whenever it would sleep.
class Deferral {
 public:
  Deferral() noexcept;
  ~Deferral();
  Deferral(const Deferral&) = delete;
  Deferral& operator=(const Deferral&) = delete;
};

/// Writes what this thread has deferred. Costs a comparison when there is nothing.
void flushDeferred() noexcept;
/// Whether there is something.
bool hasDeferred() noexcept;

/// From now on deferred lines are written, too, when the program ends by SIGSEGV, SIGBUS, SIGFPE, SIGILL or SIGABRT (a
/// failed assertion, a `terminate`). A signal that somebody else handles is left alone.
void writeLinesAtCrash() noexcept;

/// How many bytes wait before a thread that defers writes them on its own.
inline constexpr std::size_t sinkBufferSize = 65536;
/// How many bytes are kept for a destination that cannot take them now; later lines are counted and dropped.
inline constexpr std::size_t sinkBacklogLimit = 4 * 1024 * 1024;

}  // namespace fastify::logging
