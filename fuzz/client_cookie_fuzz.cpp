// The value of a cookie is a piece of the header that stands behind its name.

#include "../instance/src/api/cookies.hpp"
#include "require.hpp"

#include <string_view>

namespace fuzz {

void client_cookie(std::string_view input) {
  using clerk::instance::api::cookieValue;
  const auto value = cookieValue(input, "__client");
  if (!value) return;
  REQUIRE(value->data() >= input.data() && value->data() + value->size() <= input.data() + input.size());
  REQUIRE(value->find(';') == std::string_view::npos);
  REQUIRE(input.substr(0, static_cast<std::size_t>(value->data() - input.data())).find("__client=") !=
          std::string_view::npos);
}

}  // namespace fuzz
