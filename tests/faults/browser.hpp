#pragma once
// A browser: its cookies, and what it is in the middle of.

#include "exchange.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace faults {

/// A sign-in that goes on.
struct Attempt {
  std::string id;
  std::size_t user = 0;
  std::string emailAddressId{};  ///< where its code went
  bool waitsForSecondFactor = false;
};

/// An address that one who is signed in adds to his own.
struct AddedAddress {
  std::string id;
  std::string sessionId;
};

struct Browser {
  std::map<std::string, std::string> cookies;
  /// The cookie is the one that the server expects: false after an answer that may have brought another was lost.
  bool cookieIsSure = true;
  std::string clientId;
  Attempt signIn;
  Attempt signUp;
  AddedAddress added;

  void take(const Answer& answer);
  std::string cookieHeader() const;
};

}  // namespace faults
