#include "server_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace faults {
namespace {

struct Child {
  pid_t pid;
  int output;
};

/// `errors`: a file that gets what it writes to standard error; empty: ours.
Child launch(const std::vector<std::string>& command, const ServerProcess::Environment& environment,
             const std::string& errors) {
  std::vector<char*> arguments;
  for (const auto& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
  arguments.push_back(nullptr);
  std::vector<std::string> settings;
  for (const auto& [name, value] : environment) settings.push_back(name + "=" + value);
  std::vector<char*> variables;
  for (char** each = environ; *each; ++each) variables.push_back(*each);
  for (auto& each : settings) variables.push_back(each.data());
  variables.push_back(nullptr);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(ends[1], STDOUT_FILENO);
    if (!errors.empty()) ::dup2(::open(errors.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), STDERR_FILENO);
    ::execve(arguments.front(), arguments.data(), variables.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  return {child, ends[0]};
}

/// Reads until `done(text)` or the end.
template <class Done>
std::string readUntil(int file, Done done) {
  std::string text;
  char block[4096];
  while (!done(text)) {
    const auto count = ::read(file, block, sizeof block);
    if (count <= 0) break;
    text.append(block, static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace

ServerProcess::~ServerProcess() {
  kill();
  wait();
}

std::string ServerProcess::start(const std::string& ready) {
  const auto child = launch(command_, environment_, errors_);
  pid_ = child.pid;
  output_ = child.output;
  const auto isReady = [&](const std::string& text) {
    return text.starts_with(ready) || text.find("\n" + ready) != std::string::npos;
  };
  auto printed = readUntil(output_, isReady);
  if (!isReady(printed)) {
    wait();
    throw std::runtime_error(command_.front() + " did not start; see " + errors_);
  }
  return printed;
}

void ServerProcess::kill() const noexcept {
  if (pid_ > 0) ::kill(pid_, SIGKILL);
}

void ServerProcess::wait() {
  if (pid_ <= 0) return;
  ::waitpid(pid_, nullptr, 0);
  ::close(output_);
  pid_ = 0;
}

std::string outputOf(const std::vector<std::string>& command) {
  const auto child = launch(command, {}, "");
  auto text = readUntil(child.output, [](const std::string&) { return false; });
  ::close(child.output);
  int status = 0;
  ::waitpid(child.pid, &status, 0);
  if (status != 0) throw std::runtime_error(command.front() + " failed; see its standard error");
  return text;
}

}  // namespace faults
