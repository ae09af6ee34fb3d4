#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject deletedObject(std::string_view object, std::string_view id) {
  return {{"object", object}, {"id", id}, {"deleted", true}};
}

JsonObject page(JsonArray data, std::int64_t totalCount) {
  return {{"data", std::move(data)}, {"total_count", totalCount}};
}

}  // namespace clerk::instance::wire
