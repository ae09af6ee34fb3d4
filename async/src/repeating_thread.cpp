#include <async/repeating_thread.hpp>

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <utility>

namespace async {

RepeatingThread::RepeatingThread(std::chrono::milliseconds pause, std::function<bool()> work, Begin begin)
    : thread_([pause, work = std::move(work), begin](std::stop_token stop) {
        std::mutex mutex;
        std::condition_variable_any stopped;
        bool more = begin == Begin::AtOnce;
        while (!stop.stop_requested()) {
          if (!more) {
            std::unique_lock lock(mutex);
            if (stopped.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); })) return;
          }
          more = work();
        }
      }) {}

}  // namespace async
