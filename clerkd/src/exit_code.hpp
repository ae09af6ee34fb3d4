#pragma once
// How the command ends.

namespace clerkd {

/// Exit codes of the command; those of a child's are its own.
namespace exit_code {
inline constexpr int failed = 1;           ///< it could not start, or not go on
inline constexpr int usage = 2;            ///< the arguments are wrong
inline constexpr int cannotExecute = 126;  ///< COMMAND is not a program
inline constexpr int notFound = 127;       ///< COMMAND is not there
}  // namespace exit_code

}  // namespace clerkd
