// An address that is taken has an origin that reads back as itself, and no query that is added moves it to another
// host.

#include "../instance/src/api/web_address.hpp"
#include "require.hpp"

#include <string_view>

namespace fuzz {

void web_address(std::string_view input) {
  using clerk::instance::api::WebAddress;
  const auto address = WebAddress::parse(input);
  if (!address) return;
  REQUIRE(address->text() == input);
  REQUIRE(address->text().find_first_of("\r\n\\ ") == std::string::npos);
  const auto origin = WebAddress::parse(address->origin());
  REQUIRE(origin && origin->origin() == address->origin() && origin->host() == address->host());
  const auto longer = WebAddress::parse(address->withQuery("nonce", input));
  if (longer) REQUIRE(longer->origin() == address->origin());
}

}  // namespace fuzz
