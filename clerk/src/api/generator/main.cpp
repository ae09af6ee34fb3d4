// clerk_sdk_generator ROOT [--check] [--methods FILE] [--classes FILE]: writes what is made of the tables of methods
// and classes: the headers of <clerk/api/…>, the sources behind them, the calls of the conformance test and
// docs/sdk-methods.md. With
// --check nothing is written, and what is not as it would be is an error; the methods and classes of the FILEs must be
// in the tables.

#include "outputs.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

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

/// True when there are none; else they are told.
bool noProblems(const std::string& file, const std::vector<std::string>& problems) {
  for (const auto& problem : problems) std::fprintf(stderr, "%s: %s\n", file.c_str(), problem.c_str());
  return problems.empty();
}

}  // namespace

int main(int count, char** values) {
  std::filesystem::path root;
  std::string methods, classes;
  bool check = false;
  for (int i = 1; i < count; ++i) {
    const std::string word = values[i];
    if (word == "--check") {
      check = true;
    } else if (word == "--methods" && i + 1 < count) {
      methods = values[++i];
    } else if (word == "--classes" && i + 1 < count) {
      classes = values[++i];
    } else {
      root = word;
    }
  }
  if (root.empty()) {
    std::fputs("usage: clerk_sdk_generator ROOT [--check] [--methods FILE] [--classes FILE]\n", stderr);
    return 2;
  }
  bool good = true;
  const auto outputs = generator::outputs();
  for (const auto& [path, text] : outputs) good = settle(root / path, text, check) && good;
  if (!methods.empty()) good = noProblems(methods, generator::methodDifferences(contentOf(methods))) && good;
  if (!classes.empty()) good = noProblems(classes, generator::classDifferences(contentOf(classes))) && good;
  if (good) std::printf("%zu files as the tables say\n", outputs.size());
  return good ? 0 : 1;
}
