#include "child_process.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace clerkd {
namespace {

/// `NAME=value` texts and the array of pointers that exec wants.
class ExecTexts {
 public:
  explicit ExecTexts(std::vector<std::string> texts) : texts_(std::move(texts)) {
    for (auto& text : texts_) pointers_.push_back(text.data());
    pointers_.push_back(nullptr);
  }
  char** data() noexcept { return pointers_.data(); }

 private:
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};

std::vector<std::string> mergedEnvironment(const std::vector<std::pair<std::string, std::string>>& additions) {
  std::map<std::string, std::string, std::less<>> merged;
  for (char** each = environ; *each; ++each) {
    const std::string_view text = *each;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) merged.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  for (const auto& [name, value] : additions) merged.insert_or_assign(name, value);
  std::vector<std::string> texts;
  for (const auto& [name, value] : merged) texts.push_back(name + "=" + value);
  return texts;
}

/// In the child, between fork and exec: calls that are safe there, nothing else. Never returns.
[[noreturn]] void becomeCommand(char** arguments, char** environment, pid_t parent, int errorPipe) noexcept {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);  // the parent was gone before the line above
  execvpe(arguments[0], arguments, environment);
  const int error = errno;
  [[maybe_unused]] const auto written = write(errorPipe, &error, sizeof error);
  _exit(127);
}

int exitCodeOf(int status) noexcept { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command,
                           const std::vector<std::pair<std::string, std::string>>& environment) {
  ExecTexts arguments(command);
  ExecTexts variables(mergedEnvironment(environment));
  int errorPipe[2];
  if (pipe2(errorPipe, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  const auto parent = getpid();
  pid_ = fork();
  if (pid_ == 0) becomeCommand(arguments.data(), variables.data(), parent, errorPipe[1]);
  const int forkError = errno;
  close(errorPipe[1]);
  int error = pid_ < 0 ? forkError : 0;
  // Exec closes the pipe: nothing to read means that the command runs.
  if (pid_ > 0 && read(errorPipe[0], &error, sizeof error) != sizeof error) error = 0;
  close(errorPipe[0]);
  if (error == 0) return;
  if (pid_ > 0) waitpid(pid_, nullptr, 0);
  pid_ = -1;
  throw std::system_error(error, std::generic_category(), command.front());
}

ChildProcess::~ChildProcess() {
  if (pid_ > 0 && !poll()) stop(std::chrono::milliseconds(0));
}

std::optional<int> ChildProcess::poll() {
  if (exitCode_) return exitCode_;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) == pid_) exitCode_ = exitCodeOf(status);
  return exitCode_;
}

std::optional<int> ChildProcess::wait(std::chrono::milliseconds patience) {
  // Readable once the process has ended.
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  if (handle >= 0) {
    pollfd ended{.fd = handle, .events = POLLIN, .revents = 0};
    while (::poll(&ended, 1, static_cast<int>(patience.count())) < 0 && errno == EINTR) {
    }
    close(handle);
  }
  return poll();
}

int ChildProcess::stop(std::chrono::milliseconds patience) {
  if (const auto code = poll()) return *code;
  kill(pid_, SIGTERM);
  if (const auto code = wait(patience)) return *code;
  kill(pid_, SIGKILL);
  int status = 0;
  waitpid(pid_, &status, 0);
  exitCode_ = exitCodeOf(status);
  return *exitCode_;
}

}  // namespace clerkd
