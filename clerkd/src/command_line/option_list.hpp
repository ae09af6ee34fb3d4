#pragma once
// What a command can be told, and where it is put.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace clerkd {

struct Option {
  enum class Source {
    CommandLine,  ///< there alone
    Anywhere,     ///< also the variable CLERKD_NAME, and a line of the file of --config
    Position,     ///< an argument without a name
  };

  std::string name;  ///< `smtp-url`
  std::string help;
  std::string shown;  ///< the default, for the help; empty: none
  Source source = Source::CommandLine;
  bool isFlag = false;
  bool isList = false;
  bool isRequired = false;
  /// Puts the texts in their place. What is wrong with them, as in "must be a number"; empty: nothing. Never repeats
  /// them: they may be secrets.
  std::function<std::string(const std::vector<std::string>& texts)> take;

  /// `CLERKD_SMTP_URL`; empty when there is none.
  std::string variable() const;
  /// As people write it: `--smtp-url`, `FILE`.
  std::string spoken() const;
};

/// The values are borrowed until the command has run.
class OptionList {
 public:
  /// Also a variable and a line of the configuration.
  OptionList& option(std::string name, std::string& value, std::string help);
  OptionList& option(std::string name, std::filesystem::path& value, std::string help);
  OptionList& option(std::string name, std::vector<std::string>& values, std::string help);
  OptionList& option(std::string name, std::size_t& value, std::size_t least, std::size_t most, std::string help);
  OptionList& choice(std::string name, std::string& value, std::vector<std::string> choices, std::string help);

  /// On the command line alone.
  OptionList& argument(std::string name, std::string& value, std::string help);
  OptionList& argument(std::string name, std::filesystem::path& value, std::string help);
  OptionList& argument(std::string name, std::vector<std::string>& values, std::string help);
  OptionList& argument(std::string name, std::size_t& value, std::size_t least, std::size_t most, std::string help);
  OptionList& argumentChoice(std::string name, std::string& value, std::vector<std::string> choices, std::string help);
  OptionList& flag(std::string name, bool& value, std::string help);

  /// Without a name, in order.
  OptionList& positional(std::string name, std::string& value, std::string help);
  OptionList& positionals(std::string name, std::vector<std::string>& values, std::string help);
  /// The last one may be left out.
  OptionList& optional();

  const std::vector<Option>& all() const noexcept { return options_; }

 private:
  OptionList& add(Option option);
  std::vector<Option> options_;
};

}  // namespace clerkd
