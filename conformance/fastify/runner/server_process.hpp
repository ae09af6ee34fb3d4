#pragma once
// A server under test: a process that prints JSON lines and obeys words on its standard input.

#include "watch.hpp"

#include <boost/json/array.hpp>

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace conformance {

class ServerProcess {
 public:
  /// Starts `command` with the app's name and variant as its last arguments, and waits until it listens.
  /// Throws std::runtime_error when it ends or stays silent instead.
  ServerProcess(Watch& watch, std::vector<std::string> command, const std::string& app, const std::string& variant);
  /// Says `exit`; kills it when it does not end in a second.
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  std::uint16_t port() const noexcept { return port_; }
  bool exited() const noexcept { return exited_; }
  void say(std::string_view word);
  /// All events so far, without what differs from run to run (times, process ids, port numbers, stack traces).
  const boost::json::array& events() const noexcept { return events_; }

 private:
  void onReadable();
  void onLine(std::string_view line);

  Watch& watch_;
  pid_t pid_ = -1;
  int input_ = -1;
  int output_ = -1;
  std::string partialLine_;
  boost::json::array events_;
  std::uint16_t port_ = 0;
  bool exited_ = false;
};

/// Runs `command`, and gives what it printed. Kills it after ten seconds.
std::string outputOf(Watch& watch, const std::vector<std::string>& command);

}  // namespace conformance
