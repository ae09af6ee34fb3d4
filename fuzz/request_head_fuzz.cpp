// A head's outcome does not depend on how it was cut, and everything that is told of it lies in the input.

#include "../fastify/src/http/request_parser.hpp"
#include "require.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace fuzz {
namespace {

using fastify::http::RequestParser;
using Status = RequestParser::Status;

/// On the heap and of the exact size, so that AddressSanitizer sees what reads beyond it.
struct Copy {
  explicit Copy(std::string_view bytes) : memory(new char[bytes.size()]), size(bytes.size()) {
    bytes.copy(memory.get(), bytes.size());
  }
  std::string_view view() const { return {memory.get(), size}; }
  std::unique_ptr<char[]> memory;
  std::size_t size;
};

bool within(std::string_view part, std::string_view whole) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

/// All that matters of an outcome, as text.
std::string describe(const RequestParser& parser, Status status, std::string_view input) {
  if (status == Status::NeedMore) return "more";
  if (status == Status::Refused) return "refused " + std::to_string(static_cast<int>(parser.refusal()));
  const auto& head = parser.head();
  REQUIRE(parser.consumed() <= input.size());
  REQUIRE(within(head.target, input) && !head.target.empty());
  REQUIRE(head.headers.size() <= RequestParser::maxHeaders);
  REQUIRE(!(head.chunked && head.contentLength));
  std::string text = std::string(head.methodName) + " " + std::string(head.target) + " " +
                     std::to_string(head.version) + " " + std::to_string(parser.consumed()) +
                     (head.chunked ? " chunked" : "") + (head.keepAlive ? " keep" : "") + "\n";
  for (const auto& field : head.headers) {
    REQUIRE(within(field.name, input) && within(field.value, input) && !field.name.empty());
    REQUIRE(field.value.find_first_of(std::string_view("\r\n\0", 3)) == field.value.npos);
    text.append(field.name).append(": ").append(field.value).append("\n");
  }
  return text;
}

}  // namespace

void request_head(std::string_view input) {
  constexpr std::size_t limit = 2048;
  const Copy whole(input);
  RequestParser parser(limit);
  const auto expected = describe(parser, parser.parse(whole.view()), whole.view());

  RequestParser inPieces(limit);
  for (std::size_t end = 0;; ++end) {
    const Copy piece(input.substr(0, end));
    const auto status = inPieces.parse(piece.view());
    if (status == Status::NeedMore && end < input.size()) continue;
    REQUIRE(describe(inPieces, status, piece.view()) == expected);
    break;
  }
}

}  // namespace fuzz
