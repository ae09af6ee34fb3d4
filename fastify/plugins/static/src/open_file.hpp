#pragma once
// A regular file that is open for reading.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace fastify::detail {

/// `FromCache`: only what the kernel has in memory; the disk is not waited for.
enum class Patience { FromCache, Blocking };

/// Thrown with `Patience::FromCache`: the answer lies on the disk, or this file system cannot say.
struct WouldBlock {};

class OpenFile {
 public:
  enum class Found { File, Folder, Nothing };
  /// Opens `path` when it is a regular file. Throws FastifyError 500 when it is there and cannot be read.
  static Found open(const std::string& path, std::shared_ptr<OpenFile>& file, Patience patience);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  std::uint64_t size() const noexcept { return size_; }
  /// Milliseconds since 1970.
  std::int64_t modified() const noexcept { return modified_; }
  const std::string& path() const noexcept { return path_; }
  /// Up to `length` bytes; fewer at the end of the file, or where the kernel's memory of it ends. Throws FastifyError
  /// when it cannot be read. From any thread.
  std::string read(std::uint64_t at, std::size_t length, Patience patience) const;

 private:
  OpenFile(std::string path, int descriptor) noexcept : path_(std::move(path)), descriptor_(descriptor) {}
  std::string path_;
  int descriptor_;
  std::uint64_t size_ = 0;
  std::int64_t modified_ = 0;
};

}  // namespace fastify::detail
