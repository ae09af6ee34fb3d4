#pragma once
// Clerk's ids: a prefix that names the kind and a KSUID (27 base62 characters that sort by the second of their making).

#include "model/random.hpp"
#include "model/time.hpp"

#include <array>
#include <string>
#include <string_view>

namespace clerk::instance {

namespace id {
inline constexpr std::string_view client = "client";
inline constexpr std::string_view session = "sess";
inline constexpr std::string_view sessionActivity = "sess_activity";
inline constexpr std::string_view user = "user";
inline constexpr std::string_view signIn = "sia";
inline constexpr std::string_view signUp = "sua";
inline constexpr std::string_view identification = "idn";
inline constexpr std::string_view verification = "ver";
inline constexpr std::string_view instance = "ins";
inline constexpr std::string_view devBrowser = "dvb";
inline constexpr std::string_view signInToken = "sit";
inline constexpr std::string_view message = "ema";
inline constexpr std::string_view organization = "org";
inline constexpr std::string_view membership = "orgmem";
inline constexpr std::string_view organizationInvitation = "orginv";
inline constexpr std::string_view organizationDomain = "orgdmn";
inline constexpr std::string_view organizationSuggestion = "orgsug";
inline constexpr std::string_view membershipRequest = "orgmemreq";
inline constexpr std::string_view role = "role";
inline constexpr std::string_view permission = "perm";
inline constexpr std::string_view roleSet = "rset";
inline constexpr std::string_view textMessage = "sms";
inline constexpr std::string_view externalAccount = "eac";
inline constexpr std::string_view totp = "totp";
inline constexpr std::string_view backupCodes = "backup_code";
inline constexpr std::string_view image = "img";
inline constexpr std::string_view invitation = "inv";
inline constexpr std::string_view waitlistEntry = "wtl";
inline constexpr std::string_view allowlistIdentifier = "alid";
inline constexpr std::string_view blocklistIdentifier = "blid";
inline constexpr std::string_view auditEntry = "audit";
}  // namespace id

/// `prefix_` + a new KSUID.
std::string newId(std::string_view prefix, Time now, Random& random);

/// The KSUID text of 20 bytes: 4 of time (seconds since 2014-05-13T16:53:20Z) and 16 of randomness.
std::string ksuidText(const std::array<unsigned char, 20>& bytes);

}  // namespace clerk::instance
