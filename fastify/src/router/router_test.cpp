#include "router.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace fastify::router {
namespace {

using http::Method;
using Params = std::vector<std::pair<std::string, std::string>>;

struct Found {
  std::string pattern;  // or why there is none
  Params params;
  bool operator==(const Found&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Found& found) {
  out << found.pattern;
  for (const auto& [name, value] : found.params) out << " [" << name << "=" << value << "]";
  return out;
}

class Values : public ConstraintValues {
 public:
  explicit Values(std::map<std::string, std::string, std::less<>> values) : values_(std::move(values)) {}
  std::optional<std::string_view> derive(const ConstraintStrategy& strategy) const override {
    const auto found = values_.find(strategy.name());
    return found == values_.end() ? std::nullopt : std::optional<std::string_view>(found->second);
  }

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

/// A router whose routes are known by their patterns.
struct Routes {
  explicit Routes(std::vector<std::string> patterns, Settings settings = {}) : router(std::move(settings)) {
    for (auto& pattern : patterns) add(Method::Get, pattern);
    router.freeze();
  }
  void add(Method method, const std::string& pattern, const Constraints& constraints = {}) {
    router.add(method, pattern, names.size(), constraints);
    names.push_back(pattern);
  }
  Found find(std::string_view target, Method method = Method::Get) const {
    const auto match = router.find(method, target, params);
    switch (match.result) {
      case MatchResult::Found: break;
      case MatchResult::NotFound: return {"none", {}};
      case MatchResult::BadUrl: return {"bad url", {}};
      case MatchResult::ParamTooLong: return {"too long", {}};
    }
    Found found{names[match.route], {}};
    for (const auto& [name, value] : params) found.params.emplace_back(name, value);
    return found;
  }
  Router router;
  std::vector<std::string> names;
  mutable RouteParams params;
};

struct Row {
  std::string target;
  Found found;
};

void expectRows(const Routes& routes, const std::vector<Row>& rows) {
  for (const auto& [target, found] : rows) EXPECT_EQ(routes.find(target), found) << target;
}

/// The routes of the recorded scenarios route.* and ropt.*.
std::vector<std::string> scenarioRoutes() {
  return {"/",
          "/static",
          "/static/deep/path",
          "/trail/",
          "/Case/Path",
          "/a/static",
          "/a/:id",
          "/a/:id/sub",
          "/a/:id/:tail",
          "/a/*",
          "/back/:p/end",
          "/back/fixed/other",
          "/re/:id(^\\d+$)",
          "/re/:name",
          "/multi/:lat-:lng",
          "/file/:name.:ext",
          "/png/:file(^\\d+).png",
          "/at/:h(^\\d{2})h:m(^\\d{2})m",
          "/suffix/:id.json",
          "/opt/:id?",
          "/wild/*",
          "/name::verb",
          "/user/:id::undelete",
          "/\xc3\xbcn/:x",
          "/sp ace",
          "/p/:v",
          "/p/:v/x/:w",
          "/dup/:x/:x",
          "/q"};
}

TEST(Router, finds_what_the_recorded_server_finds) {
  const Routes routes(scenarioRoutes());
  expectRows(routes, {
                         {"/", {"/", {}}},
                         {"/?a=1", {"/", {}}},
                         {"/static", {"/static", {}}},
                         {"/trail", {"none", {}}},
                         {"/trail/", {"/trail/", {}}},
                         {"/static/", {"none", {}}},
                         {"/static/deep/path", {"/static/deep/path", {}}},
                         {"/static/deep", {"none", {}}},
                         {"/staticx", {"none", {}}},
                         {"//static", {"none", {}}},
                         {"/case/path", {"none", {}}},
                         {"/a/static", {"/a/static", {}}},
                         {"/a/..", {"/a/:id", {{"id", ".."}}}},
                         {"/a/42", {"/a/:id", {{"id", "42"}}}},
                         {"/a/", {"/a/:id", {{"id", ""}}}},
                         {"/a/42/sub", {"/a/:id/sub", {{"id", "42"}}}},
                         {"/a/42/other", {"/a/:id/:tail", {{"id", "42"}, {"tail", "other"}}}},
                         {"/a/42/other/more", {"/a/*", {{"*", "42/other/more"}}}},
                         {"/a", {"none", {}}},
                         {"/back/fixed/end", {"/back/:p/end", {{"p", "fixed"}}}},
                         {"/back/fixed/other", {"/back/fixed/other", {}}},
                         {"/re/123", {"/re/:id(^\\d+$)", {{"id", "123"}}}},
                         {"/re/abc", {"/re/:name", {{"name", "abc"}}}},
                         {"/re/1a", {"/re/:name", {{"name", "1a"}}}},
                         {"/multi/15.5-30", {"/multi/:lat-:lng", {{"lat", "15.5"}, {"lng", "30"}}}},
                         {"/multi/1-2-3", {"/multi/:lat-:lng", {{"lat", "1-2"}, {"lng", "3"}}}},
                         {"/multi/1", {"none", {}}},
                         {"/file/report.final.pdf", {"/file/:name.:ext", {{"name", "report.final"}, {"ext", "pdf"}}}},
                         {"/png/12.png", {"/png/:file(^\\d+).png", {{"file", "12"}}}},
                         {"/png/x.png", {"none", {}}},
                         {"/at/08h24m", {"/at/:h(^\\d{2})h:m(^\\d{2})m", {{"h", "08"}, {"m", "24"}}}},
                         {"/at/8h24m", {"none", {}}},
                         {"/suffix/abc.json", {"/suffix/:id.json", {{"id", "abc"}}}},
                         {"/suffix/abc.xml", {"none", {}}},
                         {"/opt/5", {"/opt/:id?", {{"id", "5"}}}},
                         {"/opt", {"/opt/:id?", {}}},
                         {"/opt/", {"/opt/:id?", {{"id", ""}}}},
                         {"/wild/x/y.txt", {"/wild/*", {{"*", "x/y.txt"}}}},
                         {"/wild/", {"/wild/*", {{"*", ""}}}},
                         {"/wild", {"none", {}}},
                         {"/wild/a%2Fb%20c%25d", {"/wild/*", {{"*", "a/b c%d"}}}},
                         {"/name:verb", {"/name::verb", {}}},
                         {"/%C3%BCn/1", {"/\xc3\xbcn/:x", {{"x", "1"}}}},
                         {"/sp%20ace", {"/sp ace", {}}},
                         {"/dup/1/2", {"/dup/:x/:x", {{"x", "1"}, {"x", "2"}}}},
                         {"*", {"none", {}}},
                         {"http://any.test/q?x=1", {"/q", {}}},
                         {"https://any.test:99/a/1", {"/a/:id", {{"id", "1"}}}},
                         {"http://any.test", {"/", {}}},
                         {"http://any.test?x=1", {"/", {}}},
                         {"ftp://any.test/q", {"none", {}}},
                         {"http://[", {"bad url", {}}},
                     });
}

// A literal colon behind a parameter is one: find-my-way makes it part of the name (row RT11).
TEST(Router, literal_colon_ends_a_parameter) {
  const Routes routes({"/user/:id::undelete"});
  EXPECT_EQ(routes.find("/user/5:undelete"), (Found{"/user/:id::undelete", {{"id", "5"}}}));
  EXPECT_EQ(routes.find("/user/5"), (Found{"none", {}}));
}

TEST(Router, decodes_values_once_and_never_splits_a_segment) {
  const Routes routes({"/p/:v", "/p/:v/x/:w"});
  expectRows(routes, {
                         {"/p/abc", {"/p/:v", {{"v", "abc"}}}},
                         {"/p/a%2Fb", {"/p/:v", {{"v", "a/b"}}}},
                         {"/p/a%2fb", {"/p/:v", {{"v", "a/b"}}}},
                         {"/p/%2520", {"/p/:v", {{"v", "%20"}}}},
                         {"/p/a+b", {"/p/:v", {{"v", "a+b"}}}},
                         {"/p/%2B%26%3D%23%3F", {"/p/:v", {{"v", "+&=#?"}}}},
                         {"/p/%F0%9F%98%80", {"/p/:v", {{"v", "\xf0\x9f\x98\x80"}}}},
                         {"/p/%00", {"/p/:v", {{"v", std::string(1, '\0')}}}},
                         {"/%70/a", {"/p/:v", {{"v", "a"}}}},
                         {"/p%2Fa", {"none", {}}},
                         {"/p/a%2Fb/x/c%20%2F", {"/p/:v/x/:w", {{"v", "a/b"}, {"w", "c /"}}}},
                     });
}

TEST(Router, refuses_malformed_encoding_on_any_path_and_method) {
  const Routes routes({"/p/:v"});
  for (const auto* target : {"/p/%zz", "/p/%", "/p/%4", "/p/%C3%28", "/p/%C0%AF", "/p/%ED%A0%80", "/p/%F5%80%80%80",
                             "/unknown/%zz", "http://h/p/%zz"}) {
    EXPECT_EQ(routes.find(target), (Found{"bad url", {}})) << target;
    EXPECT_EQ(routes.find(target, Method::Put), (Found{"bad url", {}})) << target;
  }
  EXPECT_EQ(routes.find("/p/a?x=%zz"), (Found{"/p/:v", {{"v", "a"}}}));
}

TEST(Router, names_the_culprit) {
  const Routes routes({"/p/:v"});
  RouteParams params;
  EXPECT_EQ(routes.router.find(Method::Get, "/p/%zz?a=1", params).culprit, "/p/%zz?a=1");
  EXPECT_EQ(routes.router.find(Method::Get, "http://[", params).culprit, "http://[");
  EXPECT_EQ(routes.router.find(Method::Get, "http://h/p/%zz", params).culprit, "/p/%zz");
  const auto longTarget = "/p/" + std::string(101, 'x') + "?a";
  EXPECT_EQ(routes.router.find(Method::Get, longTarget, params).culprit, longTarget.substr(0, 104));
}

TEST(Router, parameters_have_a_longest_length_in_utf16_units) {
  const Routes routes({"/p/:v", "/re/:id(^\\d+$)", "/m/:a-:b", "/w/*"});
  auto repeat = [](std::string_view text, int count) {
    std::string repeated;
    for (int i = 0; i < count; ++i) repeated += text;
    return repeated;
  };
  EXPECT_EQ(routes.find("/p/" + repeat("x", 100)).pattern, "/p/:v");
  EXPECT_EQ(routes.find("/p/" + repeat("x", 101)).pattern, "too long");
  EXPECT_EQ(routes.find("/p/" + repeat("%20", 60)).pattern, "/p/:v");
  EXPECT_EQ(routes.find("/p/" + repeat("%C3%BC", 100)).pattern, "/p/:v");
  EXPECT_EQ(routes.find("/p/" + repeat("%F0%9F%98%80", 50)).pattern, "/p/:v");
  EXPECT_EQ(routes.find("/p/" + repeat("%F0%9F%98%80", 51)).pattern, "too long");
  EXPECT_EQ(routes.find("/re/" + repeat("1", 101)).pattern, "too long");
  EXPECT_EQ(routes.find("/m/" + repeat("a", 100) + "-" + repeat("b", 100)).pattern, "/m/:a-:b");
  EXPECT_EQ(routes.find("/m/" + repeat("a", 101) + "-b").pattern, "too long");
  EXPECT_EQ(routes.find("/w/" + repeat("x", 5000)).pattern, "/w/*");
}

TEST(Router, a_lone_wildcard_takes_what_no_other_route_does) {
  const Routes routes({"/static", "*"});
  expectRows(routes, {
                         {"/static", {"/static", {}}},
                         {"/only-post", {"*", {{"*", "/only-post"}}}},
                         {"/", {"*", {{"*", "/"}}}},
                         {"*", {"*", {{"*", "*"}}}},
                     });
}

TEST(Router, goes_back_to_the_wildcard) {
  const Routes routes({"/a/b/c", "/a/:x/d", "/a/*", "/*"});
  expectRows(routes, {
                         {"/a/b/c", {"/a/b/c", {}}},
                         {"/a/b/d", {"/a/:x/d", {{"x", "b"}}}},
                         {"/a/b/e", {"/a/*", {{"*", "b/e"}}}},
                         {"/b/b/e", {"/*", {{"*", "b/b/e"}}}},
                     });
}

TEST(Router, forgets_the_values_of_branches_that_it_left) {
  const Routes routes({"/:a/:b/x", "/:c(^[a-z%/]+$)/y", "/*"});
  expectRows(routes, {
                         {"/p%2Fq/r%2Fs/x", {"/:a/:b/x", {{"a", "p/q"}, {"b", "r/s"}}}},
                         {"/p%2Fq/r%2Fs/z", {"/*", {{"*", "p/q/r/s/z"}}}},
                     });
}

TEST(Router, expressions_are_tried_by_the_text_behind_them) {
  const Routes routes({"/:id", "/:f(^\\d+).png", "/:f(^\\d+).min.png", "/:n(^[a-z]+$)"});
  expectRows(routes, {
                         {"/1.png", {"/:f(^\\d+).png", {{"f", "1"}}}},
                         {"/1.min.png", {"/:f(^\\d+).min.png", {{"f", "1"}}}},
                         {"/abc", {"/:n(^[a-z]+$)", {{"n", "abc"}}}},
                         {"/1", {"/:id", {{"id", "1"}}}},
                     });
}

TEST(Router, trailing_slashes_can_be_ignored) {
  const Routes routes({"/static", "/p/:v", "/wild/*", "/t/"}, {.ignoreTrailingSlash = true});
  expectRows(routes, {
                         {"/static/", {"/static", {}}},
                         {"/p/x/", {"/p/:v", {{"v", "x"}}}},
                         {"/static//", {"none", {}}},
                         {"/wild/", {"none", {}}},
                         {"/t", {"/t/", {}}},
                         {"/p/x/?a=/", {"/p/:v", {{"v", "x"}}}},
                     });
}

TEST(Router, duplicate_slashes_can_be_ignored) {
  const Routes routes({"/a/b", "/p/:v", "/url"}, {.ignoreDuplicateSlashes = true});
  expectRows(routes, {
                         {"//a///b", {"/a/b", {}}},
                         {"//p//%2F%2F", {"/p/:v", {{"v", "//"}}}},
                         {"//url?x=//a", {"/url", {}}},
                     });
  RouteParams params;
  const auto match = routes.router.find(Method::Get, "//url?x=//a", params);
  EXPECT_EQ(match.path, "//url");
  EXPECT_EQ(match.query, "x=//a");
}

TEST(Router, case_can_be_ignored_but_values_keep_it) {
  const Routes routes({"/Case/Path", "/P/:v/X"}, {.caseSensitive = false});
  expectRows(routes, {
                         {"/CASE/path", {"/Case/Path", {}}},
                         {"/p/AbC/x", {"/P/:v/X", {{"v", "AbC"}}}},
                     });
}

TEST(Router, semicolons_can_start_the_query) {
  const Routes routes({"/q"}, {.useSemicolonDelimiter = true});
  RouteParams params;
  const auto match = routes.router.find(Method::Get, "/q;a=1&b=2", params);
  EXPECT_EQ(match.result, MatchResult::Found);
  EXPECT_EQ(match.query, "a=1&b=2");
  EXPECT_EQ(Routes({"/q"}).find("/q;a=1").pattern, "none");
}

TEST(Router, gives_path_and_query_even_without_a_route) {
  const Routes routes({"/q"});
  RouteParams params;
  const auto match = routes.router.find(Method::Post, "/nope?x=1#y", params);
  EXPECT_EQ(match.result, MatchResult::NotFound);
  EXPECT_EQ(match.path, "/nope");
  EXPECT_EQ(match.query, "x=1#y");
}

TEST(Router, methods_have_routes_of_their_own) {
  Routes routes({});
  Router router;
  router.add(Method::Get, "/a", 1);
  router.add(Method::Post, "/a", 2);
  router.freeze();
  RouteParams params;
  EXPECT_EQ(router.find(Method::Get, "/a", params).route, 1u);
  EXPECT_EQ(router.find(Method::Post, "/a", params).route, 2u);
  EXPECT_EQ(router.find(Method::Head, "/a", params).result, MatchResult::NotFound);
}

TEST(Router, params_hold_more_than_fit_inside) {
  std::string pattern, target;
  for (int i = 0; i < 20; ++i) {
    pattern += "/:p" + std::to_string(i);
    target += "/v%2F" + std::to_string(i);
  }
  const Routes routes({pattern});
  const auto found = routes.find(target);
  ASSERT_EQ(found.params.size(), 20u);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(found.params[static_cast<std::size_t>(i)].second, "v/" + std::to_string(i));
}

TEST(RouteParams, the_last_of_two_names_counts) {
  const Routes routes({"/dup/:x/:x"});
  routes.find("/dup/1/2");
  EXPECT_EQ(routes.params.find("x"), "2");
  EXPECT_EQ(routes.params.find("y"), std::nullopt);
  routes.find("/other");
  EXPECT_TRUE(routes.params.empty());
}

// Declarations.

std::string failure(const std::vector<std::pair<std::string, Constraints>>& declarations) {
  Router router;
  try {
    for (const auto& [path, constraints] : declarations) router.add(Method::Get, path, 0, constraints);
  } catch (const RouterError& error) {
    return error.what();
  }
  return "none";
}

// Texts: scenarios start.*, and what find-my-way 9.10.1 says.
TEST(Router, bad_declarations_are_refused) {
  const std::vector<std::pair<std::vector<std::pair<std::string, Constraints>>, std::string>> rows{
      {{{"", {}}}, "The path could not be empty"},
      {{{"a", {}}}, "The first character of a path should be `/` or `*`"},
      {{{"/a/*/b", {}}}, "Wildcard must be the last character in the route"},
      {{{"/a/:x?/b", {}}}, "Optional Parameter needs to be the last parameter of the path"},
      {{{"/a/:id(abc", {}}}, "Invalid regexp expression in \"/a/:id(abc\""},
      {{{"/a", {}}, {"/a", {}}}, "Method 'GET' already declared for route '/a' with constraints '{}'"},
      {{{"/a/:x", {}}, {"/a/:y", {}}}, "Method 'GET' already declared for route '/a/:' with constraints '{}'"},
      {{{"/a/:x(\\d+)", {}}, {"/a/:x([a-z]+)", {}}},
       "Method 'GET' already declared for route '/a/:()' with constraints '{}'"},
      {{{"/a/:x?", {}}, {"/a", {}}}, "Method 'GET' already declared for route '/a' with constraints '{}'"},
      {{{"*", {}}, {"/*", {}}}, "Method 'GET' already declared for route '/*' with constraints '{}'"},
      {{{"/", {{"planet", "mars"}}}}, "No strategy registered for constraint key planet"},
      {{{"/", {{"version", 1}}}}, "Version should be a string"},
      {{{"/", {{"version", "a.b"}}}}, "Major version must be a numeric value"},
      {{{"/", {{"host", 1}}}}, "Host should be a string or a RegExp"},
      {{{"/x", {{"host", "h"}}}, {"/x", {{"host", "h"}}}},
       "Method 'GET' already declared for route '/x' with constraints '{\"host\":\"h\"}'"},
      {{{"/x", {{"host", "h"}}}, {"/x", {}}, {"/x", {{"host", "g"}}}}, "none"},
      {{{"/a/:x?", {}}, {"/a/:x/b", {}}}, "none"},
  };
  for (const auto& [declarations, text] : rows) EXPECT_EQ(failure(declarations), text) << declarations.back().first;
}

TEST(Router, expressions_that_need_backtracking_are_refused) {
  EXPECT_NE(failure({{"/a/:id((?=x).*)", {}}}).find("look-around"), std::string::npos);
  EXPECT_NE(failure({{"/a/:id((a)\\1)", {}}}).find("back-references"), std::string::npos);
  EXPECT_EQ(failure({{"/a/:id(^([0-9]+){4}$)", {}}}), "none");  // RE2 makes it safe
}

TEST(Router, finds_declarations_by_their_pattern) {
  Router router;
  router.add(Method::Get, "/a/:x", 1);
  router.add(Method::Get, "/re/:id(^\\d+$)", 2);
  router.add(Method::Get, "/opt/:id?", 3);
  router.add(Method::Get, "/v", 4, {{"version", "1.0.0"}});
  EXPECT_EQ(router.findRoute(Method::Get, "/a/:y"), 1u);
  EXPECT_EQ(router.findRoute(Method::Get, "/a/1"), std::nullopt);
  EXPECT_EQ(router.findRoute(Method::Post, "/a/:x"), std::nullopt);
  EXPECT_EQ(router.findRoute(Method::Get, "/re/:id(^\\d+$)"), 2u);
  EXPECT_EQ(router.findRoute(Method::Get, "/re/:id(^[a-z]+$)"), std::nullopt);
  EXPECT_EQ(router.findRoute(Method::Get, "/opt/:id?"), 3u);
  EXPECT_EQ(router.findRoute(Method::Get, "/opt"), 3u);
  EXPECT_EQ(router.findRoute(Method::Get, "/v"), std::nullopt);
  EXPECT_EQ(router.findRoute(Method::Get, "/v", {{"version", "1.0.0"}}), 4u);
  EXPECT_EQ(router.paramNames(Method::Get, "/a/:other"), std::vector<std::string>{"x"});
  EXPECT_TRUE(router.hasRoute(Method::Get, "/a/:x"));
}

// Constraints.

struct ConstrainedRoutes {
  ConstrainedRoutes() {
    for (const auto* version : {"1.2.0", "1.3.0", "2.0.0", "2.1.5"}) add("/versioned", {{"version", version}}, version);
    add("/maybe-versioned", {}, "none");
    add("/maybe-versioned", {{"version", "1.0.0"}}, "1.0.0");
    add("/host", {}, "any");
    add("/host", {{"host", "one.test"}}, "one");
    add("/host", {{"host", {{"pattern", "^.*\\.wild\\.test$"}}}}, "wild");
    add("/host-only", {{"host", "one.test"}}, "one");
    add("/host-version", {{"host", "one.test"}, {"version", "1.0.0"}}, "both");
    add("/plain", {}, "plain");
    router.freeze();
  }
  void add(std::string_view path, const Constraints& constraints, std::string name) {
    router.add(Method::Get, path, names.size(), constraints);
    names.push_back(std::move(name));
  }
  std::string find(std::string_view target, std::map<std::string, std::string, std::less<>> values) const {
    RouteParams params;
    const Values source(std::move(values));
    const auto match = router.find(Method::Get, target, params, &source);
    return match.result == MatchResult::Found ? names[match.route] : "404";
  }
  Router router;
  std::vector<std::string> names;
};

TEST(Router, constraints_choose_among_the_routes_of_a_path) {
  const ConstrainedRoutes routes;
  struct Case {
    std::string target;
    std::map<std::string, std::string, std::less<>> values;
    std::string found;
  };
  for (const auto& [target, values, found] : std::vector<Case>{
           {"/versioned", {{"version", "1.2.0"}}, "1.2.0"},
           {"/versioned", {{"version", "1.x"}}, "1.3.0"},
           {"/versioned", {{"version", "1.2.x"}}, "1.2.0"},
           {"/versioned", {{"version", "2.x"}}, "2.1.5"},
           {"/versioned", {{"version", "*"}}, "2.1.5"},
           {"/versioned", {{"version", "x"}}, "2.1.5"},
           {"/versioned", {{"version", "1.2"}}, "404"},
           {"/versioned", {{"version", "3.x"}}, "404"},
           {"/versioned", {{"version", ""}}, "404"},
           {"/versioned", {}, "404"},
           {"/maybe-versioned", {}, "none"},
           {"/maybe-versioned", {{"version", "1.0.0"}}, "1.0.0"},
           {"/maybe-versioned", {{"version", "2.0.0"}}, "404"},
           {"/plain", {{"version", "1.0.0"}}, "404"},
           {"/plain", {{"host", "x"}}, "plain"},
           {"/host", {{"host", "one.test"}}, "one"},
           {"/host", {{"host", "one.test:8080"}}, "any"},
           {"/host", {{"host", "ONE.test"}}, "any"},
           {"/host", {{"host", "a.wild.test"}}, "wild"},
           {"/host", {}, "any"},
           {"/host-only", {{"host", "zzz.test"}}, "404"},
           {"/host-version", {{"host", "one.test"}, {"version", "1.0.0"}}, "both"},
           {"/host-version", {{"host", "one.test"}, {"version", "2.0.0"}}, "404"},
           {"/host-version", {{"host", "one.test"}}, "404"},
       }) {
    EXPECT_EQ(routes.find(target, values), found) << target;
  }
}

TEST(Router, the_version_header_means_nothing_until_some_route_has_one) {
  Router router;
  router.add(Method::Get, "/plain", 7);
  router.freeze();
  RouteParams params;
  const Values source({{"version", "1.0.0"}});
  EXPECT_EQ(router.find(Method::Get, "/plain", params, &source).result, MatchResult::Found);
}

class SecretStrategy : public ConstraintStrategy {
 public:
  explicit SecretStrategy(bool mustMatch) : mustMatch_(mustMatch) {}
  std::string_view name() const noexcept override { return "secret"; }
  bool mustMatchWhenDerived() const noexcept override { return mustMatch_; }

