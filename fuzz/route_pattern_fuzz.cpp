// Route patterns of any shape (a line each, the last line is a target) are refused with a RouterError, or they are
// found again, printed and walked.

#include "../fastify/src/router/router.hpp"
#include "require.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace fuzz {
namespace {

using namespace fastify;
using router::MatchResult;
using router::Router;
using router::Settings;

constexpr std::size_t mostPatterns = 16;

std::vector<std::string_view> linesOf(std::string_view input) {
  std::vector<std::string_view> lines;
  while (lines.size() < mostPatterns) {
    const auto end = input.find('\n');
    lines.push_back(input.substr(0, end));
    if (end == input.npos) break;
    input.remove_prefix(end + 1);
  }
  return lines;
}

void build(const std::vector<std::string_view>& patterns, std::string_view target, const Settings& settings) {
  Router routes(settings);
  std::vector<std::string_view> accepted;
  for (const auto pattern : patterns) {
    try {
      routes.add(http::Method::Get, pattern, accepted.size());
      accepted.push_back(pattern);
    } catch (const router::RouterError& error) {
      REQUIRE(*error.what() != '\0');
    }
  }
  routes.freeze();
  routes.print();
  RouteParams params;
  for (const auto pattern : accepted) routes.find(http::Method::Get, pattern, params);
  const auto match = routes.find(http::Method::Get, target, params);
  REQUIRE(match.result != MatchResult::Found || match.route < accepted.size());
  for (const auto& [name, value] : params) REQUIRE(match.result != MatchResult::Found || value.size() <= target.size());
  routes.methodsOf(target);
}

}  // namespace

void route_pattern(std::string_view input) {
  if (input.size() > 2048) return;
  auto lines = linesOf(input);
  const auto target = lines.back();
  lines.pop_back();
  build(lines, target, {});
  build(lines, target,
        {.caseSensitive = false,
         .ignoreTrailingSlash = true,
         .ignoreDuplicateSlashes = true,
         .useSemicolonDelimiter = true});
}

}  // namespace fuzz
