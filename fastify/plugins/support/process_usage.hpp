#pragma once
// What the operating system says of this process.

#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>

#include <malloc.h>

namespace fastify::detail {

struct ProcessMemory {
  std::uint64_t virtualBytes = 0;
  std::uint64_t rssBytes = 0;
};

/// Zeros when /proc is not there.
inline ProcessMemory processMemory() {
  ProcessMemory memory;
  if (std::FILE* file = std::fopen("/proc/self/statm", "re")) {
    unsigned long long pages = 0, resident = 0;
    if (std::fscanf(file, "%llu %llu", &pages, &resident) == 2) {
      const auto size = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
      memory = {pages * size, resident * size};
    }
    std::fclose(file);
  }
  return memory;
}

/// Bytes that the program has from malloc.
inline std::uint64_t heapUsedBytes() { return static_cast<std::uint64_t>(::mallinfo2().uordblks); }

}  // namespace fastify::detail
