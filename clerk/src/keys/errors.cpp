#include <clerk/errors.hpp>

#include <ecmascript/json_text.hpp>

namespace clerk {

std::string TokenVerificationError::getFullMessage() const {
  std::string text = what();
  if (!action.empty()) text += ' ' + action;
  return text + " (reason=" + reason + ", token-carrier=" + (tokenCarrier.empty() ? "undefined" : tokenCarrier) + ")";
}

std::string MachineTokenVerificationError::getFullMessage() const {
  return std::string(what()) + " (code=" + code + ", status=" + (status ? std::to_string(*status) : "n/a") + ")";
}

boost::json::object ClerkAPIError::toJson() const {
  boost::json::object object{{"code", code}, {"message", message}};
  if (longMessage) object["longMessage"] = *longMessage;
  if (meta) object["meta"] = *meta;
  return object;
}

std::string ClerkAPIResponseError::toString() const {
  std::string text = "[ClerkAPIResponseError]\nMessage:" + std::string(what()) +
                     "\nStatus:" + (status ? std::to_string(*status) : "undefined") + "\nSerialized errors: ";
  for (const auto& error : errors) text += ecmascript::stringify(error.toJson());
  if (!clerkTraceId.empty()) text += "\nClerk Trace ID: " + clerkTraceId;
  return text;
}

bool isClerkAPIResponseError(const std::exception& error) noexcept {
  return dynamic_cast<const ClerkAPIResponseError*>(&error) != nullptr;
}

}  // namespace clerk
