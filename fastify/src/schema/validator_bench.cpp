#include "schema/validator.hpp"

#include <benchmark/benchmark.h>
#include <boost/json/monotonic_resource.hpp>

namespace {

using namespace fastify;

const Json schema = R"({
  "type": "object", "required": ["name", "age"], "additionalProperties": false,
  "properties": {
    "name": {"type": "string", "minLength": 2, "maxLength": 10}, "age": {"type": "integer", "minimum": 0},
    "admin": {"type": "boolean", "default": false}, "email": {"type": "string", "format": "email"},
    "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 3, "uniqueItems": true}
  }
})"_json;

void validUser(benchmark::State& state) {
  const auto validator = schema::compileValidator(schema);
  Json data = R"({"name": "Ann", "age": 5, "admin": true, "email": "ann@example.com", "tags": ["a", "b"]})"_json;
  for (auto _ : state) benchmark::DoNotOptimize(validator->isValid(data));
}
BENCHMARK(validUser);

void coercedQuery(benchmark::State& state) {
  const auto validator = schema::compileValidator(
      R"({"type": "object", "required": ["q"], "properties": {"q": {"type": "string"}, "limit": {"type": "integer", "default": 10}}})"_json);
  const Json query{{"q", "x"}, {"limit", "5"}};
  for (auto _ : state) {
    unsigned char buffer[1024];
    boost::json::monotonic_resource memory(buffer, sizeof buffer);
    Json data(query, &memory);
    benchmark::DoNotOptimize(validator->isValid(data));
  }
}
BENCHMARK(coercedQuery);

void invalidUser(benchmark::State& state) {
  const auto validator = schema::compileValidator(schema);
  Json data{{"name", "Ann"}, {"age", "x"}};
  for (auto _ : state) benchmark::DoNotOptimize(validator->validate(data));
}
BENCHMARK(invalidUser);

void compile(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(schema::compileValidator(schema));
}
BENCHMARK(compile);

}  // namespace
