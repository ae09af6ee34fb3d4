#pragma once
// A part of a list.

#include <cstdint>
#include <vector>

namespace clerk::instance {

struct PageRequest {
  std::int64_t limit = 10;
  std::int64_t offset = 0;
};

template <class T>
struct Page {
  std::vector<T> data;
  std::int64_t totalCount = 0;
};

}  // namespace clerk::instance
