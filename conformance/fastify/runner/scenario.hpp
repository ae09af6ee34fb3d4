#pragma once
// One recorded scenario: what is sent, on which connections, and what came back.

#include <boost/json/object.hpp>

#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace conformance {

/// Waits, whatever happens.
struct Pause {
  std::chrono::milliseconds duration;
};

/// Says a word on the server's standard input, and waits.
struct Control {
  std::string word;
  std::chrono::milliseconds after;
};

/// Sends on a connection (opening it when it is new), and waits for what the step asks for.
struct Exchange {
  std::string connection;
  std::string bytes;
  /// Half-closes after sending.
  bool end = false;
  /// Drops the connection after sending.
  bool destroy = false;
  enum class Read { Nothing, Answers, Close } read = Read::Answers;
  std::size_t answers = 1;
  std::chrono::milliseconds timeout;
  std::set<std::size_t> heads;
};

/// One HTTP/2 request.
struct Http2Request {
  /// In order; a name may come twice.
  std::vector<std::pair<std::string, std::string>> headers;
  std::optional<std::string> body;
};

using Step = std::variant<Pause, Control, Exchange>;

struct Scenario {
  enum class Kind { Wire, Startup, Http2 };

  std::string id;
  std::string area;
  std::string priority;
  Kind kind = Kind::Wire;
  std::string app;
  std::string variant;
  std::string startupCase;
  /// Has a server of its own.
  bool fresh = false;
  std::vector<Step> steps;
  Http2Request http2;
  std::optional<std::chrono::milliseconds> settle;
  boost::json::object observed;
};

/// Reads a scenarios.json. Throws std::runtime_error naming the file when it cannot.
std::vector<Scenario> readScenarios(const std::filesystem::path& file);

}  // namespace conformance
