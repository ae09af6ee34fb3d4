#pragma once
// A request and what came of it.

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace faults {

using Json = boost::json::value;

struct Request {
  std::string method = "GET";
  std::string path;
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
};

struct Answer {
  int status = 0;
  std::string body;
  std::vector<std::string> setCookies{};
};

struct Result {
  /// Absent: the connection broke before an answer was there. What was asked is done, or is not, or will be.
  std::optional<Answer> answer;
  /// A fault struck while the request was under way: it may fail for that reason.
  bool struck = false;
};

/// The member of a path of members, or null.
const Json& at(const Json& json, std::initializer_list<std::string_view> path);
/// The same as text; empty when it is none.
std::string textAt(const Json& json, std::initializer_list<std::string_view> path);

}  // namespace faults
