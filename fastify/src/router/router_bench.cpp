#include "query.hpp"
#include "router.hpp"

#include <benchmark/benchmark.h>

#include <memory>
#include <string>

namespace fastify::router {
namespace {

using http::Method;

/// `count` routes as an API has them, and those that are looked for.
std::unique_ptr<Router> makeRouter(std::size_t count) {
  auto router = std::make_unique<Router>();
  std::size_t number = 0;
  for (const auto* path : {"/", "/hello", "/api/v1/users", "/api/v1/users/:id", "/api/v1/users/:id/sessions/:session",
                           "/files/*", "/map/:lat-:lng", "/re/:id(^\\d+$)"}) {
    router->add(Method::Get, path, number++);
  }
  while (number < count) {
    const auto resource = "/api/v1/resource" + std::to_string(number);
    router->add(Method::Get, number % 2 == 0 ? resource : resource + "/:id/details", number);
    ++number;
  }
  router->freeze();
  return router;
}

void findAgain(benchmark::State& state, std::string_view target) {
  const auto router = makeRouter(static_cast<std::size_t>(state.range(0)));
  RouteParams params;
  for (auto _ : state) benchmark::DoNotOptimize(router->find(Method::Get, target, params));
}

void BM_static(benchmark::State& state) { findAgain(state, "/api/v1/users?limit=20"); }
void BM_one_param(benchmark::State& state) { findAgain(state, "/api/v1/users/user_2abc"); }
void BM_two_params(benchmark::State& state) { findAgain(state, "/api/v1/users/user_2abc/sessions/sess_1"); }
void BM_decoded_param(benchmark::State& state) { findAgain(state, "/api/v1/users/a%20b%2Fc"); }
void BM_wildcard(benchmark::State& state) { findAgain(state, "/files/css/app.css"); }
void BM_two_in_a_segment(benchmark::State& state) { findAgain(state, "/map/15.5-30"); }
void BM_expression(benchmark::State& state) { findAgain(state, "/re/12345"); }
void BM_missing(benchmark::State& state) { findAgain(state, "/api/v2/users"); }

void BM_query(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(parseQuery("limit=20&offset=40&order_by=-created_at&query=ada%20lovelace"));
}

BENCHMARK(BM_static)->Arg(8)->Arg(10000);
BENCHMARK(BM_one_param)->Arg(8)->Arg(10000);
BENCHMARK(BM_two_params)->Arg(8)->Arg(10000);
BENCHMARK(BM_decoded_param)->Arg(8)->Arg(10000);
BENCHMARK(BM_wildcard)->Arg(8)->Arg(10000);
BENCHMARK(BM_two_in_a_segment)->Arg(8)->Arg(10000);
BENCHMARK(BM_expression)->Arg(8)->Arg(10000);
BENCHMARK(BM_missing)->Arg(8)->Arg(10000);
BENCHMARK(BM_query);

}  // namespace
}  // namespace fastify::router
