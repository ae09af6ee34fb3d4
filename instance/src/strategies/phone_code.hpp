#pragma once
// Proving a phone number with a code that was sent there. Attempts are those of email_code.hpp.

#include "strategies/email_code.hpp"

namespace clerk::instance {

struct PhoneCodeRequest {
  std::string_view strategy;          ///< `phone_code` or `reset_password_phone_code`
  std::string_view phoneNumber;       ///< E.164
  std::string_view identificationId;  ///< empty during sign-up
  std::string_view userId;            ///< empty during sign-up
};

PreparedCode preparePhoneCode(const Settings& settings, const KeyedDigest& digest, Random& random, Time now,
                              const PhoneCodeRequest& request);

}  // namespace clerk::instance
