#include "dashboard/errors.hpp"

#include "model/error_text.hpp"

#include <string>

namespace clerk::instance::dashboard::wrong {
namespace {

using enum Trouble;

Failure of(Trouble trouble, std::string_view code, std::string_view message, std::string longMessage) {
  return errors::make(trouble, code, message, std::move(longMessage));
}

}  // namespace

Failure wrongKey() {
  return of(Unauthenticated, "clerk_key_invalid", "Wrong key", "This is not the secret key of this instance.");
}
Failure signedOut() {
  return of(Unauthenticated, "dashboard_signed_out", "Signed out", "Your session is over. Sign in again.");
}
Failure foreignPage() {
  return of(Forbidden, "dashboard_request_refused", "Request refused",
            "The request did not come from this dashboard's own page. Reload the page and try again.");
}
Failure tooManyKeys(std::chrono::seconds wait) {
  return of(TooMany, "too_many_requests", "Too many wrong keys",
            "Too many wrong keys from your address. Try again in " + std::to_string(wait.count()) + " seconds.");
}
Failure messageIsOver() {
  return of(Conflict, "message_not_queued", "Not queued",
            "This message was sent or given up, and what it said is forgotten. It cannot be sent again.");
}
Failure deliveryUnderWay() {
  return of(Conflict, "delivery_under_way", "Under way", "This delivery is being made right now.");
}

}  // namespace clerk::instance::dashboard::wrong
