#pragma once
// Who may use the dashboard: signing in with the secret key, and what each request must show afterwards.

#include "dashboard/attempt_limiter.hpp"
#include "dashboard/session.hpp"
#include "flows/core.hpp"

#include <fastify/instance.hpp>

#include <optional>
#include <string>

namespace clerk::instance::dashboard {

/// Lives as long as the app; `core` outlives it.
class Door {
 public:
  explicit Door(Core& core);

  /// `GET`, `POST` and `DELETE /session`: who am I, signing in, signing out. `path` is where the dashboard lies, below
  /// which its cookie is sent.
  void addSession(fastify::Fastify& scope, const std::string& path);
  /// Refuses, from here on in this scope, who has no session, and what another page may have asked for.
  void guard(fastify::Fastify& scope, const std::string& path);
  /// Who makes a request that was let in.
  Actor identify(fastify::Request& request) const;

 private:
  fastify::Task<> signIn(fastify::Request& request, fastify::Reply& reply, std::string path);
  fastify::Task<> signOut(fastify::Request& request, fastify::Reply& reply, std::string path);
  fastify::Task<> admit(fastify::Request& request, fastify::Reply& reply, std::string path);
  /// That of the cookie, if it is ours, alive, and nobody signed out of it.
  fastify::Task<std::optional<Session>> sessionOf(fastify::Request& request);
  bool isOwnPage(fastify::Request& request) const;
  bool hasCsrfToken(fastify::Request& request, const Session& session) const;
  /// Empty `value` removes the cookie.
  void setCookie(fastify::Request& request, fastify::Reply& reply, const std::string& path, std::string_view value);
  std::string cookieName(bool secure) const;
  bool isSecure(fastify::Request& request) const;

  Core& core_;
  SessionSigner signer_;
  AttemptLimiter limiter_;
};

}  // namespace clerk::instance::dashboard
