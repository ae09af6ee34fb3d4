#pragma once
// One header line, of a request or of an answer.

#include <string_view>

namespace fastify {

/// A header as it stands in the message: the name in the sender's spelling, the value trimmed.
struct HeaderField {
  std::string_view name;
  std::string_view value;
};

}  // namespace fastify
