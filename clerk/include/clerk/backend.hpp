#pragma once
// The whole backend SDK.

#include <clerk/auth.hpp>
#include <clerk/authenticate_request.hpp>
#include <clerk/block_on.hpp>
#include <clerk/client.hpp>
#include <clerk/errors.hpp>
#include <clerk/jwt.hpp>
#include <clerk/keys.hpp>
#include <clerk/redirect.hpp>
#include <clerk/runtime.hpp>
#include <clerk/verify_token.hpp>
#include <clerk/webhook_events.hpp>
#include <clerk/webhooks.hpp>
