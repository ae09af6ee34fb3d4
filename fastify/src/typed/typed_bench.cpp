// A typed route beside the same route written by hand: through the whole pipeline, and what the types alone cost.
#include <fastify/fastify.hpp>
#include <fastify/typed.hpp>

#include <benchmark/benchmark.h>

namespace {

struct Line {
  std::string sku;
  std::uint32_t count = 0;
  double price = 0;
};
BOOST_DESCRIBE_STRUCT(Line, (), (sku, count, price))

struct Order {
  std::int64_t customer = 0;
  std::string note;
  std::vector<Line> lines;
};
BOOST_DESCRIBE_STRUCT(Order, (), (customer, note, lines))

}  // namespace

namespace fastify {
namespace {

Json order() {
  const Json line{{"sku", "A-1"}, {"count", 3}, {"price", 9.5}};
  return {{"customer", 42}, {"note", "please ring"}, {"lines", {line, line, line}}};
}

InjectRequest request() { return {.method = "POST", .url = "/", .payload = order()}; }

void run(benchmark::State& state, Fastify& app) {
  app.ready();
  for (auto _ : state) benchmark::DoNotOptimize(app.inject(request()));
}

void typedRoute(benchmark::State& state) {
  Fastify app;
  app.post("/", [](Body<Order> order) -> Order {
    order->customer += 1;
    return *std::move(order);
  });
  run(state, app);
}
BENCHMARK(typedRoute);

void untypedRoute(benchmark::State& state) {
  Fastify app;
  const auto schema = typed::SchemaBuilder::build<Order>();
  app.post("/", {.schema = {.body = schema, .response = {{"2xx", schema}}}}, [](Request& request) {
    auto body = request.body().json();
    body.as_object()["customer"].as_int64() += 1;
    return body;
  });
  run(state, app);
}
BENCHMARK(untypedRoute);

void injectAlone(benchmark::State& state) {
  Fastify app;
  app.post("/", [] { return "x"; });
  run(state, app);
}
BENCHMARK(injectAlone);

void readStruct(benchmark::State& state) {
  const auto json = order();
  for (auto _ : state) {
    Order read;
    Typed<Order>::read(json, read, {nullptr, "body"});
    benchmark::DoNotOptimize(read);
  }
}
BENCHMARK(readStruct);

void writeStruct(benchmark::State& state) {
  Order order;
  Typed<Order>::read(fastify::order(), order, {nullptr, "body"});
  std::string text;
  for (auto _ : state) {
    text.clear();
    Typed<Order>::write(order, text);
    benchmark::DoNotOptimize(text);
  }
}
BENCHMARK(writeStruct);

}  // namespace
}  // namespace fastify
