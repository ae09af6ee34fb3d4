#include "open_file.hpp"

#include <fastify/error.hpp>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>

namespace fastify::detail {
namespace {

// Not blocking: a pipe in the folder must not stop the server.
constexpr int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

bool meansNothing(int error) noexcept {
  return error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG || error == ENXIO || error == ELOOP;
}

int openDescriptor(const std::string& path, Patience patience) {
  if (patience == Patience::Blocking) return ::open(path.c_str(), flags);
  open_how how{};
  how.flags = flags;
  how.resolve = RESOLVE_CACHED;
  const auto descriptor = static_cast<int>(::syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof how));
  // The last ones: kernels before 5.12, and what a container's filter says to calls that it does not know.
  if (descriptor < 0 && (errno == EAGAIN || errno == ENOSYS || errno == EINVAL || errno == EPERM)) throw WouldBlock();
  return descriptor;
}

}  // namespace

OpenFile::Found OpenFile::open(const std::string& path, std::shared_ptr<OpenFile>& file, Patience patience) {
  const int descriptor = openDescriptor(path, patience);
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

std::string OpenFile::read(std::uint64_t at, std::size_t length, Patience patience) const {
  std::string bytes(length, '\0');
  const iovec place{bytes.data(), length};
  const int how = patience == Patience::FromCache ? RWF_NOWAIT : 0;
  ssize_t got = 0;
  do got = ::preadv2(descriptor_, &place, 1, static_cast<off_t>(at), how);
  while (got < 0 && errno == EINTR);
  if (got < 0 && patience == Patience::FromCache) throw WouldBlock();  // what is wrong is told where it may block
  if (got < 0) throw FastifyError(500, "the file cannot be read");
  bytes.resize(static_cast<std::size_t>(got));
  return bytes;
}

}  // namespace fastify::detail
