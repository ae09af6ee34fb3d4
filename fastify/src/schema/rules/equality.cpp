#include "schema/rules.hpp"

namespace fastify::schema {

bool deepEqual(const Json& left, const Json& right) noexcept {
  if (left.is_number()) return right.is_number() && numberOf(left) == numberOf(right);
  if (left.kind() != right.kind()) return false;
  if (const auto* array = left.if_array()) {
    const auto& other = right.get_array();
    if (array->size() != other.size()) return false;
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (!deepEqual((*array)[i], other[i])) return false;
    }
    return true;
  }
  if (const auto* object = left.if_object()) {
    const auto& other = right.get_object();
    if (object->size() != other.size()) return false;
    for (const auto& member : *object) {
      const auto* value = other.if_contains(member.key());
      if (!value || !deepEqual(member.value(), *value)) return false;
    }
    return true;
  }
  return left == right;
}

}  // namespace fastify::schema
