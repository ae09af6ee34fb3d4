// Moves the clock of the program that it is preloaded into (LD_PRELOAD): the number of milliseconds in the file that
// FAULTS_CLOCK_FILE names is added to the time of day. Clocks that measure durations stay as they are.

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace {

const std::int64_t* offsetInFile() {
  const char* name = std::getenv("FAULTS_CLOCK_FILE");
  const int file = name ? ::open(name, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return nullptr;
  void* memory = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  return memory == MAP_FAILED ? nullptr : static_cast<const std::int64_t*>(memory);
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const int failed = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
  if (failed != 0 || clock != CLOCK_REALTIME) return failed;
  static const std::int64_t* offset = offsetInFile();
  if (!offset) return 0;
  constexpr std::int64_t billion = 1'000'000'000;
  const auto moved = __atomic_load_n(offset, __ATOMIC_RELAXED);
  auto nanoseconds = time->tv_nsec + (moved % 1000) * 1'000'000;
  time->tv_sec += moved / 1000;
  if (nanoseconds < 0) {
    nanoseconds += billion;
    --time->tv_sec;
  } else if (nanoseconds >= billion) {
    nanoseconds -= billion;
    ++time->tv_sec;
  }
  time->tv_nsec = nanoseconds;
  return 0;
}
