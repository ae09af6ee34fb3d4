#pragma once
// From what was typed to the command that runs.

#include "command_line/command.hpp"

#include <span>
#include <string>
#include <vector>

namespace clerkd {

/// Runs the command that `arguments` (without the program's name) ask for; what stands behind a bare `--` goes to its
/// option `command`. All that is wrong is said at once on standard error, a line each; the exit code is then 2. An
/// option on the command line wins over its variable, that over the file of --config (or CLERKD_CONFIG).
int runCommandLine(std::span<const Command> commands, const std::string& version, std::vector<std::string> arguments);

}  // namespace clerkd
