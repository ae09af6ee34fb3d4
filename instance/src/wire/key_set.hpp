#pragma once
// The public keys that verify an instance's tokens (RFC 7517).

#include "tokens/token_signer.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

JsonObject keySet(const TokenSigner& signer);

}  // namespace clerk::instance::wire
