#include "command_line/command_line.hpp"

#include "command_line/config_file.hpp"
#include "exit_code.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace clerkd {
namespace {

using Texts = std::vector<std::string>;
/// What an option is told with what stands behind a bare `--`; CLI11 never sees it.
constexpr const char* restOption = "command";

/// A command as it stands in the parser.
struct Declared {
  const Command* command = nullptr;
  CLI::App* parser = nullptr;
  OptionList options;
  ReadyCommand ready;
  std::deque<Texts> texts;           // of each option, in order; a deque, since CLI11 borrows them
  std::vector<CLI::Option*> parsed;  // in the same order; null for `command`
};

void declareOption(Declared& declared, const Option& option) {
  auto& texts = declared.texts.emplace_back();
  if (option.name == restOption) {
    declared.parsed.push_back(nullptr);
    return;
  }
  auto help = option.help;
  if (!option.shown.empty()) help += " [" + option.shown + "]";
  CLI::Option* parsed = nullptr;
  if (option.isFlag) {
    // A text that may be changed would be taken for the variable to set.
    parsed = declared.parser->add_flag("--" + option.name, std::as_const(help));
  } else {
    parsed = declared.parser->add_option(option.source == Option::Source::Position ? option.name : "--" + option.name,
                                         texts, help);
    parsed->type_name(option.source == Option::Source::Position ? "" : "TEXT");
    if (option.isList) {
      parsed->expected(option.source == Option::Source::Position ? option.isRequired : 1,
                       option.source == Option::Source::Position ? 1 << 20 : 1);
      if (option.source != Option::Source::Position) parsed->take_all();
    } else {
      parsed->expected(1)->take_last();
    }
  }
  parsed->required(option.isRequired);
  declared.parsed.push_back(parsed);
}

bool takesRest(const OptionList& options) {
  return std::ranges::any_of(options.all(), [](const Option& option) { return option.name == restOption; });
}

/// Builds the parser, and finds the command that was typed.
class Parser {
 public:
  Parser(std::span<const Command> commands, const std::string& version)
      : program_("A Clerk instance of your own: Frontend API, Backend API, key set and account portal.", "clerkd") {
    program_.set_version_flag("--version", "clerkd " + version);
    declareAll(program_, commands);
  }

  /// Throws CLI::ParseError.
  Declared& parse(Texts arguments) {
    std::ranges::reverse(arguments);  // what CLI11 wants of a vector
    program_.parse(arguments);
    const auto chosen = std::ranges::find_if(declared_, [](const Declared& each) { return each.parser->parsed(); });
    return *chosen;  // require_subcommand() has seen to it
  }

  int exit(const CLI::ParseError& error) { return program_.exit(error); }
  const std::string& configFile() const noexcept { return configFile_; }

  /// Names that may stand in a configuration: it is the instance's, whichever command reads it.
  std::set<std::string> configurable() const {
    std::set<std::string> names;
    for (const auto& declared : declared_) {
      for (const auto& option : declared.options.all()) {
        if (option.source == Option::Source::Anywhere) names.insert(option.name);
      }
    }
    return names;
  }

 private:
  void declareAll(CLI::App& parent, std::span<const Command> commands) {
    parent.require_subcommand(1);
    for (const auto& command : commands) {
      auto* parser = parent.add_subcommand(command.name, command.help);
      parser->footer(command.footer);
      if (!command.declare) {
        declareAll(*parser, command.actions);
        continue;
      }
      auto& declared = declared_.emplace_back();
      declared.command = &command;
      declared.parser = parser;
      declared.ready = command.declare(declared.options);
      for (const auto& option : declared.options.all()) declareOption(declared, option);
      parser->add_option("--config", configFile_, "A file of options, one `name = value` a line")->type_name("FILE");
    }
  }

  CLI::App program_;
  std::string configFile_;
  std::deque<Declared> declared_;
};

/// Where each option's texts come from.
class Settler {
 public:
  Settler(Declared& declared, Config config) : declared_(declared) {
    for (auto& entry : config.entries) entries_.emplace(entry.name, std::move(entry));
  }

