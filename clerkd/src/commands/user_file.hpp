#pragma once
// What the commands share that read and write files of users.

#include <clerk/maintenance.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace clerkd {

/// `csv` or `json`; empty: what the file's name ends in says, JSON otherwise.
clerk::UserFileFormat formatOf(const std::string& format, const std::string& file);

/// `3 users: …`, a line each, on standard error.
void printNotes(const std::map<std::string, std::int64_t>& notes);

}  // namespace clerkd
