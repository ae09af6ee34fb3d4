#pragma once
// What a connection has received and not used yet.

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::server {

/// Blocks of one size, kept from one use to the next. For one worker.
class BlockPool {
 public:
  static constexpr std::size_t blockSize = 16 * 1024 + 1024;  // a head at its limit, and then some

  BlockPool() { free_.reserve(maxFree); }

  std::unique_ptr<char[]> take() {
    if (free_.empty()) return std::make_unique_for_overwrite<char[]>(blockSize);
    auto block = std::move(free_.back());
    free_.pop_back();
    return block;
  }
  void give(std::unique_ptr<char[]> block) {
    if (free_.size() < maxFree) free_.push_back(std::move(block));
  }

 private:
  static constexpr std::size_t maxFree = 64;
  std::vector<std::unique_ptr<char[]>> free_;
};

/// A run of bytes in a block from the pool, or in a larger one of its own. Holds no memory while it is empty.
class InputBuffer {
 public:
  explicit InputBuffer(BlockPool& pool) noexcept : pool_(&pool) {}
  ~InputBuffer() { release(); }
  InputBuffer(InputBuffer&& other) noexcept { *this = std::move(other); }
  InputBuffer& operator=(InputBuffer&& other) noexcept {
    std::swap(pool_, other.pool_);
    std::swap(memory_, other.memory_);
    std::swap(capacity_, other.capacity_);
    std::swap(begin_, other.begin_);
    std::swap(end_, other.end_);
    return *this;
  }

  std::string_view view() const noexcept { return {memory_.get() + begin_, end_ - begin_}; }
  bool empty() const noexcept { return begin_ == end_; }
  bool holdsMemory() const noexcept { return memory_ != nullptr; }
  std::size_t size() const noexcept { return end_ - begin_; }

  void consume(std::size_t count) noexcept { begin_ += count; }

  /// Room for at least a few kilobytes behind the bytes; may move them.
  std::pair<char*, std::size_t> room() {
    if (!memory_) {
      memory_ = pool_->take();
      capacity_ = BlockPool::blockSize;
      begin_ = end_ = 0;
    }
    if (begin_ == end_) begin_ = end_ = 0;
    if (capacity_ - end_ < minimumRoom && begin_ > 0) {
      std::memmove(memory_.get(), memory_.get() + begin_, size());
      end_ -= begin_;
      begin_ = 0;
    }
    if (capacity_ - end_ < minimumRoom) grow();
    return {memory_.get() + end_, capacity_ - end_};
  }
  void added(std::size_t count) noexcept { end_ += count; }
  void append(std::string_view bytes) {
    while (!bytes.empty()) {
      auto [at, free] = room();
      const auto count = std::min(free, bytes.size());
      std::memcpy(at, bytes.data(), count);
      added(count);
      bytes.remove_prefix(count);
    }
  }

  /// Gives the memory back; what is in it is lost.
  void release() noexcept {
    if (memory_ && capacity_ == BlockPool::blockSize) pool_->give(std::move(memory_));
    memory_.reset();
    capacity_ = begin_ = end_ = 0;
  }

 private:
  static constexpr std::size_t minimumRoom = 1024;

  void grow() {
    auto larger = std::make_unique_for_overwrite<char[]>(capacity_ * 2);
    std::memcpy(larger.get(), memory_.get() + begin_, size());
    const auto bytes = size();
    const auto capacity = capacity_ * 2;
    release();
    memory_ = std::move(larger);
    capacity_ = capacity;
    end_ = bytes;
  }

  BlockPool* pool_ = nullptr;
  std::unique_ptr<char[]> memory_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace fastify::server
