// clerkd: a Clerk instance of one's own.

#include "command_line/command_line.hpp"
#include "commands/commands.hpp"

#include <string>
#include <vector>

int main(int count, char** values) {
  return clerkd::runCommandLine(clerkd::allCommands(), CLERKD_VERSION,
                                std::vector<std::string>(values + 1, values + count));
}
