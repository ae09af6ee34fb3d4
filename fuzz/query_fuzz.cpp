// Query strings have no errors: all of them give an object of texts and lists of texts.

#include "../fastify/src/router/query.hpp"
#include "require.hpp"

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>

#include <string_view>

namespace fuzz {

void query(std::string_view input) {
  const auto object = fastify::router::parseQuery(input);
  std::size_t length = 0;
  for (const auto& [name, value] : object) {
    length += name.size();
    if (value.is_string()) {
      length += value.get_string().size();
      continue;
    }
    REQUIRE(value.is_array() && value.get_array().size() > 1);
    for (const auto& element : value.get_array()) length += element.as_string().size();
  }
  REQUIRE(length <= input.size());
}

}  // namespace fuzz
