#pragma once
// For those who use Asio themselves: the io_context below an EventLoop. The only header here that includes Asio.

#include <async/event_loop.hpp>

#include <boost/asio/async_result.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>

#include <tuple>
#include <utility>

namespace async {

/// The io_context that `loop` runs; lives as long as the loop.
boost::asio::io_context& ioContext(EventLoop& loop) noexcept;

/// The completion token that makes an Asio operation a task: `co_await timer.async_wait(async::useTask)`. An error code is
/// thrown as boost::system::system_error; one result is the task's value, several are a tuple. The I/O object must
/// belong to the current loop's io_context.
struct UseTask {};
inline constexpr UseTask useTask{};

}  // namespace async

template <class... Results>
class boost::asio::async_result<async::UseTask, void(boost::system::error_code, Results...)> {
  static auto valueOf(std::tuple<Results...> results) {
    if constexpr (sizeof...(Results) == 1) {
      return std::get<0>(std::move(results));
    } else if constexpr (sizeof...(Results) > 1) {
      return results;
    }
  }

 public:
  using return_type = async::Task<decltype(valueOf(std::declval<std::tuple<Results...>>()))>;

  template <class Initiation, class... Arguments>
  static return_type initiate(Initiation initiation, async::UseTask, Arguments... arguments) {
    using Outcome = std::pair<boost::system::error_code, std::tuple<Results...>>;
    async::Deferred<Outcome> ended;
    std::move(initiation)([ended](boost::system::error_code failed, Results... results) {
      ended.resolve(failed, std::tuple<Results...>(std::move(results)...));
    }, std::move(arguments)...);
    auto [failed, results] = co_await ended;
    if (failed) throw boost::system::system_error(failed);
    co_return valueOf(std::move(results));
  }
};
