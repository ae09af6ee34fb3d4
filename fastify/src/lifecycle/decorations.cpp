#include "decorations.hpp"

#include <algorithm>
#include <atomic>

namespace fastify {

void* decorationOf(Exchange::State& state, const DecorationTable* table, std::vector<void*>& slots, std::size_t id,
                   const std::string& name) {
  const int slot = table ? table->slot(id) : -1;
  if (slot < 0) {
    throw FastifyError(500, "FST_ERR_DEC_UNDECLARED",
                       "No decorator '" + name + "' has been declared on this instance.");
  }
  if (slots.empty()) slots.resize(table->factories.size());
  auto& place = slots[static_cast<std::size_t>(slot)];
  if (!place) {
    const auto& factory = table->factories[static_cast<std::size_t>(slot)];
    void* memory = state.memory.allocate(std::max<std::size_t>(factory.size, 1), factory.alignment);
    factory.construct(memory);
    place = memory;
  }
  return place;
}

void destroyDecorations(const DecorationTable* table, std::vector<void*>& slots) noexcept {
  for (std::size_t slot = 0; slot < slots.size(); ++slot) {
    if (slots[slot]) table->factories[slot].destroy(slots[slot]);
  }
  slots.clear();
}

namespace detail {
std::size_t nextDecoratorId() noexcept {
  static std::atomic<std::size_t> next{0};
  return next.fetch_add(1, std::memory_order_relaxed);
}
}  // namespace detail

}  // namespace fastify
