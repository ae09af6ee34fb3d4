#include <clerk/authenticate_request.hpp>

#include "jwt/test_tokens.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace clerk::test;

clerk::RequestAuthenticator authenticator() {
  return clerk::RequestAuthenticator({.secretKey = "sk_live_x",
                                      .publishableKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",
                                      .jwtKey = publicPem(),
                                      .acceptsToken = "any",
                                      .trustForwardedHeaders = false,
                                      .runtime = runtimeAt(kNow * 1000)});
}

void measure(benchmark::State& state, const std::vector<std::pair<std::string, std::string>>& headers) {
  const auto who = authenticator();
  const clerk::HeaderList list(headers);
  for (auto _ : state) {
    const auto found = who.authenticate({.url = "/page", .headers = list}).take();
    benchmark::DoNotOptimize(found.toAuth());
  }
}

/// What a client of an API sends, seen before.
void bearerToken(benchmark::State& state) {
  measure(state, {{"host", "app.example.com"}, {"authorization", "Bearer " + signToken()}});
}
void sessionCookie(benchmark::State& state) {
  measure(state, {{"host", "app.example.com"},
                  {"cookie", "theme=dark; __session=" + signToken() + "; __client_uat=1749999900"}});
}
void nobody(benchmark::State& state) { measure(state, {{"host", "app.example.com"}}); }

BENCHMARK(bearerToken);
BENCHMARK(sessionCookie);
BENCHMARK(nobody);

}  // namespace
