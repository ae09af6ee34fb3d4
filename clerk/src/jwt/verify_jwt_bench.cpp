#include <clerk/jwt.hpp>

#include "jwt/test_tokens.hpp"

#include <benchmark/benchmark.h>

namespace {
using namespace clerk::test;

const clerk::VerifyJwtOptions& options() {
  static const clerk::VerifyJwtOptions made{.key = publicPem(), .runtime = runtimeAt(kNow * 1000)};
  return made;
}

boost::json::object realisticClaims(int number) {
  auto claims = sessionClaims();
  claims["jti"] = "1f3f2a2b8c0d4e5f" + std::to_string(number);
  claims["sub"] = "user_2abcDEFghiJKLmnoPQRstuVWXyz";
  claims["sid"] = "sess_2abcDEFghiJKLmnoPQRstuVWXyz";
  claims["o"] = {{"id", "org_2abcDEFghiJKLmnoPQRstuVWXyz"}, {"rol", "admin"}, {"slg", "acme"}};
  return claims;
}

void seenBefore(benchmark::State& state) {
  const auto token = signToken(realisticClaims(0));
  for (auto _ : state) benchmark::DoNotOptimize(clerk::verifyJwt(token, options()));
}

/// More tokens than a thread keeps: none is known when its turn comes.
void neverSeen(benchmark::State& state) {
  std::vector<std::string> tokens;
  for (int i = 0; i < 5000; ++i) tokens.push_back(signToken(realisticClaims(i)));
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(clerk::verifyJwt(tokens[next++ % tokens.size()], options()));
}
BENCHMARK(seenBefore);
BENCHMARK(neverSeen);
}  // namespace
