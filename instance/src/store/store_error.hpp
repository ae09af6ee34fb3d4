#pragma once
// A database that does not do its work.

#include <stdexcept>
#include <string>

namespace clerk::instance {

/// Broken machinery, not an outcome: what() is one line that says what is wrong and, where a person can mend it, how.
class StoreError : public std::runtime_error {
 public:
  enum class Reason {
    CannotOpen,   ///< no such folder, no permission, not a database
    ReadOnly,     ///< can be read, cannot be written
    NewerSchema,  ///< made by a later version of this program
    Busy,         ///< another process kept it locked
    Full,         ///< no space is left
    Failed,       ///< anything else
  };

  StoreError(Reason reason, const std::string& what) : std::runtime_error(what), reason_(reason) {}
  Reason reason() const noexcept { return reason_; }

 private:
  Reason reason_;
};

}  // namespace clerk::instance
