#include "strategies/cbor.hpp"

#include <gtest/gtest.h>

namespace clerk::instance::cbor {
namespace {

std::string fromHex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

TEST(Cbor, reads_the_examples_of_rfc_8949) {
  // RFC 8949, appendix A.
  const std::pair<std::string_view, std::int64_t> numbers[] = {{"00", 0},
                                                               {"17", 23},
                                                               {"1818", 24},
                                                               {"190100", 256},
                                                               {"1a000f4240", 1000000},
                                                               {"20", -1},
                                                               {"3863", -100},
                                                               {"1b000000e8d4a51000", 1000000000000}};
  for (const auto& [hex, number] : numbers) {
    const auto bytes = fromHex(hex);
    const auto item = parse(bytes);
    ASSERT_TRUE(item) << hex;
    EXPECT_EQ(item->first.number, number) << hex;
    EXPECT_EQ(item->second, bytes.size()) << hex;
  }
  const auto map = fromHex("a26161016162820203");
  const auto item = parse(map);
  ASSERT_TRUE(item);
  ASSERT_TRUE(item->first.find("a"));
  EXPECT_EQ(item->first.find("a")->number, 1);
  EXPECT_EQ(item->first.find("b")->items.size(), 2u);
  EXPECT_FALSE(item->first.find("c"));
}

TEST(Cbor, leaves_what_follows) {
  const auto bytes = fromHex("4401020304ff");
  const auto item = parse(bytes);
  ASSERT_TRUE(item);
  EXPECT_EQ(item->first.text.size(), 4u);
  EXPECT_EQ(item->second, 5u);
}

TEST(Cbor, refuses_what_lies_or_has_no_end) {
  for (const std::string_view hex :
       {"", "18", "19ff", "1c", "5f", "9fff", "bf", "44010203", "5bffffffffffffffff", "9bffffffffffffffff",
        "bbffffffffffffffff", "a1", "a101", "c000", "f93c00", "fb3ff199999999999a", "f8ff", "1bffffffffffffffff",
        "81818181818181818181818181"}) {
    EXPECT_FALSE(parse(fromHex(hex))) << hex;
  }
}

TEST(Cbor, gives_up_on_too_many_items) {
  std::string list = fromHex("190800");
  list[0] = static_cast<char>(0x99);
  EXPECT_FALSE(parse(list + std::string(0x0800, '\0')));
}

}  // namespace
}  // namespace clerk::instance::cbor
