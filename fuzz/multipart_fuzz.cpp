// A multipart body says the same however it is cut into pieces, and never gives more bytes than it has.

#include "../fastify/plugins/multipart/src/part_parser.hpp"
#include "require.hpp"

#include <fastify/error.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace fuzz {
namespace {

using fastify::detail::PartParser;

struct Seen {
  std::string text;
  std::size_t bytes = 0;
  bool operator==(const Seen&) const = default;
};

Seen readInPieces(std::string_view body, std::size_t piece) {
  PartParser parser("b", 10, 1000);
  Seen seen;
  try {
    while (true) {
      switch (parser.next()) {
        case PartParser::Event::NeedMore:
          if (body.empty()) parser.finish();
          parser.feed(body.substr(0, piece));
          body.remove_prefix(std::min(piece, body.size()));
          break;
        case PartParser::Event::Part:
          seen.text += "\x01part ";
          for (const auto& [name, value] : parser.headers()) {
            seen.text += name + "=" + value + ";";
            fastify::detail::parseParameterised(value);
            fastify::detail::boundaryOf(value);
          }
          break;
        case PartParser::Event::Data:
          REQUIRE(!parser.data().empty());
          seen.text += parser.data();
          seen.bytes += parser.data().size();
          break;
        case PartParser::Event::PartEnd: seen.text += "\x01end"; break;
        case PartParser::Event::End: return seen;
      }
    }
  } catch (const fastify::FastifyError& error) {
    REQUIRE(error.statusCode == 400);
    return {error.code, 0};
  }
}

}  // namespace

void multipart(std::string_view input) {
  const auto whole = readInPieces(input, input.size() + 1);
  REQUIRE(whole.bytes <= input.size());
  REQUIRE(readInPieces(input, 1) == whole);
  REQUIRE(readInPieces(input, 5) == whole);
}

}  // namespace fuzz
