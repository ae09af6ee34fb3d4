#pragma once
// What all resources of the Backend API have in common.

#include <boost/json/value.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace clerk {

/// Base of all resources: remembers which members the API left out or sent as null, so that the resource is written as
/// it was read. A member that was changed since is written with its value.
struct Resource {
  std::uint64_t absentMembers = 0;
  std::uint64_t nullMembers = 0;
  /// The API's values of members that are of another kind than their type here; such a member has its default. Mostly
  /// nullptr.
  std::shared_ptr<const boost::json::object> unexpectedMembers;
};

/// Base of the resources that Clerk's SDK hands on as the API wrote them: their members have the wire's names, and what
/// is not known here is kept.
struct WireResource : Resource {
  boost::json::object raw;
};

/// Milliseconds since 1970.
using Timestamp = std::int64_t;

/// A page of a list. See Clerk docs: "PaginatedResourceResponse".
template <class T>
struct PaginatedResourceResponse {
  std::vector<T> data;
  std::int64_t totalCount = 0;

  operator boost::json::value() const {
    boost::json::array items;
    for (const auto& item : data) items.push_back(boost::json::value(item));
    return boost::json::object{{"data", std::move(items)}, {"totalCount", totalCount}};
  }
};

/// A file to be uploaded.
struct File {
  std::string bytes;
  std::string name = "file";
  std::string type = "application/octet-stream";
};

}  // namespace clerk
