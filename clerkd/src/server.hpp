#pragma once
// What the commands that serve share.

#include "exit_code.hpp"
#include "listen_address.hpp"

#include <fastify/error.hpp>
#include <fastify/options.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace clerkd {

/// Says on standard error what is wrong, and gives `code`.
int fail(const std::string& what, int code = exit_code::failed);

/// Clerk's components: beside the program (an installation that was moved), where it was installed, or in the source
/// tree.
std::filesystem::path findPortalPackages();

/// Names that appOptions() takes.
std::vector<std::string> logLevels();

fastify::ListenOptions listenOptionsOf(const ListenAddress& address);

/// Log lines go to standard error and hold no queries, cookies or headers: those carry tokens and tickets.
fastify::FastifyOptions appOptions(const std::string& logLevel);

/// What a failed `listen` means; `where` such as "port 4000", which `option` chooses.
std::string listenError(const fastify::FastifyError& error, const std::string& where, const std::string& option);

}  // namespace clerkd
