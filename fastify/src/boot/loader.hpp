#pragma once
// The order in which plugins, and what waits for them, are loaded: one after another, each with everything that it
// registers itself before the next. Fastify gets this order from avvio.

#include <async/task.hpp>

#include <chrono>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fastify::boot {

/// Knows nothing of scopes: an entry is a name and something to run. Belongs to the thread that builds the application.
class Loader {
 public:
  explicit Loader(std::chrono::milliseconds timeout);
  ~Loader();

  /// Runs `start` when its turn comes, within `timeout`; what it adds meanwhile comes before what follows it.
  void addPlugin(std::string name, std::function<async::Task<>()> start);
  /// Runs `step` when everything added before is loaded; is skipped when that failed.
  void addStep(std::function<void()> step);
  /// The same, but it is given the failure (or nullptr), which is then over.
  void addAfter(std::function<void(std::exception_ptr)> callback);

  /// Loads what the plugin that is being loaded (or the root) has added so far. Throws a failure that nobody took.
  void loadPending();
  /// Loads all and closes the loader. Throws the first failure that nobody took.
  void finish();
  /// True from the moment `finish` ended.
  bool finished() const noexcept { return finished_; }

  /// The plugins and how long each took, as a tree.
  struct Loaded {
    std::string name;
    std::chrono::milliseconds duration{0};
    std::vector<std::unique_ptr<Loaded>> children;
  };
  const Loaded& tree() const noexcept { return root_; }

 private:
  struct Entry;
  struct Node;
  void add(Entry entry);
  void drain(Node& node);
  void run(Entry& entry, Node& parent);
  void runPlugin(Entry& entry, Node& parent);

  std::chrono::milliseconds timeout_;
  Loaded root_;
  std::unique_ptr<Node> rootNode_;
  Node* current_;
  std::exception_ptr failure_;
  bool finished_ = false;
};

/// Runs something of the start-up to its end on this thread, and throws what it throws. False when it took longer than
/// `timeout` (0: no limit).
bool driveToEnd(const std::function<async::Task<>()>& start, std::chrono::milliseconds timeout);

}  // namespace fastify::boot
