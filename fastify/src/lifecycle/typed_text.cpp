// What <fastify/typed.hpp> needs that is the same for all types.

#include <fastify/typed/text.hpp>

#include <ecmascript/json_text.hpp>

#include <utility>

namespace fastify::typed {

void appendText(std::string& out, std::string_view text) { ecmascript::appendQuoted(out, text); }
void appendNumber(std::string& out, double number) { ecmascript::appendJsonNumber(out, number); }
void appendJson(std::string& out, const Json& value) { ecmascript::appendJson(out, value); }

namespace {
std::string pathOf(const Place& place) {
  if (!place.parent) return std::string(place.key);
  return pathOf(*place.parent) + "/" +
         (place.index == Place::noIndex ? std::string(place.key) : std::to_string(place.index));
}
}  // namespace

void refuse(const Place& place, std::string_view what) {
  auto path = pathOf(place);
  FastifyError error(400, "FST_ERR_VALIDATION", path + " " + std::string(what));
  error.validationContext = path.substr(0, path.find('/'));
  throw error;
}

}  // namespace fastify::typed
