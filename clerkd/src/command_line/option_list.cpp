#include "command_line/option_list.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace clerkd {
namespace {

using Texts = std::vector<std::string>;
using Source = Option::Source;

std::string joined(const Texts& texts, std::string_view separator) {
  std::string all;
  for (const auto& text : texts) all.append(all.empty() ? "" : separator).append(text);
  return all;
}

Option single(std::string name, std::string help, Source source) {
  return {.name = std::move(name), .help = std::move(help), .source = source};
}

template <class Value>
Option textOption(std::string name, Value& value, std::string help, Source source) {
  auto option = single(std::move(name), std::move(help), source);
  option.shown = std::string(value);
  option.take = [&value](const Texts& texts) {
    value = texts.back();
    return std::string();
  };
  return option;
}

Option listOption(std::string name, Texts& values, std::string help, Source source) {
  auto option = single(std::move(name), std::move(help), source);
  option.isList = true;
  option.take = [&values](const Texts& texts) {
    values = texts;
    return std::string();
  };
  return option;
}

Option numberOption(std::string name, std::size_t& value, std::size_t least, std::size_t most, std::string help,
                    Source source) {
  auto option = single(std::move(name), std::move(help), source);
  option.shown = std::to_string(value);
  option.take = [&value, least, most](const Texts& texts) -> std::string {
    const auto& text = texts.back();
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < least || number > most) {
      return "must be a number from " + std::to_string(least) + " to " + std::to_string(most);
    }
    value = number;
    return {};
  };
  return option;
}

Option choiceOption(std::string name, std::string& value, Texts choices, std::string help, Source source) {
  auto option = textOption(std::move(name), value, std::move(help), source);
  option.help += " (" + joined(choices, ", ") + ")";
  option.take = [&value, choices = std::move(choices)](const Texts& texts) -> std::string {
    if (std::ranges::find(choices, texts.back()) == choices.end()) return "must be one of " + joined(choices, ", ");
    value = texts.back();
    return {};
  };
  return option;
}

}  // namespace

std::string Option::variable() const {
  if (source != Source::Anywhere) return {};
  std::string upper = "CLERKD_" + name;
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return c == '-' ? '_' : std::toupper(c); });
  return upper;
}

std::string Option::spoken() const { return source == Source::Position ? name : "--" + name; }

OptionList& OptionList::add(Option option) {
  options_.push_back(std::move(option));
  return *this;
}

OptionList& OptionList::option(std::string name, std::string& value, std::string help) {
  return add(textOption(std::move(name), value, std::move(help), Source::Anywhere));
}
OptionList& OptionList::option(std::string name, std::filesystem::path& value, std::string help) {
  return add(textOption(std::move(name), value, std::move(help), Source::Anywhere));
}
OptionList& OptionList::option(std::string name, Texts& values, std::string help) {
  return add(listOption(std::move(name), values, std::move(help), Source::Anywhere));
}
OptionList& OptionList::option(std::string name, std::size_t& value, std::size_t least, std::size_t most,
                               std::string help) {
  return add(numberOption(std::move(name), value, least, most, std::move(help), Source::Anywhere));
}
OptionList& OptionList::choice(std::string name, std::string& value, Texts choices, std::string help) {
  return add(choiceOption(std::move(name), value, std::move(choices), std::move(help), Source::Anywhere));
}

OptionList& OptionList::argument(std::string name, std::string& value, std::string help) {
  return add(textOption(std::move(name), value, std::move(help), Source::CommandLine));
}
OptionList& OptionList::argument(std::string name, std::filesystem::path& value, std::string help) {
  return add(textOption(std::move(name), value, std::move(help), Source::CommandLine));
}
OptionList& OptionList::argument(std::string name, Texts& values, std::string help) {
  return add(listOption(std::move(name), values, std::move(help), Source::CommandLine));
}
OptionList& OptionList::argument(std::string name, std::size_t& value, std::size_t least, std::size_t most,
                                 std::string help) {
  return add(numberOption(std::move(name), value, least, most, std::move(help), Source::CommandLine));
}
OptionList& OptionList::argumentChoice(std::string name, std::string& value, Texts choices, std::string help) {
  return add(choiceOption(std::move(name), value, std::move(choices), std::move(help), Source::CommandLine));
}

OptionList& OptionList::flag(std::string name, bool& value, std::string help) {
  auto option = single(std::move(name), std::move(help), Source::CommandLine);
  option.isFlag = true;
  option.take = [&value](const Texts&) {
    value = true;
    return std::string();
  };
  return add(std::move(option));
}

OptionList& OptionList::positional(std::string name, std::string& value, std::string help) {
  auto option = textOption(std::move(name), value, std::move(help), Source::Position);
  option.isRequired = true;
  return add(std::move(option));
}
OptionList& OptionList::positionals(std::string name, Texts& values, std::string help) {
  auto option = listOption(std::move(name), values, std::move(help), Source::Position);
  option.isRequired = true;
  return add(std::move(option));
}
OptionList& OptionList::optional() {
  options_.back().isRequired = false;
  return *this;
}

}  // namespace clerkd
