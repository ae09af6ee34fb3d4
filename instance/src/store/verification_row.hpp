#pragma once
// How verifications lie in rows; they come along with what they belong to.

#include "model/verification.hpp"
#include "store/sql.hpp"

#include <optional>

namespace clerk::instance {

// All columns of a verification with alias `v`, in the order that readVerification() takes.
#define CLERK_VERIFICATION_COLUMNS                                                                            \
  "v.id, v.strategy, v.status, v.attempts, v.expire_at, v.identification_id, v.verified_at_client, v.nonce, " \
  "v.external_redirect_url, v.error_code, v.error_message, v.error_long_message, v.created_at"

/// Reads them from column `first` on; absent when they are null (an outer join that found nothing).
std::optional<Verification> readVerification(const sql::Rows& row, int first);

}  // namespace clerk::instance
