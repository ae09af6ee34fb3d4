#pragma once
// A regular file that is open for reading.

#include <fastify/payload.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace fastify::detail {

class OpenFile {
 public:
  enum class Found { File, Folder, Nothing };
  /// Opens `path` when it is a regular file. Throws FastifyError 500 when it is there and cannot be read.
  static Found open(const std::string& path, std::shared_ptr<OpenFile>& file);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  std::uint64_t size() const noexcept { return size_; }
  /// Milliseconds since 1970.
  std::int64_t modified() const noexcept { return modified_; }
  const std::string& path() const noexcept { return path_; }
  /// Up to `length` bytes; fewer at the end of the file. Throws FastifyError when it cannot be read.
  std::string read(std::uint64_t at, std::size_t length) const;

 private:
  OpenFile(std::string path, int descriptor) noexcept : path_(std::move(path)), descriptor_(descriptor) {}
  std::string path_;
  int descriptor_;
  std::uint64_t size_ = 0;
  std::int64_t modified_ = 0;
};

/// `length` bytes of `file` from `at` on, 64 KiB at a time: as much memory as that, however large the file is.
Stream streamOf(std::shared_ptr<OpenFile> file, std::uint64_t at, std::uint64_t length);

}  // namespace fastify::detail
