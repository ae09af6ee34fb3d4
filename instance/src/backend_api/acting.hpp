#pragma once
// Who does what, as the audit log tells it.

#include "model/audit.hpp"

#include <fastify/request.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance::backend_api {

/// An operation as Clerk's reference calls it: `POST /users/:user_id/ban`.
class OperationName {
 public:
  OperationName(std::string_view method, std::string_view path);

  const std::string& text() const noexcept { return text_; }
  /// False for those that only read.
  bool changes() const noexcept { return changes_; }
  /// The names of what its path holds: `user_id`.
  const std::vector<std::string>& params() const noexcept { return params_; }

 private:
  std::string text_;
  bool changes_;
  std::vector<std::string> params_;
};

/// `who` (a door and an id) with what the request adds: the operation, the ids in its path, where it came from.
Actor actorOf(Actor who, const OperationName& name, fastify::Request& request);

}  // namespace clerk::instance::backend_api
