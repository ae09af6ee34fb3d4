// Replays every input that the fuzzers have found worth keeping, whole, cut short and with a byte changed.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#define FUZZ_TARGET(name)            \
  namespace fuzz {                   \
  void name(std::string_view input); \
  }
#include "fuzz_targets.inc"
#undef FUZZ_TARGET

namespace {

struct Target {
  const char* name;
  void (*run)(std::string_view input);
};

constexpr Target targets[] = {
#define FUZZ_TARGET(name) {#name, fuzz::name},
#include "fuzz_targets.inc"
#undef FUZZ_TARGET
};

std::string contentOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class Corpus : public testing::TestWithParam<Target> {};

TEST_P(Corpus, is_taken_without_harm) {
  const auto folder = std::filesystem::path(CORPUS_FOLDER) / GetParam().name;
  std::size_t inputs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto input = contentOf(entry.path());
    GetParam().run(input);
    for (std::size_t at = 0; at < input.size(); at += 1 + input.size() / 64) {
      GetParam().run(std::string_view(input).substr(0, at));
      auto changed = input;
      changed[at] = static_cast<char>(changed[at] ^ 0x80);
      GetParam().run(changed);
      changed[at] = '\n';
      GetParam().run(changed);
    }
    ++inputs;
  }
  EXPECT_GT(inputs, 0u) << folder;
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus, testing::ValuesIn(targets), [](const auto& info) { return info.param.name; });

}  // namespace
