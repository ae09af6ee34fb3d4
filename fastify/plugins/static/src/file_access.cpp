#include "file_access.hpp"

#include <fastify/error.hpp>

#include <algorithm>

namespace fastify::detail {
namespace {

constexpr std::size_t chunkSize = 64 * 1024;
// As many as libuv has for Node's file system.
constexpr std::size_t threadCount = 4;

class FileStream final : public Readable {
 public:
  FileStream(std::shared_ptr<FileAccess> access, std::shared_ptr<OpenFile> file, std::uint64_t at, std::uint64_t length)
      : access_(std::move(access)), file_(std::move(file)), at_(at), left_(length) {}

  Task<std::optional<std::string>> read() override {
    if (left_ == 0) co_return std::nullopt;
    auto work = [file = file_, at = at_, size = std::min<std::uint64_t>(left_, chunkSize)](Patience patience) {
      return file->read(at, static_cast<std::size_t>(size), patience);
    };
    auto bytes = FileAccess::now(work);
    if (!bytes) bytes = co_await access_->later(std::move(work));
    // The length has been told: a file that became shorter must not look like a whole one.
    if (bytes->empty()) throw FastifyError(500, "the file became shorter while it was sent");
    at_ += bytes->size();
    left_ -= bytes->size();
    co_return std::move(*bytes);
  }

 private:
  std::shared_ptr<FileAccess> access_;
  std::shared_ptr<OpenFile> file_;
  std::uint64_t at_;
  std::uint64_t left_;
};

}  // namespace

async::ThreadPool& FileAccess::threads() {
  if (stopped_) throw FastifyError(503, "the server is closing");
  if (!threads_) threads_ = std::make_unique<async::ThreadPool>(threadCount);
  return *threads_;
}

void FileAccess::stop() {
  std::unique_ptr<async::ThreadPool> ending;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    ending = std::move(threads_);
  }
}

Stream streamOf(std::shared_ptr<FileAccess> access, std::shared_ptr<OpenFile> file, std::uint64_t at,
                std::uint64_t length) {
  return std::make_shared<FileStream>(std::move(access), std::move(file), at, length);
}

}  // namespace fastify::detail
