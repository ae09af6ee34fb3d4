// A JSON body is refused, or a value whose text reads back as the same value and has nothing poisonous in it.

#include "content/json_body.hpp"
#include "require.hpp"

#include <ecmascript/json_text.hpp>
#include <ecmascript/text.hpp>

#include <string>
#include <string_view>

namespace fuzz {
namespace {

using fastify::Json;

void requireClean(const Json& value) {
  if (const auto* text = value.if_string()) REQUIRE(ecmascript::isValidUtf8(*text));
  if (const auto* array = value.if_array()) {
    for (const auto& item : *array) requireClean(item);
  }
  if (const auto* object = value.if_object()) {
    for (const auto& [key, member] : *object) {
      REQUIRE(ecmascript::isValidUtf8(key));
      REQUIRE(std::string_view(key) != "__proto__");
      requireClean(member);
    }
  }
}

}  // namespace

void json_body(std::string_view input) {
  using namespace fastify::content;
  const auto value = parseJsonBody(input);
  const auto lenient = parseJsonBody(input, {fastify::Poisoning::Remove, fastify::Poisoning::Remove});
  REQUIRE(!value || lenient);
  if (!value) return;
  requireClean(*value);
  const auto text = ecmascript::stringify(*value);
  const auto again = parseJsonBody(text);
  REQUIRE(again && ecmascript::stringify(*again) == text);
}

}  // namespace fuzz
