#pragma once
// Reads the Wycheproof vectors from the folder that CLERK_CPP_SUITES names; without it the tests skip.

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace wycheproof {

inline std::string fromHex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

inline std::string bytes(const boost::json::object& object, std::string_view key) {
  return fromHex(object.at(key).as_string());
}

/// Calls `check(group, test)` for every test of a file.
template <class Check>
void forEachTest(const std::string& file, Check check) {
  const char* suites = std::getenv("CLERK_CPP_SUITES");
  if (!suites) GTEST_SKIP() << "skipped: no suites (set CLERK_CPP_SUITES)";
  std::ifstream input(std::string(suites) + "/wycheproof/" + file);
  ASSERT_TRUE(input) << file;
  const std::string text{std::istreambuf_iterator<char>(input), {}};
  const auto document = boost::json::parse(text);
  for (const auto& group : document.at("testGroups").as_array()) {
    for (const auto& test : group.at("tests").as_array()) check(group.as_object(), test.as_object());
  }
}

}  // namespace wycheproof
