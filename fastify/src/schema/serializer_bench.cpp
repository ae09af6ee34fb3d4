#include "schema/serializer.hpp"

#include <ecmascript/json_text.hpp>

#include <benchmark/benchmark.h>

namespace {

using namespace fastify;

const Json schema = R"({
  "type": "object", "required": ["id"],
  "properties": {
    "id": {"type": "string"}, "name": {"type": "string"}, "age": {"type": "integer"}, "score": {"type": "number"},
    "tags": {"type": "array", "items": {"type": "string"}},
    "address": {"type": "object", "properties": {"street": {"type": "string"}, "zip": {"type": "string"}}}
  }
})"_json;
const Json user =
    R"({"name": "Ada Lovelace", "id": "user_2b6fcd92dvf96q05x8e4a8xvt6a", "age": 36, "score": 0.25, "secret": "x",
  "tags": ["math", "poetry"], "address": {"street": "St James's Square", "zip": "SW1Y"}})"_json;

void serializeUser(benchmark::State& state) {
  const auto serializer = schema::compileSerializer(schema);
  std::string out;
  for (auto _ : state) {
    out.clear();
    serializer->serialize(user, out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(serializeUser);

void stringifyUser(benchmark::State& state) {
  std::string out;
  for (auto _ : state) {
    out.clear();
    ecmascript::appendJson(out, user);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(stringifyUser);

void compileSerializer(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(schema::compileSerializer(schema));
}
BENCHMARK(compileSerializer);

}  // namespace
