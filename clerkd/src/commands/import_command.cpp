// `clerkd import`: users of another instance.

#include "commands/commands.hpp"

#include "commands/user_file.hpp"
#include "database.hpp"
#include "server.hpp"
#include "text_table.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>

namespace clerkd {
namespace {

struct Import {
  DatabaseOptions database;
  std::string file;
  std::string format;
  bool dryRun = false;
  bool withoutUnknownPasswords = false;
};

clerk::ImportOptions importOptions(const Import& options) {
  return {.format = formatOf(options.format, options.file),
          .dryRun = options.dryRun,
          .withoutUnknownPasswords = options.withoutUnknownPasswords,
          .problem =
              [&options](std::int64_t line, const std::string& why) {
                std::cerr << "clerkd: " << options.file << ":" << line << ": " << printable(why) << '\n';
              },
          .progress = [](std::int64_t read) { std::cerr << "clerkd: " << read << " users read" << std::endl; }};
}

int run(const Import& options) {
  std::ifstream named;
  if (options.file != "-") {
    named.open(options.file, std::ios::binary);
    if (!named) return fail(options.file + ": " + std::strerror(errno));
  }
  try {
    const clerk::InstancePlugin instance(managingOptionsFor(options.database));
    const auto report = clerk::importUsers(instance, options.file == "-" ? std::cin : named, importOptions(options));
    std::cerr << std::flush;
    printNotes(report.notes);
    std::cout << report.imported << (options.dryRun ? " would be imported, " : " imported, ") << report.kept
              << " there already, " << report.refused << " refused" << std::endl;
    return report.refused == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
  } catch (const std::exception& error) {
    return fail(options.file + ": " + error.what());
  }
}

}  // namespace

ReadyCommand declareImport(OptionList& options) {
  auto values = std::make_shared<Import>();
  options.positional("FILE", values->file, "The file; - is standard input");
  declareDatabase(options, values->database);
  options.argumentChoice("format", values->format, {"csv", "json"}, "Its form, when its name does not say so")
      .flag("dry-run", values->dryRun, "Reads and judges all, and writes nothing")
      .flag("without-unknown-passwords", values->withoutUnknownPasswords,
            "Takes users over without their password when it was hashed in an unknown way");
  return {[values] { return problemsOf(values->database); }, [values] { return run(*values); }};
}

}  // namespace clerkd
