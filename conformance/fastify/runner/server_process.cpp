#include "server_process.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <regex>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>

extern char** environ;

namespace conformance {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto startLimit = 20s;
constexpr auto exitLimit = 1s;
constexpr auto outputLimit = 10s;

struct Child {
  pid_t pid;
  int input;
  int output;
};

/// A process whose standard input and output are pipes, and whose standard error is dropped.
Child spawn(const std::vector<std::string>& command) {
  std::array<int, 2> in;
  std::array<int, 2> out;
  if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "pipe");
  }
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<char*> arguments;
  for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_t pid = -1;
  const int error = ::posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(in[0]);
  ::close(out[1]);
  if (error != 0) throw std::system_error(error, std::generic_category(), command.front());
  return {pid, in[1], out[0]};
}

std::string maskPorts(std::string_view text) {
  static const std::regex local(R"((127\.0\.0\.1|localhost):\d+)");
  return std::regex_replace(std::string(text), local, "$1:PORT");
}

json::value masked(const json::value& value) {
  static const std::set<std::string_view> dropped{"time", "pid", "hostname", "responseTime", "remotePort", "stack"};
  if (const auto* text = value.if_string()) return json::value(maskPorts(*text));
  if (const auto* list = value.if_array()) {
    json::array kept;
    for (const auto& item : *list) kept.push_back(masked(item));
    return kept;
  }
  if (const auto* object = value.if_object()) {
    json::object kept;
    for (const auto& member : *object) {
      if (!dropped.contains(std::string_view(member.key()))) kept[member.key()] = masked(member.value());
    }
    return kept;
  }
  return value;
}

/// Appends what can be read; false at the end.
bool readSome(int fd, std::string& text) {
  std::array<char, 65536> buffer;
  const auto size = ::read(fd, buffer.data(), buffer.size());
  if (size > 0) text.append(buffer.data(), static_cast<std::size_t>(size));
  return size > 0;
}

void killAndReap(pid_t pid) {
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
}

}  // namespace

ServerProcess::ServerProcess(Watch& watch, std::vector<std::string> command, const std::string& app,
                             const std::string& variant)
    : watch_(watch) {
  const auto name = command.front() + " " + app + " " + variant;
  command.push_back(app);
  command.push_back(variant);
  std::tie(pid_, input_, output_) = [&] {
    const auto child = spawn(command);
    return std::tuple(child.pid, child.input, child.output);
  }();
  watch_.add(output_, [this] { onReadable(); });
  watch_.waitUntil([this] { return port_ != 0 || exited_; }, startLimit);
  if (port_ != 0) return;
  watch_.remove(output_);
  killAndReap(pid_);
  ::close(input_);
  ::close(output_);
  throw std::runtime_error(name + (exited_ ? " ended instead of listening" : " does not say where it listens"));
}

ServerProcess::~ServerProcess() {
  say("exit");
  ::close(input_);
  if (!watch_.waitUntil([this] { return exited_; }, exitLimit)) ::kill(pid_, SIGKILL);
  watch_.remove(output_);
  ::close(output_);
  ::waitpid(pid_, nullptr, 0);
}

void ServerProcess::say(std::string_view word) {
  const auto line = std::string(word) + "\n";
  // A server that has died meanwhile is reported elsewhere.
  [[maybe_unused]] const auto written = ::write(input_, line.data(), line.size());
}

void ServerProcess::onReadable() {
  if (!readSome(output_, partialLine_)) {
    exited_ = true;
    watch_.remove(output_);
  }
  for (auto end = partialLine_.find('\n'); end != partialLine_.npos; end = partialLine_.find('\n')) {
    onLine(std::string_view(partialLine_).substr(0, end));
    partialLine_.erase(0, end + 1);
  }
}

void ServerProcess::onLine(std::string_view line) {
  boost::json::error_code error;
  const auto value = json::parse(line, error);
  if (error || !value.is_object()) return;
  if (const auto* port = value.get_object().if_contains("listening")) {
    port_ = port->to_number<std::uint16_t>();
  } else {
    events_.push_back(masked(value));
  }
}

std::string outputOf(Watch& watch, const std::vector<std::string>& command) {
  const auto child = spawn(command);
  ::close(child.input);
  std::string output;
  bool ended = false;
  watch.add(child.output, [&] { ended = !readSome(child.output, output); });
  watch.waitUntil([&] { return ended; }, outputLimit);
  watch.remove(child.output);
  ::close(child.output);
  killAndReap(child.pid);
  return output;
}

}  // namespace conformance
