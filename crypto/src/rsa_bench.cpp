#include <crypto/base64.hpp>
#include <crypto/digest.hpp>
#include <crypto/rsa.hpp>

#include <benchmark/benchmark.h>

namespace {
const std::string message(730, 'm');

void verify(benchmark::State& state) {
  const auto key = crypto::RsaPrivateKey::generate();
  const auto publicKey = key.publicKey();
  const auto signature = key.sign(message);
  for (auto _ : state) benchmark::DoNotOptimize(publicKey.verifies(message, signature));
}
void sign(benchmark::State& state) {
  const auto key = crypto::RsaPrivateKey::generate();
  for (auto _ : state) benchmark::DoNotOptimize(key.sign(message));
}
void digest(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(crypto::sha256(message));
}
void decode(benchmark::State& state) {
  const auto text = crypto::base64urlEncode(message);
  std::string out;
  for (auto _ : state) benchmark::DoNotOptimize(crypto::base64urlDecode(text, out));
}
BENCHMARK(verify);
BENCHMARK(sign);
BENCHMARK(digest);
BENCHMARK(decode);
}  // namespace
