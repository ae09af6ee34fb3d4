#pragma once
// A program that runs beside the instance and is ended with it.

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace clerkd {

/// One child. Start it from the thread that lives as long as the program: the system ends the child when that thread
/// ends.
class ChildProcess {
 public:
  /// Runs `command` (found by PATH) with this process's environment and `environment` on top, signals as a shell would
  /// leave them. Throws std::system_error when it cannot be run.
  ChildProcess(const std::vector<std::string>& command,
               const std::vector<std::pair<std::string, std::string>>& environment);
  /// Ends the child if it still runs.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Its exit code once it has ended (128 + number for a signal); does not wait.
  std::optional<int> poll();

  /// Asks it to stop (SIGTERM), waits up to `patience`, then kills it. Returns its exit code.
  int stop(std::chrono::milliseconds patience);

 private:
  std::optional<int> wait(std::chrono::milliseconds patience);

  pid_t pid_ = -1;
  std::optional<int> exitCode_;
};

}  // namespace clerkd