 private:
  bool mustMatch_;
};

TEST(Router, takes_strategies_of_the_programs_own) {
  for (const bool mustMatch : {false, true}) {
    Router router({.strategies = {std::make_shared<SecretStrategy>(mustMatch)}});
    router.add(Method::Get, "/", 1);
    router.add(Method::Get, "/", 2, {{"secret", "alpha"}});
    router.add(Method::Get, "/open", 3);
    router.freeze();
    EXPECT_TRUE(router.hasConstraintStrategy("secret"));
    RouteParams params;
    const Values alpha({{"secret", "alpha"}}), beta({{"secret", "beta"}}), nothing({});
    EXPECT_EQ(router.find(Method::Get, "/", params, &alpha).route, 2u);
    EXPECT_EQ(router.find(Method::Get, "/", params, &nothing).route, 1u);
    EXPECT_EQ(router.find(Method::Get, "/", params, &beta).result,
              mustMatch ? MatchResult::NotFound : MatchResult::Found);
    EXPECT_EQ(router.find(Method::Get, "/open", params, &alpha).result,
              mustMatch ? MatchResult::NotFound : MatchResult::Found);
  }
}

// Printing.

TEST(Router, prints_its_tree) {
  Router router;
  for (const auto method : {Method::Get, Method::Head}) {
    router.add(method, "/test", 0);
    router.add(method, "/test/hello", 0);
    router.add(method, "/testing/:p", 0);
  }
  router.add(Method::Put, "/update", 0);
  // Scenario start.print-routes.
  EXPECT_EQ(router.print(),
            "└── /\n    ├── test (GET, HEAD)\n    │   ├── /hello (GET, HEAD)\n    │   └── ing/\n"
            "    │       └── :p (GET, HEAD)\n    └── update (PUT)\n");
  EXPECT_EQ(router.print({.method = Method::Get}),
            "└── /\n    └── test (GET)\n        ├── /hello (GET)\n        └── ing/\n            └── :p (GET)\n");
  EXPECT_EQ(router.print({.commonPrefix = false}),
            "├── /test (GET, HEAD)\n│   ├── /hello (GET, HEAD)\n│   └── ing/:p (GET, HEAD)\n└── /update (PUT)\n");
  EXPECT_EQ(router.print({.method = Method::Delete}), "(empty tree)");
}

TEST(Router, prints_constraints_wildcards_and_meta) {
  Router router;
  router.add(Method::Get, "*", 0);
  router.add(Method::Get, "/a/:x", 1);
  router.add(Method::Post, "/a/:y", 2, {{"version", "1.0.0"}});
  router.add(Method::Get, "/a/:z", 3, {{"host", {{"pattern", "^x"}}}});
  EXPECT_EQ(router.print(),
            "└── (empty root node)\n    ├── /\n    │   └── a/\n    │       └── :x|:y|:z (GET)\n"
            "    │           :x|:y|:z (POST) {\"version\":\"1.0.0\"}\n"
            "    │           :x|:y|:z (GET) {\"host\":\"/^x/\"}\n    └── * (GET)\n");
  PrintOptions withMeta;
  withMeta.method = Method::Post;
  withMeta.meta = [](RouteNumber) {
    return std::vector<std::pair<std::string, std::string>>{{"onRequest", "[\"f()\"]"}};
  };
  EXPECT_EQ(router.print(withMeta),
            "└── /\n    └── a/\n        └── :y (POST) {\"version\":\"1.0.0\"}\n            • (onRequest) [\"f()\"]\n");
}

}  // namespace
}  // namespace fastify::router
