#pragma once
// A SAML identity provider for tests: it says of anybody what it is told to say, and signs it.

#include "model/time.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct evp_pkey_st;

namespace clerk::instance {

/// A key with a certificate of its own.
struct SigningKey {
  std::shared_ptr<evp_pkey_st> key;
  std::string certificate;  ///< PEM

  static SigningKey rsa(int bits = 2048);
  static SigningKey p256();
};

namespace signing {
inline constexpr std::string_view rsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
inline constexpr std::string_view rsaSha1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
inline constexpr std::string_view ecdsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
inline constexpr std::string_view sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
inline constexpr std::string_view sha1 = "http://www.w3.org/2000/09/xmldsig#sha1";
inline constexpr std::string_view exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
inline constexpr std::string_view inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
}  // namespace signing

/// How an element is signed.
struct SigningWay {
  std::string_view method = signing::rsaSha256;
  std::string_view digest = signing::sha256;
  std::string_view canonicalization = signing::exclusive;
  bool keyInfo = true;  ///< says in KeyInfo with which certificate
};

/// Gives the document with the element that has this `ID` signed by the key. Throws std::runtime_error when it is not
/// there.
std::string signElement(std::string_view xml, std::string_view id, const SigningKey& key, const SigningWay& way = {});

/// What a response says. Texts are XML as they are.
struct SamlAnswer {
  std::string issuer = "https://idp.example";
  std::string consumerUrl;  ///< Destination and Recipient
  std::string audience;
  std::optional<std::string> requestId{};
  Time now{};
  std::string responseId = "_response";
  std::string assertionId = "_assertion";
  std::string nameId = "ada-1";
  std::vector<std::pair<std::string, std::string>> attributes{};
  std::string status = "urn:oasis:names:tc:SAML:2.0:status:Success";
};
/// Without a signature.
std::string samlResponse(const SamlAnswer& answer);

/// What a browser brings by the HTTP-Redirect binding. Throws std::runtime_error when it brings none.
struct ReceivedRequest {
  std::string xml;
  std::string id;
  std::string issuer;
  std::string consumerUrl;
  std::string relayState;
};
ReceivedRequest receiveRequest(const std::string& url);

}  // namespace clerk::instance
