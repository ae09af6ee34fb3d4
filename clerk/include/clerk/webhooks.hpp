#pragma once
// Events that Clerk posts to an app. See Clerk docs: "verifyWebhook()".

#include <clerk/authenticate_request.hpp>
#include <clerk/errors.hpp>
#include <clerk/runtime.hpp>

#include <boost/json/value.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace clerk {

/// An event whose signature was verified.
struct WebhookEvent {
  /// Such as `user.created`; not checked against a list.
  std::string type;
  /// The resource as the Backend API writes it (snake_case).
  boost::json::value data;
  /// The whole event: type, object, data, event_attributes, timestamp, instance_id.
  boost::json::object json;
  operator boost::json::value() const { return json; }

  /// The data as a struct, with <clerk/webhook_events.hpp>: `if (const auto user = event.as<clerk::User>())`. Absent
  /// when the event's kind has data of another class, or is not known here. Throws clerk::Error when the data lacks a
  /// list that its class must have.
  template <class T>
  std::optional<T> as() const;
};

struct VerifyWebhookOptions {
  /// `whsec_…`; by default CLERK_WEBHOOK_SIGNING_SECRET.
  std::optional<std::string> signingSecret;
  std::shared_ptr<Runtime> runtime;
};

/// Verifies an event by its headers `svix-id`, `svix-timestamp`, `svix-signature` and the bytes of its body: give them
/// as they were received, not parsed and written again. Messages older or newer than five minutes are refused. Throws
/// clerk::Error. Safe from any thread.
WebhookEvent verifyWebhook(const HeaderSource& headers, std::string_view body,
                           const VerifyWebhookOptions& options = {});

}  // namespace clerk
