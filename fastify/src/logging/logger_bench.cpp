#include <fastify/logger.hpp>

#include "logging/sink.hpp"

#include <benchmark/benchmark.h>

#include <fcntl.h>

namespace {

using namespace fastify;

Logger devNull() { return Logger({.destination = LogDestination(::open("/dev/null", O_WRONLY))}); }

void disabledLine(benchmark::State& state) {
  const Logger log({.level = "warn"});
  for (auto _ : state) log.info({{"a", 1}}, "hidden");
}
BENCHMARK(disabledLine);

void messageLine(benchmark::State& state) {
  const auto log = devNull().child("reqId", "req-1");
  const logging::Deferral deferral;
  for (auto _ : state) log.info("plain message");
}
BENCHMARK(messageLine);

void fieldsLine(benchmark::State& state) {
  const auto log = devNull().child("reqId", "req-1");
  const logging::Deferral deferral;
  for (auto _ : state) log.info({{"user", "u1"}, {"count", 3}}, "with fields");
}
BENCHMARK(fieldsLine);

void readyMembersLine(benchmark::State& state) {
  const auto log = devNull().child("reqId", "req-1");
  const logging::Deferral deferral;
  for (auto _ : state)
    log.logText(LogLevel::Info, R"("res":{"statusCode":200},"responseTime":0.5)", "request completed");
}
BENCHMARK(readyMembersLine);

void formattedLine(benchmark::State& state) {
  const auto log = devNull();
  const logging::Deferral deferral;
  for (auto _ : state) log.info("listening on {} port {}", "127.0.0.1", 8080);
}
BENCHMARK(formattedLine);

void undeferredLine(benchmark::State& state) {
  const auto log = devNull();
  for (auto _ : state) log.info("plain message");
}
BENCHMARK(undeferredLine);

void requestChild(benchmark::State& state) {
  const auto log = devNull();
  for (auto _ : state) {
    auto child = log.child("reqId", "req-1");
    benchmark::DoNotOptimize(child);
  }
}
BENCHMARK(requestChild);

}  // namespace
