#pragma once
// Environment variables as lines of a .env file.

#include <string>
#include <string_view>

namespace clerkd {

/// `NAME=value`, with quotes and escapes where the value needs them (line breaks become `\n`).
std::string dotenvLine(std::string_view name, std::string_view value);

}  // namespace clerkd
