#include "flows/user/user.hpp"

#include <utility>

namespace clerk::instance {

boost::json::object mergeMetadata(boost::json::object base, const boost::json::object& changes) {
  for (const auto& change : changes) {
    if (change.value().is_null()) {
      base.erase(change.key());
      continue;
    }
    auto& value = base[change.key()];
    if (change.value().is_object()) {
      auto below = value.is_object() ? std::move(value.get_object()) : boost::json::object();
      value = mergeMetadata(std::move(below), change.value().get_object());
    } else {
      value = change.value();
    }
  }
  return base;
}

}  // namespace clerk::instance
