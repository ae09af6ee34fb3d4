#include "commands/commands.hpp"

namespace clerkd {
namespace {

constexpr const char* whoIsMeant = "USER is an id (user_...), an email address, a phone number or a username.";

constexpr Command users[] = {
    {"list", "Lists users, newest first", declareListUsers},
    {"show", "Shows one user as the Backend API does", declareShowUser, {}, whoIsMeant},
    {"create", "Makes a user; a password is read from standard input", declareCreateUser},
    {"ban", "Bans users and ends their sessions", declareBanUsers, {}, whoIsMeant},
    {"unban", "Lets banned users in again", declareUnbanUsers, {}, whoIsMeant},
    {"lock", "Locks users out for as long as too many wrong passwords do", declareLockUsers, {}, whoIsMeant},
    {"unlock", "Ends a lock", declareUnlockUsers, {}, whoIsMeant},
    {"delete", "Deletes users with all that is theirs", declareDeleteUsers, {}, whoIsMeant},
};

constexpr Command sessions[] = {
    {"list", "Lists a user's sessions, newest first", declareListSessions, {}, whoIsMeant},
    {"revoke", "Ends sessions, or all of a user", declareRevokeSessions},
};

constexpr Command outbox[] = {
    {"list", "Lists messages and webhooks, newest first", declareListOutbox},
    {"show", "Shows what is known of one, without what it says", declareShowOutbox},
    {"retry", "Makes what waits, and webhooks that were given up, due now", declareRetryOutbox},
};

constexpr Command commands[] = {
    {"dev",
     "Runs an instance on this machine, for development",
     declareDev,
     {},
     "Usage with a command: clerkd dev [OPTIONS] -- COMMAND [ARGUMENTS...]\n"
     "Prints the environment that an app needs; COMMAND is run with it and ended with the instance, and its exit code "
     "is passed on.\nCLERKD_ENCRYPTION_KEY seals the keys in the data folder."},
    {"serve",
     "Runs an instance for others",
     declareServe,
     {},
     "Every option may stand in the file of --config, or be a variable: --smtp-url is CLERKD_SMTP_URL."},
    {"migrate", "Brings a database up to date", declareMigrate},
    {"keys", "Prints the environment that an app needs, with the secret key", declareKeys},
    {"users", "Looks at users, and changes them", nullptr, users},
    {"sessions", "Looks at sessions, and ends them", nullptr, sessions},
    {"outbox", "Looks at messages and webhooks on their way", nullptr, outbox},
    {"import",
     "Takes users over: Clerk's export (CSV), the Backend API's list (JSON), or our own export",
     declareImport,
     {},
     "Ids, passwords and addresses are kept. Users who are there already stay as they are: an import that was broken "
     "off is run again.\nExit codes: 0 all are there, 1 some were refused, 2 the options are wrong."},
    {"export", "Writes all users, with the digests of their passwords", declareExport},
    {"doctor",
     "Checks configuration, keys, database, clock, mail, ports and permissions",
     declareDoctor,
     {},
     "A line for each finding. Exit codes: 0 nothing is wrong, 1 something is, 2 the options cannot be read."},
};

}  // namespace

std::span<const Command> allCommands() noexcept { return commands; }

}  // namespace clerkd
