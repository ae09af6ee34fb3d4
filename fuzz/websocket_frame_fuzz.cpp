// A client's frames mean the same however they are cut into pieces; what comes out is bounded and its texts are UTF-8,
// also of those that are compressed. Read as a list of extensions, it does no harm either.

#include "../fastify/plugins/websocket/src/frame.hpp"
#include "require.hpp"

#include <ecmascript/text.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace fuzz {
namespace {

using fastify::detail::FrameReader;
using fastify::detail::Opcode;

constexpr std::size_t maxPayload = 4096;

std::string readInPieces(std::string_view bytes, std::size_t piece, bool compression) {
  using fastify::detail::Inflater;
  FrameReader reader(maxPayload, compression ? std::optional(Inflater({})) : std::nullopt);
  std::string seen;
  while (true) {
    while (const auto event = reader.next()) {
      REQUIRE(event->payload.size() <= maxPayload);
      if (event->opcode == Opcode::Text) REQUIRE(ecmascript::isValidUtf8(event->payload));
      if (event->opcode == Opcode::Close) {
        int failure = 0;
        if (const auto said = fastify::detail::parseClose(event->payload, failure)) {
          REQUIRE(said->code == 1005 || fastify::detail::isCloseCode(said->code));
          REQUIRE(fastify::detail::closePayload(said->code, said->reason).size() <= 125);
        } else {
          REQUIRE(failure == 1002 || failure == 1007);
        }
      }
      seen += static_cast<char>(event->opcode);
      seen += event->payload;
    }
    if (reader.failure()) return seen + "!" + std::to_string(reader.failure());
    if (bytes.empty()) return seen;
    reader.feed(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
}

}  // namespace

void websocket_frame(std::string_view input) {
  for (const bool compression : {false, true}) {
    const auto whole = readInPieces(input, input.size() + 1, compression);
    REQUIRE(readInPieces(input, 1, compression) == whole);
    REQUIRE(readInPieces(input, 7, compression) == whole);
  }
  fastify::detail::agreeOnDeflate(input, {});
}

}  // namespace fuzz
