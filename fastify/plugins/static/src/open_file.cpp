#include "open_file.hpp"

#include <fastify/error.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace fastify::detail {
namespace {

constexpr std::size_t chunkSize = 64 * 1024;

bool meansNothing(int error) noexcept {
  return error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG || error == ENXIO || error == ELOOP;
}

class FileStream final : public Readable {
 public:
  FileStream(std::shared_ptr<OpenFile> file, std::uint64_t at, std::uint64_t length)
      : file_(std::move(file)), at_(at), left_(length) {}
  Task<std::optional<std::string>> read() override {
    if (left_ == 0) co_return std::nullopt;
    auto bytes = file_->read(at_, static_cast<std::size_t>(std::min<std::uint64_t>(left_, chunkSize)));
    // The length has been told: a file that became shorter must not look like a whole one.
    if (bytes.empty()) throw FastifyError(500, "the file became shorter while it was sent");
    at_ += bytes.size();
    left_ -= bytes.size();
    co_return bytes;
  }

 private:
  std::shared_ptr<OpenFile> file_;
  std::uint64_t at_;
  std::uint64_t left_;
};

}  // namespace

OpenFile::Found OpenFile::open(const std::string& path, std::shared_ptr<OpenFile>& file) {
  // Not blocking: a pipe in the folder must not stop the server.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) {
    if (meansNothing(errno)) return Found::Nothing;
    throw FastifyError(500, "the file cannot be opened");
  }
  std::shared_ptr<OpenFile> opened(new OpenFile(path, descriptor));
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) throw FastifyError(500, "the file cannot be opened");
  if (S_ISDIR(status.st_mode)) return Found::Folder;
  if (!S_ISREG(status.st_mode)) return Found::Nothing;
  opened->size_ = static_cast<std::uint64_t>(status.st_size);
  opened->modified_ = static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1000 + status.st_mtim.tv_nsec / 1'000'000;
  file = std::move(opened);
  return Found::File;
}

OpenFile::~OpenFile() { ::close(descriptor_); }

std::string OpenFile::read(std::uint64_t at, std::size_t length) const {
  std::string bytes(length, '\0');
  ssize_t got = 0;
  do got = ::pread(descriptor_, bytes.data(), length, static_cast<off_t>(at));
  while (got < 0 && errno == EINTR);
  if (got < 0) throw FastifyError(500, "the file cannot be read");
  bytes.resize(static_cast<std::size_t>(got));
  return bytes;
}

Stream streamOf(std::shared_ptr<OpenFile> file, std::uint64_t at, std::uint64_t length) {
  return std::make_shared<FileStream>(std::move(file), at, length);
}

}  // namespace fastify::detail
