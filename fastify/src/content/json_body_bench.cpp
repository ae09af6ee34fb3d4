#include "content/json_body.hpp"

#include "content/parser_table.hpp"

#include <benchmark/benchmark.h>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include <string>

namespace {

using namespace fastify;

// About the size of a user object (1.9 KB).
std::string userText() {
  std::string text =
      R"({"id":"user_2b6fcd92dvf96q05x8e4a8xvt6a","first_name":"Ada","last_name":"Lovelace","score":0.25,"emails":[)";
  for (int i = 0; i < 6; ++i) {
    text += i ? "," : "";
    text +=
        R"({"id":"idn_2b6fcd92dvf96q05x8e4a8xvt6a","object":"email_address","email_address":"ada@example.com","reserved":false,)"
        R"("verification":{"status":"verified","strategy":"email_code","attempts":1,"expire_at":1709210096007},"linked_to":[]})";
  }
  return text + "]}";
}

void parseUser(benchmark::State& state) {
  const auto text = userText();
  unsigned char memory[16384];
  for (auto _ : state) {
    boost::json::monotonic_resource resource(memory, sizeof memory);
    auto value = content::parseJsonBody(text, {}, &resource);
    benchmark::DoNotOptimize(value);
  }
  state.counters["bytes"] = static_cast<double>(text.size());
}
BENCHMARK(parseUser);

void boostParseUser(benchmark::State& state) {
  const auto text = userText();
  unsigned char memory[16384];
  for (auto _ : state) {
    boost::json::monotonic_resource resource(memory, sizeof memory);
    auto value = boost::json::parse(text, &resource);
    benchmark::DoNotOptimize(value);
  }
}
BENCHMARK(boostParseUser);

void findJsonParser(benchmark::State& state) {
  content::ParserTable<int> table;
  table.addBuiltIn("application/json", 1);
  table.addBuiltIn("text/plain", 2);
  for (auto _ : state) benchmark::DoNotOptimize(table.find("application/json"));
}
BENCHMARK(findJsonParser);

void findJsonParserWithCharset(benchmark::State& state) {
  content::ParserTable<int> table;
  table.addBuiltIn("application/json", 1);
  table.addBuiltIn("text/plain", 2);
  for (auto _ : state) benchmark::DoNotOptimize(table.find("application/json; charset=utf-8"));
}
BENCHMARK(findJsonParserWithCharset);

}  // namespace
