// `clerkd export`: all users, in a file.

#include "commands/commands.hpp"

#include "commands/user_file.hpp"
#include "database.hpp"
#include "server.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>

namespace clerkd {
namespace {

struct Export {
  DatabaseOptions database;
  std::string file = "-";
  std::string format;
  bool withoutSecrets = false;
};

/// A new file that its owner alone may read: digests of passwords lie in it. False when there is one already.
bool makeFile(const std::string& file) {
  const int made = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (made >= 0) ::close(made);
  return made >= 0;
}

int run(const Export& options) {
  std::ofstream named;
  try {
    const clerk::InstancePlugin instance(managingOptionsFor(options.database));
    if (options.file != "-") {
      if (!makeFile(options.file)) return fail(options.file + ": " + std::strerror(errno));
      named.open(options.file, std::ios::binary);
    }
    auto& out = options.file == "-" ? static_cast<std::ostream&>(std::cout) : named;
    const auto report = clerk::exportUsers(
        instance, out, {.format = formatOf(options.format, options.file), .secrets = !options.withoutSecrets});
    out.flush();
    if (!out) return fail(options.file + ": cannot be written to its end; is the disk full?");
    printNotes(report.notes);
    std::cerr << "clerkd: " << report.exported << " exported" << std::endl;
  } catch (const std::exception& error) {
    return fail(error.what());
  }
  return EXIT_SUCCESS;
}

}  // namespace

ReadyCommand declareExport(OptionList& options) {
  auto values = std::make_shared<Export>();
  options.positional("FILE", values->file, "A new file; - is standard output").optional();
  declareDatabase(options, values->database);
  options.argumentChoice("format", values->format, {"json", "csv"}, "Its form, when its name does not say so")
      .flag("without-secrets", values->withoutSecrets, "Leaves digests of passwords and authenticator secrets out");
  return {[values] { return problemsOf(values->database); }, [values] { return run(*values); }};
}

}  // namespace clerkd
