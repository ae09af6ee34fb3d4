#pragma once
// One command of the program: what it is called, what it can be told, what it does.

#include "command_line/option_list.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace clerkd {

/// A command whose options are set.
struct ReadyCommand {
  /// All that is wrong with the options together, a line each that names the option; nothing is opened for it.
  std::function<std::vector<std::string>()> problems;
  /// Returns the exit code.
  std::function<int()> run;
};

struct Command {
  const char* name;
  const char* help;
  /// Declares the options. What it gives owns their values.
  ReadyCommand (*declare)(OptionList& options) = nullptr;
  /// Commands below it, in place of `declare`: `clerkd users list`.
  std::span<const Command> actions = {};
  const char* footer = "";
};

}  // namespace clerkd
