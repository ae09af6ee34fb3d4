#pragma once
// Typed names for what plugins add to instances, requests and replies.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <typeinfo>
#include <utility>

namespace fastify {

namespace detail {
/// A number for each decorator of the process; never reused.
std::size_t nextDecoratorId() noexcept;

struct DecoratorBase {
  explicit DecoratorBase(std::string_view name) : name_(name), id_(nextDecoratorId()) {}
  std::string name_;
  std::size_t id_;
};
}  // namespace detail

/// The key of a decoration: `inline const Decorator<Session> session{"session"};`, `app.decorateRequest(session)`,
/// `request[session]`. Two keys with one name collide, as two equal names do in Fastify. Lives as long as the app.
template <class T>
class Decorator : public detail::DecoratorBase {
 public:
  using Value = T;
  explicit Decorator(std::string_view name) : DecoratorBase(name) {}
  Decorator(const Decorator&) = delete;
  Decorator& operator=(const Decorator&) = delete;

  const std::string& name() const noexcept { return name_; }
  std::size_t id() const noexcept { return id_; }
};

namespace detail {
/// How one request's copy of a decoration is made.
struct DecoratorFactory {
  std::string name;
  std::size_t id = 0;
  std::size_t size = 0;
  std::size_t alignment = 1;
  std::function<void(void* where)> construct;
  void (*destroy)(void* where) noexcept = nullptr;
};

template <class T>
DecoratorFactory decoratorFactory(const Decorator<T>& key, T initial) {
  return {key.name(), key.id(), sizeof(T), alignof(T),
          [initial = std::move(initial)](void* where) { new (where) T(initial); },
          [](void* where) noexcept { static_cast<T*>(where)->~T(); }};
}
template <class T>
DecoratorFactory decoratorFactory(const Decorator<T>& key) {
  return {key.name(), key.id(), sizeof(T), alignof(T), [](void* where) { new (where) T(); },
          [](void* where) noexcept { static_cast<T*>(where)->~T(); }};
}
}  // namespace detail

}  // namespace fastify
