#pragma once
// The points of a request's and an application's life at which hooks run. See Fastify's "Hooks" page.

#include <fastify/callable.hpp>

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace fastify {

struct PluginOptions;
struct RouteOptions;

enum class HookPoint : std::uint8_t {
  OnRequest, PreParsing, PreValidation, PreHandler, PreSerialization, OnSend, OnResponse, OnError, OnTimeout,
  OnRequestAbort, OnRoute, OnRegister, OnReady, OnListen, PreClose, OnClose
};

template <HookPoint P>
struct HookTag {
  static constexpr HookPoint point = P;
};

// (Request&, Reply&)
inline constexpr HookTag<HookPoint::OnRequest> onRequest{};
inline constexpr HookTag<HookPoint::PreValidation> preValidation{};
inline constexpr HookTag<HookPoint::PreHandler> preHandler{};
inline constexpr HookTag<HookPoint::OnResponse> onResponse{};
inline constexpr HookTag<HookPoint::OnTimeout> onTimeout{};
inline constexpr HookTag<HookPoint::OnRequestAbort> onRequestAbort{};
// (Request&, Reply&, Stream payload): may return another stream
inline constexpr HookTag<HookPoint::PreParsing> preParsing{};
// (Request&, Reply&, Payload& payload): may change it or return another one
inline constexpr HookTag<HookPoint::PreSerialization> preSerialization{};
inline constexpr HookTag<HookPoint::OnSend> onSend{};
// (Request&, Reply&, FastifyError& error)
inline constexpr HookTag<HookPoint::OnError> onError{};
// (Fastify&) or ()
inline constexpr HookTag<HookPoint::OnReady> onReady{};
inline constexpr HookTag<HookPoint::OnListen> onListen{};
inline constexpr HookTag<HookPoint::PreClose> preClose{};
inline constexpr HookTag<HookPoint::OnClose> onClose{};
// (RouteOptions&), and (Fastify& instance, const PluginOptions&)
inline constexpr HookTag<HookPoint::OnRoute> onRoute{};
inline constexpr HookTag<HookPoint::OnRegister> onRegister{};

using RouteCall = std::function<void(RouteOptions&)>;
using RegisterCall = std::function<void(Fastify&, const PluginOptions&)>;

namespace detail {
template <HookPoint P>
struct HookTraits {
  using Call = RequestCall;
  template <class F>
  static Call erase(F function) {
    return eraseHook(std::move(function));
  }
};
template <>
struct HookTraits<HookPoint::PreParsing> {
  using Call = ParsingCall;
  template <class F>
  static Call erase(F function) {
    return eraseReplacing<Stream>(std::move(function));
  }
};
struct PayloadHookTraits {
  using Call = PayloadCall;
  template <class F>
  static Call erase(F function) {
    return eraseReplacing<Payload>(std::move(function));
  }
};
template <>
struct HookTraits<HookPoint::PreSerialization> : PayloadHookTraits {};
template <>
struct HookTraits<HookPoint::OnSend> : PayloadHookTraits {};
template <>
struct HookTraits<HookPoint::OnError> {
  using Call = ErrorCall;
  template <class F>
  static Call erase(F function) {
    return eraseErrorHook(std::move(function));
  }
};
struct AppHookTraits {
  using Call = AppCall;
  template <class F>
  static Call erase(F function) {
    return eraseAppHook(std::move(function));
  }
};
template <>
struct HookTraits<HookPoint::OnReady> : AppHookTraits {};
template <>
struct HookTraits<HookPoint::OnListen> : AppHookTraits {};
template <>
struct HookTraits<HookPoint::PreClose> : AppHookTraits {};
template <>
struct HookTraits<HookPoint::OnClose> : AppHookTraits {};
template <>
struct HookTraits<HookPoint::OnRoute> {
  using Call = RouteCall;
  template <class F>
  static Call erase(F function) {
    return Call(std::move(function));
  }
};
template <>
struct HookTraits<HookPoint::OnRegister> {
  using Call = RegisterCall;
  template <class F>
  static Call erase(F function) {
    return Call(std::move(function));
  }
};
}  // namespace detail

/// One hook, of whatever callable it was made.
template <HookPoint P>
class Hook {
 public:
  using Call = typename detail::HookTraits<P>::Call;
  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, Hook>)
  Hook(F function) : call(detail::HookTraits<P>::erase(std::move(function))) {}
  Call call;
};

/// The hooks of one route at one point: `.preHandler = hook` or `.preHandler = {first, second}`.
template <HookPoint P>
class HookList {
 public:
  HookList() = default;
  HookList(std::initializer_list<Hook<P>> hooks) : hooks_(hooks) {}
  HookList(std::vector<Hook<P>> hooks) : hooks_(std::move(hooks)) {}
  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, HookList> && std::constructible_from<Hook<P>, F> &&
             (std::is_class_v<std::remove_cvref_t<F>> || std::is_pointer_v<F>))
  HookList(F function) : hooks_{Hook<P>(std::move(function))} {}

  const std::vector<Hook<P>>& hooks() const noexcept { return hooks_; }
  std::vector<Hook<P>>& hooks() noexcept { return hooks_; }
  bool empty() const noexcept { return hooks_.empty(); }

 private:
  std::vector<Hook<P>> hooks_;
};

}  // namespace fastify
