#pragma once
// Clerk's Frontend API: what browsers talk to.

#include "frontend_api/operation.hpp"
#include "frontend_api/rate_limiter.hpp"

#include <fastify/instance.hpp>
#include <fastify/reply.hpp>

#include <memory>
#include <string>
#include <vector>

namespace clerk::instance::frontend_api {

/// Adds itself to the scopes of an app. Lives as long as the app; `core` outlives it. Safe from all of the app's
/// threads.
class FrontendApi {
 public:
  /// `allowedOrigins`: where browsers may be sent back to, besides this machine and the portal.
  FrontendApi(Core& core, std::vector<std::string> allowedOrigins);

  /// All operations, in a scope whose prefix ends in `/v1`.
  void addOperations(fastify::Fastify& scope) const;
  /// Those that Clerk's clients ask for without `/v1`, in a scope of their own beside it.
  void addUnversioned(fastify::Fastify& scope) const;
  /// `/oauth/…` and its discovery documents, likewise.
  void addOAuthProvider(fastify::Fastify& scope) const;
  /// `/.well-known/…`, in a scope beside it.
  void addWellKnown(fastify::Fastify& scope) const;

 private:
  void add(const Operations& all, fastify::Fastify& scope) const;
  fastify::Task<> authorize(fastify::Request& request, fastify::Reply& reply) const;
  fastify::Task<> answer(const Operations::Path& path, fastify::Request& request, fastify::Reply& reply) const;
  fastify::Task<Outcome<Visitor>> identify(Asker asker, fastify::Request& request) const;
  fastify::Task<> succeed(Call& call, const Operation& operation, wire::Json response, fastify::Reply& reply) const;
  fastify::Task<> fail(Call& call, const Failure& failure, fastify::Reply& reply) const;

  Core& core_;
  std::vector<std::string> allowedOrigins_;
  Operations operations_;
  Operations unversioned_;
  std::unique_ptr<RateLimiter> limiter_;
};

}  // namespace clerk::instance::frontend_api
