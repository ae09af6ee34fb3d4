#include "decisions.hpp"

#include <fstream>
#include <regex>
#include <stdexcept>

namespace conformance {

std::map<std::string, std::string> readDecisions(const std::filesystem::path& file) {
  std::ifstream input(file);
  if (!input) throw std::runtime_error("cannot read " + file.string());
  static const std::regex row(R"(^\| *`([^`]+)` *\| *(.*?) *\|.*$)");
  std::map<std::string, std::string> decisions;
  std::smatch match;
  for (std::string line; std::getline(input, line);) {
    if (std::regex_match(line, match, row)) decisions.emplace(match[1], match[2]);
  }
  return decisions;
}

}  // namespace conformance
