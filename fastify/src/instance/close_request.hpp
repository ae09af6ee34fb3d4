#pragma once
// How `run()` learns that it is to close: SIGINT, SIGTERM, or a call from any thread.

#include <csignal>

namespace fastify {

/// SIGINT and SIGTERM wait while one lives, in this thread and those that it starts. Afterwards they do what they did
/// before: by default, end the program.
class HeldSignals {
 public:
  HeldSignals();
  ~HeldSignals();
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  /// A descriptor that is readable when one has come.
  int fileDescriptor() const noexcept { return fileDescriptor_; }

 private:
  sigset_t before_;
  int fileDescriptor_;
};

class CloseRequest {
 public:
  CloseRequest();
  ~CloseRequest();
  CloseRequest(const CloseRequest&) = delete;
  CloseRequest& operator=(const CloseRequest&) = delete;

  /// From any thread, also before somebody waits.
  void ask() noexcept;
  /// Returns when it was asked for, or one of `signals` has come.
  void wait(const HeldSignals& signals) noexcept;

 private:
  int fileDescriptor_;
};

}  // namespace fastify
