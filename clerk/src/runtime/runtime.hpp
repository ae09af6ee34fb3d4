#pragma once
// What a Runtime keeps for the life of a process.

#include <clerk/runtime.hpp>

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <typeindex>
#include <unordered_map>

namespace clerk {

struct Runtime::State {
  std::mutex mutex;
  std::set<std::string, std::less<>> warned;
  std::unordered_map<std::type_index, std::shared_ptr<void>> kept;

  /// The runtime's one T, made when first asked for.
  template <class T>
  T& get() {
    const std::lock_guard lock(mutex);
    auto& slot = kept[typeid(T)];
    if (!slot) slot = std::make_shared<T>();
    return *static_cast<T*>(slot.get());
  }
};

}  // namespace clerk
