#pragma once
// The token that a browser keeps in `__client`: a JWT around the client's id and a secret that changes when its
// sessions do.

#include "flows/core.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

struct ClientSecret {
  std::string clientId;
  std::string rotatingToken;
};

/// What a client token says. Its signature is not looked at: the secret inside is what counts, and it is compared with
/// the store. Absent for anything malformed.
std::optional<ClientSecret> readClientToken(std::string_view token);

/// A new secret.
std::string newRotatingToken(Core& core);
/// What the store keeps of it.
std::string rotatingTokenDigest(const Core& core, std::string_view rotatingToken);

/// Gives the client a new secret, inside a transaction; the one before stays good for a moment.
void rotateClientToken(const Core& core, Transaction& tx, std::string_view clientId, std::string_view newRotatingToken,
                       Time now);

/// After the commit of a rotation: the visitor has this client and must be given the new token.
void giveRotated(Visitor& visitor, Client client, std::string newRotatingToken);

}  // namespace clerk::instance
