#pragma once
// A method called with C++ values, and its result as the type that the public headers promise.

#include "api/generated/described_resources.hpp"
#include "api/method_call.hpp"
#include "api/typed.hpp"

#include <async/task.hpp>

#include <memory>
#include <string>
#include <utility>

namespace clerk::api {

template <class T>
struct ResultOf {
  static T from(const boost::json::value& json) { return fromJson<T>(json); }
};
template <>
struct ResultOf<std::int64_t> {
  static std::int64_t from(const boost::json::value& json) {
    std::int64_t number = 0;
    read(json, number);
    return number;
  }
};
template <class T>
struct ResultOf<std::vector<T>> {
  static std::vector<T> from(const boost::json::value& json) {
    std::vector<T> list;
    read(json, list);
    return list;
  }
};
template <class T>
struct ResultOf<PaginatedResourceResponse<T>> {
  static PaginatedResourceResponse<T> from(const boost::json::value& json) {
    PaginatedResourceResponse<T> page;
    // Without a count the API's answer is the bare list.
    if (const auto* data = json::member(json, "data")) {
      read(*data, page.data);
    } else {
      read(json, page.data);
    }
    page.totalCount = static_cast<std::int64_t>(page.data.size());
    if (const auto* count = json::member(json, "totalCount")) read(*count, page.totalCount);
    return page;
  }
};

template <class T>
async::Task<T> resultOf(async::Task<std::optional<boost::json::value>> call) {
  const auto result = co_await call;
  if constexpr (!std::is_void_v<T>) co_return ResultOf<T>::from(result ? *result : boost::json::value());
}

/// Calls a method by its name.
template <class T, class... Arguments>
async::Task<T> call(const std::shared_ptr<const ClientContext>& context, const char* name, CallOptions options,
                    const Arguments&... arguments) {
  boost::json::array json;
  (json.push_back(write(arguments)), ...);
  return resultOf<T>(callMethod(context, name, std::move(json), std::move(options)));
}

}  // namespace clerk::api
