#pragma once
// What a unit of work changed, told to whoever keeps account of it (webhooks, the audit log) inside the same
// transaction.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::instance {

/// `type` is Clerk's name of the event, such as `user.created`; a literal.
struct StoreChange {
  std::string_view type;
  std::string id;  ///< of a membership: `organization id/user id`
};

/// Of one connection. Tables note what they do; nothing happens unless somebody listens.
class Changes {
 public:
  using Listener = std::function<void(const StoreChange&)>;

  /// While it lives, the ids of all that a unit makes, changes or removes are collected, and its rows counted.
  class Record {
   public:
    explicit Record(Changes& changes) : changes_(changes) { changes_.record_ = this; }
    Record(const Record&) = delete;
    Record& operator=(const Record&) = delete;
    ~Record() { changes_.record_ = nullptr; }
    /// In the order in which they were touched first.
    const std::vector<std::string>& ids() const noexcept { return ids_; }
    bool isEmpty() const noexcept { return rows_ == 0; }

   private:
    friend class Changes;
    void add(std::string_view id) {
      if (std::ranges::find(ids_, id) == ids_.end()) ids_.emplace_back(id);
    }
    Changes& changes_;
    std::vector<std::string> ids_;
    std::int64_t rows_ = 0;
  };

  /// While it lives, what is noted is kept for `finish`; what nobody asked for is forgotten with it.
  class Unit {
   public:
    Unit(Changes& changes, const Listener& listener) : changes_(changes) { changes_.listener_ = &listener; }
    Unit(const Unit&) = delete;
    Unit& operator=(const Unit&) = delete;
    ~Unit() {
      changes_.listener_ = nullptr;
      changes_.noted_.clear();
    }
    /// Tells the listener of all that was noted, in order; at the end of a unit, when things are as they will be.
    void finish() {
      for (const auto& change : std::exchange(changes_.noted_, {})) (*changes_.listener_)(change);
    }

   private:
    Changes& changes_;
  };

  /// A thing that was made or already noted as changed in this unit is told once.
  void note(std::string_view type, std::string_view id) {
    touch(id);
    if (!listener_) return;
    const auto object = type.substr(0, type.find('.'));
    for (const auto& earlier : noted_) {
      const bool madeHere = type.ends_with(".updated") && earlier.type.starts_with(object) &&
                            earlier.type.substr(object.size()) == ".created";
      if (earlier.id == id && (earlier.type == type || madeHere)) return;
    }
    noted_.push_back({type, std::string(id)});
  }
  /// Before something is removed: it is told at once, as long as it can be read.
  void noteRemoval(std::string_view type, std::string_view id) {
    touch(id);
    if (!listener_) return;
    std::erase_if(noted_, [&](const StoreChange& earlier) { return earlier.id == id; });
    (*listener_)({type, std::string(id)});
  }

  /// Something was made, changed or removed that no event tells of.
  void touch(std::string_view id) {
    if (!record_) return;
    const auto slash = id.find('/');
    record_->add(id.substr(0, slash));
    if (slash != std::string_view::npos) record_->add(id.substr(slash + 1));
  }
  /// Statements without rows say how many they changed.
  void countRows(std::int64_t changed) noexcept {
    if (record_) record_->rows_ += changed;
  }

 private:
  const Listener* listener_ = nullptr;
  Record* record_ = nullptr;
  std::vector<StoreChange> noted_;
};

}  // namespace clerk::instance
