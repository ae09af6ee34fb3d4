#pragma once
// What a handler sends and what onSend hooks see: nothing, JSON, text, bytes or a stream.

#include <fastify/json.hpp>
#include <fastify/task.hpp>

#include <concepts>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace fastify {

/// Bytes that are neither text nor JSON; sent as application/octet-stream unless a content type is set.
struct Buffer {
  std::string bytes;
  std::string_view view() const noexcept { return bytes; }
  bool operator==(const Buffer&) const = default;
};

/// A source of bytes that is read one chunk at a time, when the reader has room for it.
class Readable {
 public:
  virtual ~Readable() = default;

  /// The next chunk; nullopt at the end. Throws when the source fails. Not called again before the last call has ended.
  virtual Task<std::optional<std::string>> read() = 0;

  /// Called instead of further reads when nobody wants the rest.
  virtual void destroy() noexcept {}

  /// For a stream that a preParsing hook puts in place of the body: how many of the received bytes it stands for, to be
  /// compared with Content-Length (FST_ERR_CTP_INVALID_CONTENT_LENGTH); absent: what it yields is counted.
  virtual std::optional<std::size_t> receivedEncodedLength() const noexcept { return std::nullopt; }

  /// A stream of the given chunks.
  static std::shared_ptr<Readable> from(std::vector<std::string> chunks);
  /// A stream of what `next` returns, called once a chunk, until it returns nullopt.
  static std::shared_ptr<Readable> from(std::function<Task<std::optional<std::string>>()> next);
};

using Stream = std::shared_ptr<Readable>;

/// JavaScript's `undefined`: nothing was given, which is not the same as `null`.
struct Undefined {
  bool operator==(const Undefined&) const = default;
};
inline constexpr Undefined undefined{};

template <class T>
concept TextLike = std::convertible_to<const T&, std::string_view> && !std::same_as<std::remove_cvref_t<T>, Json> &&
                   !std::same_as<std::remove_cvref_t<T>, boost::json::string>;

template <class T>
concept JsonLike = std::constructible_from<Json, T&&> || boost::json::has_value_from<std::remove_cvref_t<T>>::value;

class Payload {
 public:
  Payload() noexcept = default;
  Payload(Undefined) noexcept {}
  /// JavaScript's `null`.
  Payload(std::nullptr_t) : value_(Json(nullptr)) {}
  Payload(Json value) : value_(std::move(value)) { textFromJsonString(); }
  Payload(Buffer bytes) noexcept : value_(std::move(bytes)) {}
  Payload(Stream stream) noexcept : value_(std::move(stream)) {}
  Payload(std::initializer_list<boost::json::value_ref> members) : value_(Json(members)) {}

  template <class T>
    requires(!std::same_as<std::remove_cvref_t<T>, Payload> && !std::same_as<std::remove_cvref_t<T>, Json> &&
             !std::same_as<std::remove_cvref_t<T>, Buffer> && !std::same_as<std::remove_cvref_t<T>, Undefined> &&
             !std::convertible_to<T &&, Stream> && (TextLike<T> || JsonLike<T>))
  Payload(T&& value) {
    if constexpr (std::same_as<T, std::string>) {
      value_.template emplace<std::string>(std::move(value));
    } else if constexpr (TextLike<T>) {
      value_.template emplace<std::string>(std::string_view(value));
    } else if constexpr (std::constructible_from<Json, T&&>) {
      value_.template emplace<Json>(std::forward<T>(value));
      textFromJsonString();
    } else {
      value_.template emplace<Json>(boost::json::value_from(std::forward<T>(value)));
      textFromJsonString();
    }
  }

  bool isUndefined() const noexcept { return std::holds_alternative<std::monostate>(value_); }
  bool isNull() const noexcept { return isJson() && json().is_null(); }
  bool isJson() const noexcept { return std::holds_alternative<Json>(value_); }
  bool isText() const noexcept { return std::holds_alternative<std::string>(value_); }
  bool isBuffer() const noexcept { return std::holds_alternative<Buffer>(value_); }
  bool isStream() const noexcept { return std::holds_alternative<Stream>(value_); }

  // Only for the kind that it is.
  Json& json() noexcept { return *std::get_if<Json>(&value_); }
  const Json& json() const noexcept { return *std::get_if<Json>(&value_); }
  std::string& text() noexcept { return *std::get_if<std::string>(&value_); }
  const std::string& text() const noexcept { return *std::get_if<std::string>(&value_); }
  Buffer& buffer() noexcept { return *std::get_if<Buffer>(&value_); }
  const Buffer& buffer() const noexcept { return *std::get_if<Buffer>(&value_); }
  Stream& stream() noexcept { return *std::get_if<Stream>(&value_); }
  const Stream& stream() const noexcept { return *std::get_if<Stream>(&value_); }

 private:
  // A JSON string on its own is a text, as a JavaScript string is.
  void textFromJsonString() {
    auto* json = std::get_if<Json>(&value_);
    if (json && json->is_string()) value_ = std::string(std::string_view(json->get_string()));
  }

  std::variant<std::monostate, Json, std::string, Buffer, Stream> value_;
};

}  // namespace fastify
