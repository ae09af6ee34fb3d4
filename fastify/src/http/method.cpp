#include "method.hpp"

namespace fastify::http {

std::optional<Method> findMethod(std::string_view name) noexcept {
  if (name == "GET") return Method::Get;
  if (name == "POST") return Method::Post;
  for (std::size_t number = 0; number < methodCount; ++number) {
    if (methodNames[number] == name) return static_cast<Method>(number);
  }
  return std::nullopt;
}

}  // namespace fastify::http
