// What authenticators send: CBOR items, and the credentials that carry them.

#include "../instance/src/strategies/cbor.hpp"
#include "../instance/src/strategies/webauthn.hpp"
#include "require.hpp"

#include <string>
#include <string_view>

namespace fuzz {

void cbor(std::string_view input) {
  using namespace clerk::instance;
  if (const auto item = cbor::parse(input)) REQUIRE(item->second > 0 && item->second <= input.size());
  const WebauthnExpectation expectation{.challenge = "AAAA", .origins = {"http://localhost"}, .rpId = "localhost"};
  // No input is signed by the key that it does not have.
  REQUIRE(!checkAssertion(input, expectation, "oA", 0));
  if (const auto made = readRegistration(input, expectation)) REQUIRE(!made->publicKey.empty());
}

}  // namespace fuzz
