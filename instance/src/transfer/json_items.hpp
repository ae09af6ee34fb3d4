#pragma once
// The objects of a JSON file, one at a time: a list, several objects one after another, or pages of a list
// (`{"data": […]}`).

#include <boost/json/object.hpp>

#include <cstdint>
#include <deque>
#include <istream>
#include <optional>
#include <string>

namespace clerk::instance::transfer {

struct JsonItem {
  std::int64_t line = 0;  ///< where it begins, from 1
  boost::json::object object;
};

/// Holds no more than one object of the file in memory.
class JsonItemReader {
 public:
  /// Borrows the stream.
  explicit JsonItemReader(std::istream& stream) : stream_(stream) {}

  /// Absent at the end. Throws TransferError for what is no JSON, or an object of more than 64 MiB.
  std::optional<JsonItem> next();

 private:
  int peekText();
  int take();
  std::string takeObject();

  std::istream& stream_;
  std::int64_t line_ = 1;
  bool inList_ = false;
  bool needsComma_ = false;
  std::deque<JsonItem> page_;
};

}  // namespace clerk::instance::transfer
