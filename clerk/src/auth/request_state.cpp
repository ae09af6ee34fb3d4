#include "auth/request_state.hpp"

#include <algorithm>

namespace clerk::auth {
namespace {

void addAuthHeaders(RequestState& state) {
  if (!state.message.empty() && isHeaderValue(state.message))
    state.headers.emplace_back("x-clerk-auth-message", state.message);
  if (!state.reason.empty()) state.headers.emplace_back("x-clerk-auth-reason", state.reason);
  state.headers.emplace_back("x-clerk-auth-status", toString(state.status));
}

RequestState stateOf(const RequestContext& context, AuthStatus status, std::string_view reason, std::string message,
                     Headers headers) {
  const auto& options = context.options();
  RequestState state;
  state.status = status;
  state.reason = reason;
  state.message = std::move(message);
  state.headers = std::move(headers);
  state.proxyUrl = context.proxyUrl();
  state.publishableKey = options.publishableKey;
  state.isSatellite = options.isSatellite;
  state.domain = options.domain;
  state.signInUrl = options.signInUrl;
  state.signUpUrl = options.signUpUrl;
  state.afterSignInUrl = options.afterSignInUrl;
  state.afterSignUpUrl = options.afterSignUpUrl;
  return state;
}

/// By name; equal names keep their order.
void sortHeaders(RequestState& state) {
  auto& headers = state.headers;
  for (auto next = headers.begin(); next != headers.end(); ++next) {
    const auto place =
        std::upper_bound(headers.begin(), next, *next, [](const auto& a, const auto& b) { return a.first < b.first; });
    std::rotate(place, next, next + 1);
  }
}

}  // namespace

bool isHeaderValue(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\r' || byte == '\n' || byte == '\0') return false;
    if (byte < 0x80) continue;
    // U+0080 to U+00FF are two bytes of UTF-8 that start with 0xc2 or 0xc3.
    if ((byte != 0xc2 && byte != 0xc3) || i + 1 == text.size()) return false;
    ++i;
  }
  return true;
}

RequestState signedIn(const RequestContext& context, SessionClaims claims, std::string token, Headers headers) {
  auto state = stateOf(context, AuthStatus::SignedIn, "", "", std::move(headers));
  state.claims = std::move(claims);
  state.context = context.authContextOfSession(token);
  state.token = std::move(token);
  sortHeaders(state);
  return state;
}

RequestState signedInMachine(const RequestContext& context, std::shared_ptr<const MachineToken> token) {
  auto state = stateOf(context, AuthStatus::SignedIn, "", "", {});
  state.tokenType = token->type;
  state.token = token->token;
  state.context = context.authContext(token->token, "");
  state.machineToken = std::move(token);
  return state;
}

RequestState signedOut(const RequestContext& context, std::string_view reason, std::string message, Headers headers,
                       TokenType type) {
  auto state = stateOf(context, AuthStatus::SignedOut, reason, std::move(message), std::move(headers));
  state.tokenType = type;
  state.context = context.authContext("", std::string(reason));
  addAuthHeaders(state);
  sortHeaders(state);
  return state;
}

RequestState invalidTokenType(const RequestContext& context) {
  RequestState state;
  state.reason = "token-type-mismatch";
  state.tokenType.reset();
  state.context = context.authContext("", state.reason);
  addAuthHeaders(state);
  return state;
}

RequestState handshake(const RequestContext& context, std::string_view reason, std::string message, Headers headers) {
  auto state = stateOf(context, AuthStatus::Handshake, reason, std::move(message), std::move(headers));
  addAuthHeaders(state);
  sortHeaders(state);
  return state;
}

}  // namespace clerk::auth

namespace clerk {

std::string_view toString(AuthStatus status) noexcept {
  switch (status) {
    case AuthStatus::SignedIn: return "signed-in";
    case AuthStatus::SignedOut: return "signed-out";
    case AuthStatus::Handshake: return "handshake";
  }
  return "";
}

std::optional<std::string_view> RequestState::header(std::string_view lowerCaseName) const {
  for (const auto& [name, value] : headers) {
    if (name == lowerCaseName) return value;
  }
  return {};
}

std::optional<Auth> RequestState::toAuth(ToAuthOptions options) const {
  switch (status) {
    case AuthStatus::Handshake: return {};
    case AuthStatus::SignedOut:
      if (!tokenType) return Auth::invalidType(context);
      return *tokenType == TokenType::SessionToken ? Auth::signedOut(context)
                                                   : Auth::signedOutMachine(*tokenType, context);
    case AuthStatus::SignedIn: break;
  }
  if (machineToken) return Auth::ofMachine(machineToken, context);
  auto auth = Auth::signedIn(claims, context);
  if (options.treatPendingAsSignedOut && auth.sessionStatus == "pending") return Auth::signedOut(context, "pending");
  return auth;
}

}  // namespace clerk
