#include "tokens/token_signer.hpp"

#include <async/event_loop.hpp>

#include <benchmark/benchmark.h>

namespace clerk::instance {
namespace {

const crypto::RsaPrivateKey& key() {
  static const auto key = crypto::RsaPrivateKey::generate();
  return key;
}

/// What OpenSSL alone takes: the floor.
void rsaSign(benchmark::State& state) {
  const std::string message(400, 'x');
  for (auto _ : state) benchmark::DoNotOptimize(key().sign(message));
}
BENCHMARK(rsaSign)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// Tokens as flows mint them, 16 at a time, on `range` threads.
void sessionTokens(benchmark::State& state) {
  Settings settings;
  settings.frontendApiHost = "clerk.localhost.test";
  SystemClock clock;
  SystemRandom random;
  async::ThreadPool threads(static_cast<std::size_t>(state.range(0)));
  TokenSigner signer("ins_1", key(), settings, clock, random, threads);
  Session session;
  session.id = "sess_3rWl38ewEgeEcg3RvD4mE1ApB76";
  session.userId = "user_3hxbEkPmd4Zts2sNp0AjoF0rue6";
  session.expireAt = session.abandonAt = clock.now() + std::chrono::hours(1);
  constexpr int batch = 16;
  async::blockOn([&]() -> async::Task<> {
    for (auto _ : state) {
      std::vector<async::Task<std::string>> mints;
      for (int i = 0; i < batch; ++i) mints.push_back(signer.sessionToken(session, {"http://localhost:5070", {}}));
      for (auto& mint : mints) benchmark::DoNotOptimize(co_await mint);
    }
  });
  state.SetItemsProcessed(state.iterations() * batch);
}
BENCHMARK(sessionTokens)->Arg(1)->Arg(2)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
}  // namespace clerk::instance
