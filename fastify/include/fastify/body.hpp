#pragma once
// The parsed body of a request.

#include <fastify/json.hpp>
#include <fastify/payload.hpp>

#include <any>
#include <concepts>
#include <utility>
#include <variant>

namespace fastify {

/// What the content-type parser made of the bytes: JSON (a text is a JSON string), bytes, or any C++ value; undefined
/// when the request had no body. JSON lives in the request's memory: copy it to keep it.
class RequestBody {
 public:
  RequestBody() noexcept = default;
  RequestBody(Undefined) noexcept {}
  RequestBody(Json value) noexcept : value_(std::move(value)) {}
  RequestBody(Buffer bytes) noexcept : value_(std::move(bytes)) {}
  RequestBody(std::string_view text) : value_(std::in_place_type<Json>, text) {}
  RequestBody(const std::string& text) : RequestBody(std::string_view(text)) {}
  RequestBody(const char* text) : RequestBody(std::string_view(text)) {}
  RequestBody(JsonObject value) noexcept : value_(std::in_place_type<Json>, std::move(value)) {}
  RequestBody(std::initializer_list<boost::json::value_ref> members) : value_(std::in_place_type<Json>, members) {}

  /// A body of the program's own type, read with `as<T>()`.
  template <class T>
  static RequestBody of(T value) {
    RequestBody body;
    body.value_.template emplace<std::any>(std::move(value));
    return body;
  }

  bool isUndefined() const noexcept { return std::holds_alternative<std::monostate>(value_); }
  bool isJson() const noexcept { return std::holds_alternative<Json>(value_); }
  bool isBuffer() const noexcept { return std::holds_alternative<Buffer>(value_); }
  explicit operator bool() const noexcept { return !isUndefined(); }

  /// The JSON value; a null that belongs to this body when it is not JSON.
  Json& json();
  const Json& json() const;
  Json& operator*() { return json(); }
  const Json& operator*() const { return json(); }
  Json* operator->() { return &json(); }
  const Json* operator->() const { return &json(); }

  /// The bytes of a body that a parser with parseAs buffer kept as they are. Throws std::bad_variant_access otherwise.
  Buffer& buffer() { return std::get<Buffer>(value_); }
  const Buffer& buffer() const { return std::get<Buffer>(value_); }

  /// The program's own value, or nullptr.
  template <class T>
  T* as() noexcept {
    auto* any = std::get_if<std::any>(&value_);
    return any ? std::any_cast<T>(any) : nullptr;
  }

 private:
  std::variant<std::monostate, Json, Buffer, std::any> value_;
};

}  // namespace fastify
