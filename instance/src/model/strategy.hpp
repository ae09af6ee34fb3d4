#pragma once
// How one proves who one is. A strategy is a word of Clerk's open vocabulary (`oauth_custom_…` has no end), hence text.

#include <string>
#include <string_view>

namespace clerk::instance {

using Strategy = std::string;

namespace strategy {
inline constexpr std::string_view password = "password";
inline constexpr std::string_view emailCode = "email_code";
inline constexpr std::string_view emailLink = "email_link";
inline constexpr std::string_view phoneCode = "phone_code";
inline constexpr std::string_view resetPasswordEmailCode = "reset_password_email_code";
inline constexpr std::string_view resetPasswordPhoneCode = "reset_password_phone_code";
inline constexpr std::string_view ticket = "ticket";
inline constexpr std::string_view totp = "totp";
inline constexpr std::string_view backupCode = "backup_code";
inline constexpr std::string_view passkey = "passkey";
/// Of an address that a backend set as verified.
inline constexpr std::string_view admin = "admin";
/// What the name of every social connection begins with: `oauth_google`, `oauth_custom_acme`.
inline constexpr std::string_view oauthPrefix = "oauth_";
/// With the account that one's organization gave: by OpenID Connect or SAML.
inline constexpr std::string_view enterpriseSso = "enterprise_sso";
/// Of an address that a SAML provider vouches for.
inline constexpr std::string_view saml = "saml";
/// The provider of such an account: `enterprise_` + the connection's id.
inline constexpr std::string_view enterprisePrefix = "enterprise_";
}  // namespace strategy

}  // namespace clerk::instance
