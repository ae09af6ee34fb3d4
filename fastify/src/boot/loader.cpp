#include "loader.hpp"

#include <fastify/error.hpp>

#include <async/event_loop.hpp>

#include <utility>

namespace fastify::boot {

struct Loader::Entry {
  enum class Kind { Plugin, Step, After };
  Kind kind;
  std::string name;
  std::function<async::Task<>()> start;
  std::function<void()> step;
  std::function<void(std::exception_ptr)> after;
};

struct Loader::Node {
  std::deque<Entry> queue;
  Loaded* loaded;
};

Loader::Loader(std::chrono::milliseconds timeout)
    : timeout_(timeout),
      root_{"root", {}, {}},
      rootNode_(std::make_unique<Node>(Node{{}, &root_})),
      current_(rootNode_.get()) {}
Loader::~Loader() = default;

void Loader::add(Entry entry) {
  if (finished_) throw FastifyError(500, "AVV_ERR_ROOT_PLG_BOOTED", "Root plugin has already booted");
  current_->queue.push_back(std::move(entry));
}

void Loader::addPlugin(std::string name, std::function<async::Task<>()> start) {
  add({Entry::Kind::Plugin, std::move(name), std::move(start), {}, {}});
}
void Loader::addStep(std::function<void()> step) { add({Entry::Kind::Step, {}, {}, std::move(step), {}}); }
void Loader::addAfter(std::function<void(std::exception_ptr)> callback) {
  add({Entry::Kind::After, {}, {}, {}, std::move(callback)});
}

void Loader::drain(Node& node) {
  while (!node.queue.empty()) {
    auto entry = std::move(node.queue.front());
    node.queue.pop_front();
    run(entry, node);
  }
}

void Loader::run(Entry& entry, Node& parent) {
  if (failure_ && entry.kind != Entry::Kind::After) return;
  try {
    switch (entry.kind) {
      case Entry::Kind::Plugin: return runPlugin(entry, parent);
      case Entry::Kind::Step: return entry.step();
      case Entry::Kind::After: return entry.after(std::exchange(failure_, nullptr));
    }
  } catch (...) {
    failure_ = std::current_exception();
  }
}

void Loader::runPlugin(Entry& entry, Node& parent) {
  const auto startedAt = std::chrono::steady_clock::now();
  auto& loaded = *parent.loaded->children.emplace_back(std::make_unique<Loaded>(Loaded{entry.name, {}, {}}));
  Node node{{}, &loaded};
  struct Turn {
    Turn(Node*& current, Node& node) : current(current), before(std::exchange(current, &node)) {}
    ~Turn() { current = before; }
    Node*& current;
    Node* before;
  } turn(current_, node);
  if (!driveToEnd(entry.start, timeout_)) {
    throw FastifyError(500, "FST_ERR_PLUGIN_TIMEOUT",
                       "fastify-plugin: Plugin did not start in time: '" + entry.name +
                           "'. You may have forgotten to call 'done' function or to resolve a Promise");
  }
  drain(node);
  loaded.duration = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - startedAt);
}

void Loader::loadPending() {
  drain(*current_);
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void Loader::finish() {
  drain(*rootNode_);
  if (failure_) std::rethrow_exception(failure_);
  finished_ = true;
}

bool driveToEnd(const std::function<async::Task<>()>& start, std::chrono::milliseconds timeout) {
  async::EventLoop own;
  // A loop that is there already (`after()` inside a coroutine plugin, say) drives what waits on it.
  auto* loop = async::EventLoop::find();
  if (!loop) loop = &own;
  async::Task<> task;
  std::exception_ptr thrown;
  bool started = false;
  bool late = false;
  // The task must find a current loop from its first line on.
  loop->post([&] {
    try {
      task = start();
    } catch (...) {
      thrown = std::current_exception();
    }
    started = true;
  });
  async::EventLoop::Timer timer(*loop);
  if (timeout.count() > 0) timer.start(timeout, [&] { late = true; });
  auto ended = [&] { return started && (thrown || !task.valid() || task.ready()); };
  loop->runUntil([&] { return late || ended(); });
  if (!ended()) return false;
  if (thrown) std::rethrow_exception(thrown);
  if (task.valid()) task.take();
  return true;
}

}  // namespace fastify::boot
