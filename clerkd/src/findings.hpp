#pragma once
// What an installation looks like: configuration, keys, database, clock, mail, ports, permissions.

#include "serve_options.hpp"

#include <string>
#include <vector>

namespace clerkd {

struct Finding {
  enum class Kind { Good, Warning, Problem };
  Kind kind = Kind::Good;
  std::string subject;  ///< `database`
  std::string text;     ///< one line; no secrets
};

/// Looks, and changes nothing. Connects to the database and to the mail server.
std::vector<Finding> findingsOf(const ServeOptions& options);

}  // namespace clerkd
