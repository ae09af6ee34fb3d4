#pragma once
// What differs between a recorded observation and ours.

#include <boost/json/value.hpp>

#include <string>
#include <vector>

namespace conformance {

/// One line a difference; empty when the two are equal. Compared: status, reason, headers and trailers (names in any
/// case, in any order), framing, body, whether the server closed, and events where they were recorded.
std::vector<std::string> differences(const boost::json::object& recorded, const boost::json::object& observed);

}  // namespace conformance
