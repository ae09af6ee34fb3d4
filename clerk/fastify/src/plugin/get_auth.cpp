#include "plugin/request_slot.hpp"

namespace clerk {
namespace plugin {

const fastify::Decorator<RequestSlot>& authDecorator() {
  static const fastify::Decorator<RequestSlot> key("auth");
  return key;
}

const fastify::Decorator<const ClerkClient*>& clerkDecorator() {
  static const fastify::Decorator<const ClerkClient*> key("clerk");
  return key;
}

namespace {

[[noreturn]] void throwNotRegistered(std::string_view function) {
  throw Error("🔒 Clerk: The \"clerkPlugin\" should be registered before using the \"" + std::string(function) +
              "\".\n"
              "Example:\n\n"
              "#include <clerk/fastify.hpp>\n\n"
              "fastify::Fastify app({.logger = true});\n"
              "app.registerPlugin(clerk::clerkPlugin);\n\n"
              "The plugin looks at a request in its preHandler hook, unless its option hookName is \"onRequest\".\n"
              "For more info, check out the docs: https://clerk.com/docs\n");
}

template <class T>
T& decoration(fastify::Request& request, const fastify::Decorator<T>& key, std::string_view function) {
  try {
    return request[key];
  } catch (const fastify::FastifyError&) {
    throwNotRegistered(function);
  }
}

Auth authOf(fastify::Request& request, bool treatPendingAsSignedOut) {
  const auto& state = decoration(request, authDecorator(), "getAuth").state;
  if (!state) throwNotRegistered("getAuth");
  if (auto auth = state->toAuth({.treatPendingAsSignedOut = treatPendingAsSignedOut})) return *std::move(auth);
  auto auth = Auth::signedOut(state->context);  // a handshake that the app does not want
  auth.reason = state->reason;
  return auth;
}

}  // namespace
}  // namespace plugin

Auth getAuth(fastify::Request& request) {
  auto auth = plugin::authOf(request, true);
  if (auth.tokenType == TokenType::SessionToken) return auth;
  return getAuthObjectForAcceptedToken(std::move(auth));
}

Auth getAuth(fastify::Request& request, const GetAuthOptions& options) {
  return getAuthObjectForAcceptedToken(plugin::authOf(request, options.treatPendingAsSignedOut), options.acceptsToken);
}

const ClerkClient& getClerk(fastify::Request& request) {
  const auto* client = plugin::decoration(request, plugin::clerkDecorator(), "getClerk");
  if (!client) plugin::throwNotRegistered("getClerk");
  return *client;
}

WebhookEvent verifyWebhook(fastify::Request& request, const VerifyWebhookOptions& options) {
  const auto body = request.rawBody();
  if (body.empty() && !request.body().isUndefined()) {
    throw Error("Clerk: the bytes of this request's body are not known, because its parser does not read them whole");
  }
  return verifyWebhook(plugin::RequestHeaders(request, {.believesForwardedHeaders = true}), body, options);
}

}  // namespace clerk
