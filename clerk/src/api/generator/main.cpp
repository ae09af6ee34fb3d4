// clerk_sdk_generator ROOT [--check] [--inventory FILE]: writes what is made of the tables of methods and classes: the
// headers of <clerk/api/…>, the sources behind them, the calls of the conformance test and docs/sdk-methods.md. With
// --check nothing is written, and what is not as it would be is an error; with --inventory the methods of FILE must be
// those of the table.

#include "outputs.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

std::string contentOf(const std::filesystem::path& path) {
  std::ifstream input(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(input), {}};
}

/// False when the file is not as it should be and may not be written.
bool settle(const std::filesystem::path& path, const std::string& text, bool check) {
  if (contentOf(path) == text) return true;
  if (check) {
    std::fprintf(stderr, "%s is not what the tables say: run `clerk_sdk_generator <root>`.\n", path.c_str());
    return false;
  }
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
  return true;
}

}  // namespace

int main(int count, char** values) {
  std::filesystem::path root;
  std::string inventory;
  bool check = false;
  for (int i = 1; i < count; ++i) {
    const std::string word = values[i];
    if (word == "--check") {
      check = true;
    } else if (word == "--inventory" && i + 1 < count) {
      inventory = values[++i];
    } else {
      root = word;
    }
  }
  if (root.empty()) {
    std::fputs("usage: clerk_sdk_generator ROOT [--check] [--inventory FILE]\n", stderr);
    return 2;
  }
  bool good = true;
  const auto outputs = generator::outputs();
  for (const auto& [path, text] : outputs) good = settle(root / path, text, check) && good;
  if (!inventory.empty()) {
    const auto problems = generator::differencesFrom(contentOf(inventory));
    for (const auto& problem : problems) std::fprintf(stderr, "%s: %s\n", inventory.c_str(), problem.c_str());
    good = problems.empty() && good;
  }
  if (good) std::printf("%zu files as the tables say\n", outputs.size());
  return good ? 0 : 1;
}
