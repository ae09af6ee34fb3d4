#include "strategies/phone_code.hpp"

#include "delivery/mails.hpp"

namespace clerk::instance {

PreparedCode preparePhoneCode(const Settings& settings, const KeyedDigest& digest, Random& random, Time now,
                              const PhoneCodeRequest& request) {
  return drawCode(settings, digest, random, now,
                  {.strategy = request.strategy,
                   .identificationId = request.identificationId,
                   .userId = request.userId,
                   .test = isTestPhoneNumber(settings, request.phoneNumber),
                   .message = [&](std::string_view code) {
                     return request.strategy == strategy::resetPasswordPhoneCode
                                ? resetPasswordCodeText(settings, request.phoneNumber, code)
                                : verificationCodeText(settings, request.phoneNumber, code);
                   }});
}

}  // namespace clerk::instance
