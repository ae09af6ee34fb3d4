// The guard of routes: who is not signed in, or may not, does not reach the handler.
#include "auth/auth_context.hpp"
#include "plugin/request_slot.hpp"
#include "url/url.hpp"

#include <clerk/redirect.hpp>

namespace clerk {
namespace plugin {
namespace {

AuthorizationParams askedBesidesReverification(const RequireAuthOptions& options) {
  return {.role = options.role, .permission = options.permission, .feature = options.feature, .plan = options.plan};
}

bool asksSomething(const AuthorizationParams& params) {
  return params.role || params.permission || params.feature || params.plan;
}

bool isElsewhere(const std::string& page, const std::string& current) {
  const auto target = url::Url::parse(page), here = url::Url::parse(current);
  return target && here && (target->origin() != here->origin() || target->path != here->path);
}

/// Where a browser that loads this page is sent to sign in; absent when it may not be sent anywhere: a program, or a
/// browser that is there already.
std::optional<std::string> signInPageOf(const RequestSlot& slot, const std::string& signInUrl) {
  if (!isDocumentRequest(*slot.view)) return {};
  const auto& state = *slot.state;
  RedirectOptions options{.baseUrl = effectiveUrl(*slot.view, slot.headers->reading().believesForwardedHeaders),
                          .publishableKey = state.publishableKey,
                          .signInUrl = signInUrl.empty() ? state.signInUrl : signInUrl,
                          .isSatellite = state.isSatellite};
  if (!isPublishableKey(options.publishableKey) && options.signInUrl.empty()) return {};
  if (state.context) options.devBrowserToken = state.context->devBrowserToken.value_or("");
  if (const auto auth = state.toAuth()) options.sessionStatus = auth->sessionStatus.value_or("");
  auto page = redirectToSignIn(options, options.baseUrl);
  if (!isElsewhere(page, options.baseUrl)) return {};
  return page;
}

void askToSignIn(fastify::Request& request, fastify::Reply& reply, const RequireAuthOptions& options) {
  reply.header("cache-control", "no-store");
  if (const auto page = signInPageOf(request[authDecorator()], options.signInUrl)) return reply.redirect(*page, 307);
  reply.header("www-authenticate", "Bearer");  // RFC 9110 §15.5.2 wants one
  throw fastify::FastifyError(401, "CLERK_ERR_UNAUTHENTICATED", "Authentication required");
}

}  // namespace
}  // namespace plugin

RequireAuth::RequireAuth(RequireAuthOptions options)
    : options_(std::make_shared<const RequireAuthOptions>(std::move(options))) {}

void RequireAuth::operator()(fastify::Request& request, fastify::Reply& reply) const {
  const auto& options = *options_;
  const auto auth = getAuth(
      request, {.acceptsToken = options.acceptsToken, .treatPendingAsSignedOut = options.treatPendingAsSignedOut});
  if (!auth.isAuthenticated) return plugin::askToSignIn(request, reply, options);

  const auto asked = plugin::askedBesidesReverification(options);
  if ((plugin::asksSomething(asked) && !auth.has(asked)) || (options.condition && !options.condition(auth))) {
    throw fastify::FastifyError(403, "CLERK_ERR_FORBIDDEN", "Not allowed");
  }
  if (options.reverification && !auth.has({.reverification = options.reverification})) {
    reply.code(403).send(reverificationError(*options.reverification));
  }
}

RequireAuth requireAuth(RequireAuthOptions options) { return RequireAuth(std::move(options)); }

}  // namespace clerk
