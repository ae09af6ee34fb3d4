// Targets of any shape against routes of every kind.

#include "../fastify/src/router/router.hpp"
#include "require.hpp"

#include <ecmascript/text.hpp>

#include <string>
#include <string_view>

namespace fuzz {
namespace {

using namespace fastify;
using router::MatchResult;
using router::Router;
using router::Settings;

Router makeRouter(Settings settings) {
  Router made(std::move(settings));
  std::size_t number = 0;
  for (const auto* pattern :
       {"/", "/static", "/static/deep/path", "/a/:id", "/a/:id/sub", "/a/:id/:tail", "/a/*", "/back/:p/end",
        "/back/fixed/other", "/re/:id(^\\d+$)", "/re/:name", "/multi/:lat-:lng", "/three/:x-:y-:z.end",
        "/file/:name.:ext", "/at/:h(^\\d{2})h:m(^\\d{2})m", "/opt/:id?", "/name::verb", "/p/:v/x/:w", "*"}) {
    made.add(http::Method::Get, pattern, number++);
  }
  made.freeze();
  return made;
}

void findIn(const Router& routes, std::string_view target) {
  RouteParams params;
  const auto match = routes.find(http::Method::Get, target, params);
  REQUIRE(match.path.size() + match.query.size() <= target.size() + 1);
  if (match.result != MatchResult::Found) return;
  // A request's target is ASCII: the parser lets nothing else through.
  const bool ascii =
      target.find_first_not_of(
          "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~") ==
      target.npos;
  std::size_t length = 0;
  for (const auto& [name, value] : params) {
    REQUIRE(!name.empty());
    REQUIRE(!ascii || ecmascript::isValidUtf8(value));
    length += value.size();
  }
  REQUIRE(length <= target.size());
}

}  // namespace

void request_target(std::string_view input) {
  static const Router plain = makeRouter({});
  static const Router lenient = makeRouter({.caseSensitive = false,
                                            .ignoreTrailingSlash = true,
                                            .ignoreDuplicateSlashes = true,
                                            .useSemicolonDelimiter = true});
  if (input.empty()) return;
  findIn(plain, input);
  findIn(lenient, input);
}

}  // namespace fuzz
