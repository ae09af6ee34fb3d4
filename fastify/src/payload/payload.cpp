#include <fastify/body.hpp>
#include <fastify/payload.hpp>

namespace fastify {
namespace {

class ChunkList final : public Readable {
 public:
  explicit ChunkList(std::vector<std::string> chunks) : chunks_(std::move(chunks)) {}
  Task<std::optional<std::string>> read() override {
    if (next_ == chunks_.size()) co_return std::nullopt;
    co_return std::move(chunks_[next_++]);
  }

 private:
  std::vector<std::string> chunks_;
  std::size_t next_ = 0;
};

class Generator final : public Readable {
 public:
  explicit Generator(std::function<Task<std::optional<std::string>>()> next) : next_(std::move(next)) {}
  Task<std::optional<std::string>> read() override { return next_(); }

 private:
  std::function<Task<std::optional<std::string>>()> next_;
};

}  // namespace

Stream Readable::from(std::vector<std::string> chunks) { return std::make_shared<ChunkList>(std::move(chunks)); }
Stream Readable::from(std::function<Task<std::optional<std::string>>()> next) {
  return std::make_shared<Generator>(std::move(next));
}

Json& RequestBody::json() {
  if (auto* json = std::get_if<Json>(&value_)) return *json;
  // Reading a body that is none gives null, which is shared and stays null.
  thread_local Json nothing;
  nothing = nullptr;
  return nothing;
}

const Json& RequestBody::json() const {
  static const Json nothing;
  auto* json = std::get_if<Json>(&value_);
  return json ? *json : nothing;
}

}  // namespace fastify
