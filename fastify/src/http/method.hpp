#pragma once
// The methods that Node's parser knows. A request with any other is refused.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fastify::http {

/// In the order of Node's `http.METHODS`.
enum class Method : std::uint8_t {
  Acl,
  Bind,
  Checkout,
  Connect,
  Copy,
  Delete,
  Get,
  Head,
  Link,
  Lock,
  MSearch,
  Merge,
  Mkactivity,
  Mkcalendar,
  Mkcol,
  Move,
  Notify,
  Options,
  Patch,
  Post,
  Propfind,
  Proppatch,
  Purge,
  Put,
  Query,
  Rebind,
  Report,
  Search,
  Source,
  Subscribe,
  Trace,
  Unbind,
  Unlink,
  Unlock,
  Unsubscribe
};
inline constexpr std::size_t methodCount = 35;

/// The methods' names as they stand on the wire, by their numbers.
inline constexpr std::array<std::string_view, methodCount> methodNames{
    "ACL",    "BIND",     "CHECKOUT",  "CONNECT",    "COPY",       "DELETE", "GET",    "HEAD",       "LINK",
    "LOCK",   "M-SEARCH", "MERGE",     "MKACTIVITY", "MKCALENDAR", "MKCOL",  "MOVE",   "NOTIFY",     "OPTIONS",
    "PATCH",  "POST",     "PROPFIND",  "PROPPATCH",  "PURGE",      "PUT",    "QUERY",  "REBIND",     "REPORT",
    "SEARCH", "SOURCE",   "SUBSCRIBE", "TRACE",      "UNBIND",     "UNLINK", "UNLOCK", "UNSUBSCRIBE"};

constexpr std::string_view nameOf(Method method) noexcept { return methodNames[static_cast<std::size_t>(method)]; }

/// The method of that name, upper-case; nullopt for all others.
std::optional<Method> findMethod(std::string_view name) noexcept;

}  // namespace fastify::http
