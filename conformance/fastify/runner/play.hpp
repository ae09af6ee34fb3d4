#pragma once
// Playing a scenario against a server.

#include "scenario.hpp"
#include "server_process.hpp"
#include "watch.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace conformance {

/// What `server` does when the scenario is played; in the form of `Scenario::observed`.
boost::json::object play(const Scenario& scenario, Watch& watch, ServerProcess& server);

/// The same for a scenario of HTTP/2, with prior knowledge.
boost::json::object playHttp2(const Scenario& scenario, ServerProcess& server);

/// What the start-up case gives: the last line that `command CASE` prints.
boost::json::object playStartup(const Scenario& scenario, Watch& watch, std::vector<std::string> command);

}  // namespace conformance
