#include "../../support/process_usage.hpp"
#include "histogram.hpp"

#include <ecmascript/number.hpp>

#include <sys/resource.h>
#include <time.h>

#include <filesystem>

namespace fastify::detail {
namespace {

void add(std::string& text, const char* name, const char* type, const char* help, double value) {
  text += std::string("# HELP ") + name + " " + help + "\n# TYPE " + name + " " + type + "\n" + name + " " +
          ecmascript::toString(value) + "\n";
}

double secondsOf(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// Seconds since 1970 when this program's metrics began, which is when it started as far as it can tell.
double startTime() {
  static const double started = static_cast<double>(::time(nullptr));
  return started;
}

double openFiles() {
  std::error_code failed;
  std::filesystem::directory_iterator files("/proc/self/fd", failed);
  double count = 0;
  for (; !failed && files != std::filesystem::end(files); files.increment(failed)) ++count;
  return count - 1;  // the iterator's own
}

}  // namespace

void writeProcessMetrics(std::string& text) {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const double user = secondsOf(usage.ru_utime), system = secondsOf(usage.ru_stime);
  add(text, "process_cpu_user_seconds_total", "counter", "Total user CPU time spent in seconds.", user);
  add(text, "process_cpu_system_seconds_total", "counter", "Total system CPU time spent in seconds.", system);
  add(text, "process_cpu_seconds_total", "counter", "Total user and system CPU time spent in seconds.", user + system);
  add(text, "process_start_time_seconds", "gauge", "Start time of the process since unix epoch in seconds.",
      startTime());
  const auto memory = processMemory();
  add(text, "process_resident_memory_bytes", "gauge", "Resident memory size in bytes.",
      static_cast<double>(memory.rssBytes));
  add(text, "process_virtual_memory_bytes", "gauge", "Virtual memory size in bytes.",
      static_cast<double>(memory.virtualBytes));
  add(text, "process_heap_bytes", "gauge", "Process heap size in bytes.", static_cast<double>(heapUsedBytes()));
  add(text, "process_open_fds", "gauge", "Number of open file descriptors.", openFiles());
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  add(text, "process_max_fds", "gauge", "Maximum number of open file descriptors.",
      static_cast<double>(limit.rlim_cur));
}

}  // namespace fastify::detail
