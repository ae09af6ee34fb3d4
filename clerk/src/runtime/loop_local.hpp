#pragma once
// State that belongs to one EventLoop and goes with it.

#include <async/event_loop.hpp>

#include <memory>
#include <typeindex>

namespace clerk {

namespace detail {
std::shared_ptr<void>& loopSlot(async::EventLoop& loop, std::type_index type);
}

/// The loop's one T, made when first asked for. For the loop's thread.
template <class T>
T& loopLocal(async::EventLoop& loop) {
  auto& slot = detail::loopSlot(loop, typeid(T));
  if (!slot) slot = std::make_shared<T>();
  return *static_cast<T*>(slot.get());
}

}  // namespace clerk
