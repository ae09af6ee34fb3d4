// A media type is malformed, or its normal form reads as itself.

#include "content/media_type.hpp"
#include "content/parser_table.hpp"
#include "require.hpp"

#include <string_view>

namespace fuzz {

void media_type(std::string_view input) {
  using namespace fastify::content;
  const auto type = parseMediaType(input);
  REQUIRE(type.has_value() == !essenceOf(input).empty());
  ParserTable<int> table;
  table.addBuiltIn("application/json", 1);
  table.add("*", 2);
  const auto* parser = table.find(input);
  REQUIRE((parser != nullptr) == type.has_value());
  if (!type) return;
  REQUIRE(essenceOf(type->essence) == type->essence);
  REQUIRE(*parser == (type->essence == "application/json" ? 1 : 2));
}

}  // namespace fuzz
