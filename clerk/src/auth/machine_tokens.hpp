#pragma once
// API keys, M2M tokens and OAuth access tokens: opaque ones are asked for at the Backend API, JWTs verified here.

#include "auth/auth_context.hpp"
#include "auth/verify_session.hpp"
#include "request/backend_request.hpp"

#include <clerk/auth.hpp>
#include <clerk/errors.hpp>

#include <async/task.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::auth {

/// By its prefix: `ak_`, `mt_`, `oat_`.
std::optional<TokenType> opaqueTypeOf(std::string_view token);
/// A JWT whose header says OAuth access token, or whose subject is a machine.
std::optional<TokenType> machineJwtTypeOf(const jwt::Header& header, const jwt::Payload& payload);

struct MachineChecks {
  const std::vector<std::string>& audience;
  std::chrono::milliseconds clockSkew;
};

/// OAuth tokens must name an audience when one is expected; session tokens need not. Throws
/// MachineTokenVerificationError.
void checkOAuthAudience(const boost::json::value* claim, const std::vector<std::string>& expected);

/// Throws MachineTokenVerificationError. `keys` and what `checks` refers to must outlive the task.
async::Task<std::shared_ptr<const MachineToken>> verifyMachineToken(TokenType type, std::string token,
                                                                    const KeySource& keys, MachineChecks checks,
                                                                    request::Connection connection,
                                                                    std::string machineSecretKey);

/// The token's object as the SDK gives it (`clients.m2m.verify` of a JWT): claims turned into a resource.
boost::json::object resourceOfM2MJwt(const jwt::Payload& payload, std::chrono::system_clock::time_point now,
                                     std::chrono::milliseconds clockSkew);

/// Verifies an M2M JWT with the instance's key. Throws MachineTokenVerificationError.
async::Task<std::shared_ptr<const jwt::Payload>> verifyM2MJwt(std::string token, const KeySource& keys,
                                                              MachineChecks checks);

}  // namespace clerk::auth
