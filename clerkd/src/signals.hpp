#pragma once
// The signals that end the program, taken in turn by one thread.

#include <csignal>

namespace clerkd {

/// Holds SIGINT, SIGTERM, SIGHUP and SIGCHLD back from all threads that are started afterwards, and ignores SIGPIPE.
class Signals {
 public:
  Signals();
  ~Signals() { restore(); }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  enum class Kind { Stop, ChildEnded };
  /// Waits for the next one.
  Kind wait();

  /// Gives them back their usual effect on this thread.
  void restore() noexcept;

 private:
  sigset_t held_;
  sigset_t before_;
};

}  // namespace clerkd
