#pragma once
// A program that is killed and started again.

#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace faults {

/// Gone with the object. Not safe from several threads, but for `kill`.
class ServerProcess {
 public:
  using Environment = std::vector<std::pair<std::string, std::string>>;

  /// `errors`: a file that its standard error is added to.
  ServerProcess(std::vector<std::string> command, Environment environment, std::string errors)
      : command_(std::move(command)), environment_(std::move(environment)), errors_(std::move(errors)) {}
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  ~ServerProcess();

  /// Runs it and waits for a line that begins with `ready`; gives what it has printed by then. Throws
  /// std::runtime_error when it ends before.
  std::string start(const std::string& ready);
  /// SIGKILL; does not wait.
  void kill() const noexcept;
  /// Waits until it is gone.
  void wait();
  bool isRunning() const noexcept { return pid_ > 0; }

 private:
  std::vector<std::string> command_;
  Environment environment_;
  std::string errors_;
  pid_t pid_ = 0;
  int output_ = -1;
};

/// What a program prints. Throws std::runtime_error when it fails.
std::string outputOf(const std::vector<std::string>& command);

}  // namespace faults
