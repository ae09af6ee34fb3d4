#include "store/recording_store.hpp"

#include "model/ids.hpp"

#include <algorithm>

namespace clerk::instance {
namespace {

/// What is no id says nothing, and comes from strangers: a path may hold anything.
bool isId(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

void add(std::vector<std::string>& objects, const std::vector<std::string>& ids) {
  for (const auto& id : ids) {
    if (objects.size() >= mostAuditedObjects) return;
    if (isId(id) && std::ranges::find(objects, id) == objects.end()) objects.push_back(id);
  }
}

}  // namespace

RecordingStore::RecordingStore(Store& store, Actor actor, const Clock& clock, Random& random)
    : store_(store), actor_(std::move(actor)), clock_(clock), random_(random) {
  if (store_.listener_) onChange(store_.listener_);
}

async::Task<> RecordingStore::write(const std::function<void(Transaction&)>& unit) {
  const std::function<void(Transaction&)> recorded = [&](Transaction& tx) {
    const Changes::Record record(tx.changes());
    unit(tx);
    if (tx.isAbandoned() || record.isEmpty()) return;
    const Time now = clock_.now();
    AuditEntry entry{.id = newId(id::auditEntry, now, random_), .actor = actor_, .createdAt = now};
    entry.actor.objects.clear();
    add(entry.actor.objects, actor_.objects);
    add(entry.actor.objects, record.ids());
    tx.auditLog().insert(entry);
  };
  co_await store_.write(recorded);
}

}  // namespace clerk::instance
