#pragma once
// A verification as it lies inside the JSON of what it proves.

#include "model/verification.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// A proof that is finished never changes and is copied; of one that goes on, only the id is kept.
boost::json::object storedProof(const Verification& verification);

/// What storedProof() wrote, about `identificationId`; a proof that goes on comes back with its id alone.
Verification readProof(const boost::json::object& proof, std::string_view identificationId);

/// Members of stored JSON; both throw StoreError for anything that the store did not write.
std::string storedTextMember(const boost::json::object& object, std::string_view name);
Time storedTimeMember(const boost::json::object& object, std::string_view name);
std::optional<std::int64_t> storedNumberMember(const boost::json::object& object, std::string_view name);

}  // namespace clerk::instance
