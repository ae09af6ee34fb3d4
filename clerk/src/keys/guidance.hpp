#pragma once
#include <string_view>

namespace clerk {

/// What to do when keys are missing. The sentence before it is what Clerk's SDKs say; this names what this project
/// offers.
inline constexpr std::string_view kKeyGuidance =
    "\n\nTo run without a Clerk account, start an instance of your own:\nclerkd dev\n\n"
    "Or copy keys from https://dashboard.clerk.com/~/api-keys into your .env file.";

}  // namespace clerk
