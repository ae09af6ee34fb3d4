#pragma once
// The methods of the Backend API client as a table.

#include <cstdint>
#include <string_view>

namespace clerk::api {

/// Marks of a method.
inline constexpr std::uint8_t kPaginated = 1;    // asks for a page with `paginated=true`
inline constexpr std::uint8_t kUnversioned = 2;  // has no `/v1` in its path
inline constexpr std::uint8_t kAllLevels = 4;    // names change on all levels of the body
inline constexpr std::uint8_t kMachine = 8;      // authorised by the machine's secret key, if there is one
inline constexpr std::uint8_t kNoKey = 16;       // needs no secret key

struct Endpoint {
  std::string_view name;  // `users.getUser`
  std::string_view arguments;
  std::string_view method;
  std::string_view path;
  std::uint8_t marks;
};

/// nullptr when there is no such method.
const Endpoint* findEndpoint(std::string_view name);

}  // namespace clerk::api
