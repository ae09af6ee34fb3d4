#pragma once
// What the SDK takes from outside: clock, randomness, network, environment, log. Real by default; tests give their own.

#include <async/task.hpp>
#include <fetch/fetch.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace clerk {

enum class LogLevel { Info, Warn, Error };

/// What may be replaced. An empty member means the real thing.
struct RuntimeHooks {
  std::function<std::chrono::system_clock::time_point()> now;
  /// Waits between retries.
  std::function<async::Task<>(std::chrono::milliseconds)> sleep;
  /// Spreads retries; in [0, 1).
  std::function<double()> random;
  /// Sends one HTTP request; throws fetch::Error when there is no answer.
  std::function<async::Task<fetch::Response>(fetch::Request)> fetch;
  std::function<std::optional<std::string>(std::string_view)> environment;
  /// Lines for the developer, such as a redirect loop; never secrets. The real one writes to stderr.
  std::function<void(LogLevel, std::string_view)> log;
};

/// An answer whose body is read piece by piece.
struct StreamedAnswer {
  /// Status and headers; the body is empty.
  fetch::Response head;
  /// The next piece; nullopt at the end. One call at a time, on the loop that opened it.
  std::function<async::Task<std::optional<std::string>>()> read;
};

/// The outside, and what the SDK keeps of it for the life of a process: the key sets that were fetched, and which
/// warnings were given. Safe from any thread when the hooks are.
class Runtime {
 public:
  explicit Runtime(RuntimeHooks hooks = {});
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// The one that everything uses unless it is given another.
  static const std::shared_ptr<Runtime>& process();

  std::chrono::system_clock::time_point now() const;
  async::Task<> sleep(std::chrono::milliseconds duration) const;
  double random() const;
  async::Task<fetch::Response> fetch(fetch::Request request) const;
  /// Returns as soon as the answer's headers are there. With a hook for `fetch`, body and answer are in one piece.
  async::Task<StreamedAnswer> open(fetch::Request request) const;
  std::optional<std::string> environment(std::string_view name) const;
  void log(LogLevel level, std::string_view text) const;
  /// Logs at most once in this runtime's life.
  void warnOnce(std::string_view text) const;

  struct State;
  State& state() const noexcept { return *state_; }

 private:
  RuntimeHooks hooks_;
  std::unique_ptr<State> state_;
};

/// `runtime`, or the process's.
inline const std::shared_ptr<Runtime>& runtimeOr(const std::shared_ptr<Runtime>& runtime) {
  return runtime ? runtime : Runtime::process();
}

}  // namespace clerk
