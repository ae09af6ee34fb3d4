#pragma once
// What an identity provider posts: a SAML response (saml-core-2.0-os §3.3.3, saml-profiles-2.0-os §4.1.4), believed
// only when every one of the profile's conditions holds.

#include "model/time.hpp"

#include <boost/system/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance::saml {

/// Whom an answer must come from, whom it must be for, and what it must answer.
struct Expected {
  std::string issuer;        ///< the identity provider's entity id
  std::string certificates;  ///< its signing certificates; see readCertificates()
  std::string audience;      ///< our entity id
  std::string consumerUrl;   ///< where we take responses
  /// The id of the request that it answers; absent: the provider speaks first, and nothing may be answered.
  std::optional<std::string> requestId{};
};

/// Why a response is not believed.
enum class Refusal {
  Malformed,     ///< no base64, no XML, not one response with one assertion, or something that has no place in it
  Encrypted,     ///< an encrypted assertion: there is no key here to open it
  Status,        ///< the provider says that it did not work
  Signature,     ///< no signature by a configured certificate that covers the assertion
  Algorithm,     ///< signed with a method that is not taken, such as SHA-1
  Issuer,        ///< by another provider
  Destination,   ///< for another address
  Audience,      ///< for another service
  Request,       ///< no answer to what was asked, or one to something that was not
  Time,          ///< not valid yet, or any more
  Subject,       ///< nobody is named, or not confirmed as the bearer
  Certificates,  ///< the connection's own certificates are not readable
};
/// The word for it (`saml_…` is not part of it), and back.
std::string_view nameOf(Refusal refusal) noexcept;
std::optional<Refusal> refusalOf(std::string_view name) noexcept;
/// A sentence for administrators.
std::string_view describe(Refusal refusal) noexcept;

struct Attribute {
  std::string name;
  std::string friendlyName;
  std::vector<std::string> values;
};

struct Assertion {
  std::string id;
  /// When it is over for good: until then its id must not be seen again.
  Time validUntil{};
  std::string nameId;
  std::string nameIdFormat;
  std::vector<Attribute> attributes;

  /// The first value of the attribute that has this name, or friendly name; empty: there is none.
  std::string value(std::string_view name) const;
};

/// `encoded`: the form's `SAMLResponse`, base64. Clocks may differ by a minute. The caller sees to it that an assertion
/// is used once. Safe from any thread.
boost::system::result<Assertion, Refusal> verifyResponse(const Expected& expected, std::string_view encoded, Time now);

}  // namespace clerk::instance::saml
