#pragma once
// Bytes from a connection as HTTP answers, in the form in which scenarios record them.

#include <boost/json/object.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conformance {

struct Answer {
  std::string version;
  int status = 0;
  std::string reason;
  /// Names as sent; values in UTF-8, read as Latin-1. Without `date` when that is today's.
  std::vector<std::pair<std::string, std::string>> headers;
  bool date = false;
  /// "none", "content-length", "chunked", "until-close" or "h2".
  std::string_view framing = "none";
  std::string body;
  std::vector<std::pair<std::string, std::string>> trailers;
  bool incomplete = false;

  /// As in scenarios.json: a long text as its length and SHA-256, bytes that are no UTF-8 in base64.
  boost::json::object json() const;
};

struct Answers {
  std::vector<Answer> all;
  /// Those that are no 1xx.
  std::size_t finals = 0;
};

/// Reads as many answers as are complete; when the connection has `ended`, also a last one that was cut off.
/// `heads` holds the positions (among final answers) of those to HEAD requests.
Answers parseAnswers(std::string_view bytes, const std::set<std::size_t>& heads, bool ended);

}  // namespace conformance
