// A form always comes out, as valid UTF-8, with no more values than the body has separators.

#include "require.hpp"

#include <ecmascript/text.hpp>
#include <fastify/formbody.hpp>

#include <algorithm>
#include <string_view>

namespace fuzz {

void form(std::string_view input) {
  std::size_t values = 0;
  for (const auto& field : fastify::parseForm(input)) {
    REQUIRE(ecmascript::isValidUtf8(field.key()));
    if (const auto* list = field.value().if_array()) {
      REQUIRE(list->size() > 1);
      values += list->size();
      for (const auto& each : *list) REQUIRE(ecmascript::isValidUtf8(each.as_string()));
    } else {
      ++values;
      REQUIRE(ecmascript::isValidUtf8(field.value().as_string()));
    }
  }
  REQUIRE(values <= static_cast<std::size_t>(std::ranges::count(input, '&')) + 1);
}

}  // namespace fuzz
