#pragma once
// A file of users that cannot be read on.

#include <cstdint>
#include <stdexcept>
#include <string>

namespace clerk::instance::transfer {

/// Of the whole file, not of one user in it: what() names the line.
class TransferError : public std::runtime_error {
 public:
  TransferError(std::int64_t line, const std::string& what)
      : std::runtime_error("line " + std::to_string(line) + ": " + what) {}
};

}  // namespace clerk::instance::transfer
