#pragma once
// A user as a file carries him: the JSON of the Backend API, with the secrets that it never shows.

#include "model/outcome.hpp"
#include "model/random.hpp"
#include "model/user.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace clerk::instance::transfer {

struct UserRecord {
  User user;
  std::string totpSecret;          ///< base32; empty: no authenticator app
  std::vector<std::string> notes;  ///< what of him cannot be taken over, in sentences that hold nothing of him
};

struct ReadOptions {
  std::size_t maxMetadataBytes = 0;
  /// A password that was hashed in a way that is unknown here is left out, with a note.
  bool withoutUnknownPasswords = false;
};

/// Reads what Clerk's Backend API, its dashboard or userJson() wrote; ids that are missing are made. Members that say
/// nothing (null, false, empty) may be anything; others that nobody knows become notes.
Outcome<UserRecord> readUser(const boost::json::object& object, const ReadOptions& options, Random& random, Time now);

/// `secrets` false: without password digest and authenticator secret.
boost::json::object userJson(const UserRecord& record, bool secrets);

}  // namespace clerk::instance::transfer