  void settle(std::size_t index, const Option& option, const Texts& rest, Texts& problems) {
    if (const auto given = textsOf(index, option, rest)) {
      const auto problem = given->texts.empty() && !option.isFlag && !option.isList ? "needs one value, not a list"
                                                                                    : option.take(given->texts);
      if (!problem.empty()) problems.push_back(option.spoken() + " " + problem + given->where);
    }
  }

 private:
  struct Given {
    Texts texts;
    std::string where;
  };

  std::optional<Given> textsOf(std::size_t index, const Option& option, const Texts& rest) {
    if (option.name == restOption) return rest.empty() ? std::nullopt : std::optional(Given{rest, ""});
    if (declared_.parsed[index]->count() > 0) return Given{declared_.texts[index], ""};
    if (option.source != Option::Source::Anywhere) return std::nullopt;
    const auto variable = option.variable();
    if (const char* value = std::getenv(variable.c_str()); value && *value) {
      return Given{option.isList ? words(value) : Texts{value}, " (variable " + variable + ")"};
    }
    const auto found = entries_.find(option.name);
    if (found == entries_.end()) return std::nullopt;
    const auto& [name, values, where] = found->second;
    if (!option.isList && values.size() != 1) return Given{{}, " (" + where + ")"};
    return Given{values, " (" + where + ")"};
  }

  /// A list in a variable has spaces between its members.
  static Texts words(std::string_view text) {
    Texts all;
    while (true) {
      const auto start = text.find_first_not_of(" \t\n");
      if (start == std::string_view::npos) return all;
      text.remove_prefix(start);
      const auto end = std::min(text.find_first_of(" \t\n"), text.size());
      all.emplace_back(text.substr(0, end));
      text.remove_prefix(end);
    }
  }

  Declared& declared_;
  std::map<std::string, ConfigEntry> entries_;
};

Config readConfiguration(const Parser& parser, Texts& problems) {
  auto file = parser.configFile();
  if (const char* variable = std::getenv("CLERKD_CONFIG"); file.empty() && variable) file = variable;
  if (file.empty()) return {};
  auto config = readConfig(file);
  problems = config.problems;
  const auto known = parser.configurable();
  for (const auto& entry : config.entries) {
    if (!known.contains(entry.name)) problems.push_back(entry.where + ": there is no option " + entry.name);
  }
  return config;
}

int complain(const Texts& problems) {
  for (const auto& problem : problems) std::cerr << "clerkd: " << problem << '\n';
  std::cerr << std::flush;
  return exit_code::usage;
}

/// Takes what stands behind a bare `--` away.
Texts takeRest(Texts& arguments) {
  const auto dashes = std::ranges::find(arguments, "--");
  if (dashes == arguments.end()) return {};
  Texts rest(dashes + 1, arguments.end());
  arguments.erase(dashes, arguments.end());
  return rest;
}

}  // namespace

int runCommandLine(std::span<const Command> commands, const std::string& version, Texts arguments) {
  const auto rest = takeRest(arguments);
  Parser parser(commands, version);
  Declared* chosen = nullptr;
  try {
    chosen = &parser.parse(std::move(arguments));
  } catch (const CLI::Success& asked) {
    return parser.exit(asked);  // --help, --version
  } catch (const CLI::ParseError& error) {
    return complain({std::string(error.what()) + " (see clerkd --help)"});
  }
  Texts problems;
  if (!rest.empty() && !takesRest(chosen->options)) problems.emplace_back("this command runs no other one behind --");
  Settler settler(*chosen, readConfiguration(parser, problems));
  const auto& options = chosen->options.all();
  for (std::size_t i = 0; i < options.size(); ++i) settler.settle(i, options[i], rest, problems);
  // What stands in one place alone is judged together with the rest: all that is wrong is said at once.
  for (auto& problem : chosen->ready.problems()) problems.push_back(std::move(problem));
  return problems.empty() ? chosen->ready.run() : complain(problems);
}

}  // namespace clerkd
