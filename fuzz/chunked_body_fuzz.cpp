// A chunked body comes out the same however it was cut, and no longer than it went in.

#include "../fastify/src/http/chunked_body.hpp"
#include "require.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace fuzz {
namespace {

using fastify::http::ChunkedBody;
using Status = ChunkedBody::Status;

std::string decode(std::string_view input, std::size_t pieceSize) {
  ChunkedBody decoder(256);
  std::string body;
  for (std::size_t at = 0; at < input.size();) {
    auto piece = input.substr(at, pieceSize);
    at += piece.size();
    while (true) {
      const auto step = decoder.read(piece);
      REQUIRE(step.consumed <= piece.size());
      piece.remove_prefix(step.consumed);
      body += step.data;
      if (step.status == Status::Data) continue;
      if (step.status == Status::Refused)
        return body + " refused " + std::to_string(static_cast<int>(decoder.refusal()));
      if (step.status == Status::Done) return body + " done " + std::to_string(at - piece.size());
      REQUIRE(piece.empty());
      break;
    }
  }
  REQUIRE(body.size() <= input.size());
  return body;
}

}  // namespace

void chunked_body(std::string_view input) {
  const auto whole = decode(input, std::max<std::size_t>(1, input.size()));
  REQUIRE(decode(input, 1) == whole);
  REQUIRE(decode(input, 7) == whole);
}

}  // namespace fuzz
