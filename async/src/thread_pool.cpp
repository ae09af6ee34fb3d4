#include <async/asio.hpp>
#include <async/thread_pool.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

namespace async {
namespace asio = boost::asio;

struct ThreadPool::Impl {
  explicit Impl(std::size_t threads) : pool(threads) {}
  asio::thread_pool pool;
};

ThreadPool::ThreadPool(std::size_t threads) : impl_(std::make_unique<Impl>(threads)) {}
ThreadPool::~ThreadPool() { impl_->pool.join(); }

void ThreadPool::post(EventLoop& loop, std::function<void()> work, std::function<void()> finished) {
  // The guard keeps runUntilIdle() waiting while the work is on another thread.
  auto guard = asio::make_work_guard(ioContext(loop));
  asio::post(impl_->pool, [&loop, guard, work = std::move(work), finished = std::move(finished)]() mutable {
    work();
    work = nullptr;
    // The guard goes home with the answer: the loop may be gone as soon as that was given.
    loop.post([guard = std::move(guard), finished = std::move(finished)] { finished(); });
  });
}

}  // namespace async
