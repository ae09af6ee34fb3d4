#include "runtime/runtime.hpp"

#include <async/event_loop.hpp>
#include <crypto/random.hpp>

#include <cstdio>
#include <cstdlib>

namespace clerk {

Runtime::Runtime(RuntimeHooks hooks) : hooks_(std::move(hooks)), state_(std::make_unique<State>()) {}
Runtime::~Runtime() = default;

const std::shared_ptr<Runtime>& Runtime::process() {
  static const auto runtime = std::make_shared<Runtime>();
  return runtime;
}

std::chrono::system_clock::time_point Runtime::now() const {
  return hooks_.now ? hooks_.now() : std::chrono::system_clock::now();
}

async::Task<> Runtime::sleep(std::chrono::milliseconds duration) const {
  return hooks_.sleep ? hooks_.sleep(duration) : async::sleep(duration);
}

double Runtime::random() const {
  constexpr std::uint64_t steps = 1ULL << 53;
  return hooks_.random ? hooks_.random() : static_cast<double>(crypto::randomBelow(steps)) / static_cast<double>(steps);
}

async::Task<fetch::Response> Runtime::fetch(fetch::Request request) const {
  return hooks_.fetch ? hooks_.fetch(std::move(request)) : fetch::fetch(std::move(request));
}

namespace {

StreamedAnswer inOnePiece(fetch::Response response) {
  auto body = std::make_shared<std::optional<std::string>>(std::exchange(response.body, {}));
  if ((*body)->empty()) body->reset();
  return {std::move(response),
          [body]() -> async::Task<std::optional<std::string>> { co_return std::exchange(*body, std::nullopt); }};
}

}  // namespace

async::Task<StreamedAnswer> Runtime::open(fetch::Request request) const {
  if (hooks_.fetch) {
    while (auto piece = request.bodySource ? co_await request.bodySource() : std::nullopt) request.body += *piece;
    request.bodySource = nullptr;
    if (request.bodySize) request.headers.emplace_back("content-length", std::to_string(*request.bodySize));
    co_return inOnePiece(co_await hooks_.fetch(std::move(request)));
  }
  auto stream = std::make_shared<fetch::Stream>(co_await fetch::open(std::move(request)));
  fetch::Response head = stream->head();
  co_return StreamedAnswer{std::move(head), [stream] { return stream->read(); }};
}

std::optional<std::string> Runtime::environment(std::string_view name) const {
  if (hooks_.environment) return hooks_.environment(name);
  const char* value = std::getenv(std::string(name).c_str());
  if (!value) return {};
  return value;
}

void Runtime::log(LogLevel level, std::string_view text) const {
  if (hooks_.log) {
    hooks_.log(level, text);
  } else {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(text.size()), text.data());
  }
}

void Runtime::warnOnce(std::string_view text) const {
  {
    const std::lock_guard lock(state_->mutex);
    if (!state_->warned.emplace(text).second) return;
  }
  log(LogLevel::Warn, text);
}

}  // namespace clerk
