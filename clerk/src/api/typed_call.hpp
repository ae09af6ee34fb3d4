#pragma once
// A method's result as the type that the public headers promise.

#include "api/described_resources.hpp"
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
struct ResultOf<boost::json::value> {
  static boost::json::value from(const boost::json::value& json) { return json; }
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

/// Calls a method by its name.
template <class T>
async::Task<T> call(std::shared_ptr<const ClientContext> context, std::string name, boost::json::array arguments) {
  const auto result = co_await callMethod(std::move(context), std::move(name), std::move(arguments));
  co_return ResultOf<T>::from(result ? *result : boost::json::value());
}

}  // namespace clerk::api
