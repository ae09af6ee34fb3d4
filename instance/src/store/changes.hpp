#pragma once
// What a unit of work changed, told to whoever keeps account of it (webhooks) inside the same transaction.

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
    if (!listener_) return;
    std::erase_if(noted_, [&](const StoreChange& earlier) { return earlier.id == id; });
    (*listener_)({type, std::string(id)});
  }

 private:
  const Listener* listener_ = nullptr;
  std::vector<StoreChange> noted_;
};

}  // namespace clerk::instance
