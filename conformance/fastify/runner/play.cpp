#include "play.hpp"

#include "connection.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <map>
#include <memory>

namespace conformance {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

/// How long what was recorded may take to happen after the last step, …
constexpr auto patience = 1500ms;
/// … and how long nothing more must happen before that counts as never. A close or an answer that should not be there
/// comes at once when it comes.
constexpr auto silence = 15ms;

const json::object* recordedConnection(const Scenario& scenario, const std::string& name) {
  const auto* all = scenario.observed.if_contains("connections");
  if (!all) return &scenario.observed;
  const auto* one = all->as_object().if_contains(name);
  return one ? &one->as_object() : nullptr;
}

class Player {
 public:
  Player(const Scenario& scenario, Watch& watch, ServerProcess& server)
      : scenario_(scenario), watch_(watch), server_(server), firstEvent_(scenario.fresh ? 0 : server.events().size()) {}

  json::object run() {
    for (const auto& step : scenario_.steps) std::visit([this](const auto& one) { take(one); }, step);
    watch_.waitUntil([this] { return allHappened(); }, patience);
    watch_.waitFor(scenario_.settle.value_or(silence));
    return observation();
  }

 private:
  void take(const Pause& pause) { watch_.waitFor(pause.duration); }

  void take(const Control& control) {
    server_.say(control.word);
    watch_.waitFor(control.after);
  }

  void take(const Exchange& exchange) {
    auto& connection = connectionOf(exchange);
    if (!connection.ended()) connection.send(exchange.bytes);
    if (exchange.end) connection.halfClose();
    if (exchange.destroy) return connection.destroy();
    if (exchange.read == Exchange::Read::Nothing) return;
    const auto wanted = wanted_[exchange.connection] += exchange.answers;
    const bool untilClose = exchange.read == Exchange::Read::Close;
    watch_.waitUntil([&] { return connection.ended() || (!untilClose && connection.answers().finals >= wanted); },
                     exchange.timeout);
  }

  Connection& connectionOf(const Exchange& exchange) {
    auto& connection = connections_[exchange.connection];
    if (!connection) connection = std::make_unique<Connection>(watch_, server_.port(), exchange.heads);
    return *connection;
  }

  bool allHappened() const {
    const auto* events = scenario_.observed.if_contains("events");
    if (events && server_.events().size() - firstEvent_ < events->as_array().size()) return false;
    return std::ranges::all_of(connections_,
                               [this](const auto& entry) { return happened(entry.first, *entry.second); });
  }

  bool happened(const std::string& name, const Connection& connection) const {
    const auto* recorded = recordedConnection(scenario_, name);
    if (!recorded || connection.ended()) return true;
    if (const auto* closed = recorded->if_contains("closed_by_server"); closed && closed->as_bool()) return false;
    const auto* answers = recorded->if_contains("responses");
    return !answers || connection.answers().all.size() >= answers->as_array().size();
  }

  json::object observation() const {
    json::object shown;
    if (connections_.size() == 1 && connections_.begin()->first == "A") {
      shown = connections_.begin()->second->json();
    } else {
      json::object all;
      for (const auto& [name, connection] : connections_) all[name] = connection->json();
      shown["connections"] = std::move(all);
    }
    if (scenario_.observed.contains("events")) {
      shown["events"] =
          json::array(server_.events().begin() + static_cast<std::ptrdiff_t>(firstEvent_), server_.events().end());
    }
    if (server_.exited()) shown["server_died"] = true;
    return shown;
  }

  const Scenario& scenario_;
  Watch& watch_;
  ServerProcess& server_;
  std::size_t firstEvent_;
  std::map<std::string, std::unique_ptr<Connection>> connections_;
  std::map<std::string, std::size_t> wanted_;
};

}  // namespace

json::object play(const Scenario& scenario, Watch& watch, ServerProcess& server) {
  return Player(scenario, watch, server).run();
}

json::object playStartup(const Scenario& scenario, Watch& watch, std::vector<std::string> command) {
  command.push_back(scenario.startupCase);
  auto output = outputOf(watch, command);
  while (output.ends_with('\n')) output.pop_back();
  const auto lastLine = output.substr(output.rfind('\n') + 1);
  json::error_code error;
  const auto value = json::parse(lastLine, error);
  return !error && value.is_object() ? value.get_object() : json::object{{"output", output}};
}

}  // namespace conformance
