#include "commands/user_file.hpp"

#include "text_table.hpp"

#include <iostream>

namespace clerkd {

clerk::UserFileFormat formatOf(const std::string& format, const std::string& file) {
  const bool csv = format.empty() ? file.ends_with(".csv") || file.ends_with(".CSV") : format == "csv";
  return csv ? clerk::UserFileFormat::Csv : clerk::UserFileFormat::Json;
}

void printNotes(const std::map<std::string, std::int64_t>& notes) {
  for (const auto& [what, count] : notes) {
    std::cerr << "clerkd: " << count << (count == 1 ? " user: " : " users: ") << printable(what) << '\n';
  }
  std::cerr << std::flush;
}

}  // namespace clerkd
