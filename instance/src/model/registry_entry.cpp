#include "model/registry_entry.hpp"

namespace clerk::instance {

std::string RegistryEntry::text(std::string_view member) const {
  const auto* value = document.if_contains(member);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool RegistryEntry::flag(std::string_view member) const noexcept {
  const auto* value = document.if_contains(member);
  return value && value->is_bool() && value->get_bool();
}

std::optional<std::int64_t> RegistryEntry::integer(std::string_view member) const noexcept {
  const auto* value = document.if_contains(member);
  return value && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

boost::json::value RegistryEntry::json(std::string_view member) const {
  const auto* value = document.if_contains(member);
  return value ? *value : boost::json::value();
}

}  // namespace clerk::instance
