#pragma once
// Addresses that native apps and satellites may be sent back to.

#include "flows/registry/registry.hpp"

namespace clerk::instance {

/// Any absolute address but those that run in the page (`javascript:`, `data:`, …). Errors:
/// `form_param_format_invalid`, `duplicate_record`.
async::Task<Outcome<RegistryEntry>> createRedirectUrl(Core& core, std::string url);

/// Whether the text is an address that somebody may register: a scheme, no blanks, no control characters.
bool isRegistrableUrl(std::string_view url);

}  // namespace clerk::instance
