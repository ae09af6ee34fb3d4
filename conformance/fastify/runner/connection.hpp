#pragma once
// A client's raw connection to the server under test.

#include "answer.hpp"
#include "watch.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace conformance {

class Connection {
 public:
  /// Connects to 127.0.0.1; `watch` outlives the connection.
  Connection(Watch& watch, std::uint16_t port, std::set<std::size_t> heads);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool refused() const noexcept { return refused_; }
  /// The server has closed its side, or cut the connection.
  bool ended() const noexcept { return ended_; }
  /// Sends all of it, or as much as the server takes.
  void send(std::string_view bytes);
  void halfClose();
  /// Cuts the connection.
  void destroy();
  /// What came so far.
  Answers answers() const { return parseAnswers(received_, heads_, ended_); }
  /// As scenarios record it.
  boost::json::object json() const;

 private:
  void onReadable();
  void close();

  Watch& watch_;
  std::set<std::size_t> heads_;
  int fd_ = -1;
  std::string received_;
  bool refused_ = false;
  bool ended_ = false;
  bool destroyed_ = false;
};

}  // namespace conformance
