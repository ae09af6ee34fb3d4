#pragma once
// What the plugin keeps with a request.

#include "plugin/request_view.hpp"

#include <clerk/fastify.hpp>

#include <optional>
#include <string>

namespace clerk::plugin {

struct RequestSlot {
  // What the decision is made from: the task that makes it refers to these.
  std::optional<RequestHeaders> headers;
  std::string target;
  std::optional<RequestView> view;
  /// Who makes the request, once that is decided.
  std::optional<RequestState> state;
};

/// The decorations `auth` and `clerk` of requests.
const fastify::Decorator<RequestSlot>& authDecorator();
const fastify::Decorator<const ClerkClient*>& clerkDecorator();

}  // namespace clerk::plugin
