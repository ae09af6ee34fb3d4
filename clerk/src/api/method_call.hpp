#pragma once
// A method of the client, from its name and arguments to its result.

#include "auth/verify_session.hpp"
#include "request/backend_request.hpp"

#include <clerk/client.hpp>

#include <async/task.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <optional>
#include <string>

namespace clerk::api {

/// What the methods of a client share.
struct ClientContext {
  explicit ClientContext(ClerkOptions given);
  ClerkOptions options;
  request::Connection connection;
  auth::KeySource keys;
};

/// The result as the SDK's JSON; absent for undefined. The method's name and arguments are those of Clerk's SDK.
async::Task<std::optional<boost::json::value>> callMethod(std::shared_ptr<const ClientContext> context,
                                                          std::string name, boost::json::array arguments,
                                                          CallOptions options = {});

}  // namespace clerk::api
