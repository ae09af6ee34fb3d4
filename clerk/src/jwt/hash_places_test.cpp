#include "jwt/hash_places.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace clerk::jwt {

TEST(HashPlaces, finds_what_was_inserted_and_not_erased) {
  constexpr std::size_t capacity = 16;
  HashPlaces places(capacity);
  std::map<HashPlaces::Hash, HashPlaces::Place> expected;
  std::mt19937_64 random(1);
  for (int step = 0; step < 20'000; ++step) {
    // Few numbers, many of which want the same index, and the last ones: what follows them is at the beginning.
    const HashPlaces::Hash hash = (random() % 4) << 32 | (random() % 3 == 0 ? 31 - random() % 2 : random() % 32);
    if (expected.contains(hash)) {
      expected.erase(hash);
      places.erase(hash);
    } else if (expected.size() < capacity) {
      const auto place = static_cast<HashPlaces::Place>(step);
      expected.emplace(hash, place);
      places.insert(hash, place);
    } else {
      places.erase(hash);  // is not there
    }
    for (const auto& [known, place] : expected) ASSERT_EQ(places.find(known), place) << step;
    if (!expected.contains(hash)) {
      ASSERT_FALSE(places.find(hash)) << step;
    }
  }
}

}  // namespace clerk::jwt
