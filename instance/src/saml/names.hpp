#pragma once
// The names of SAML 2.0 (OASIS saml-core-2.0-os, saml-metadata-2.0-os) and of XML signatures.

namespace clerk::instance::saml::name {

inline constexpr const char* assertionSpace = "urn:oasis:names:tc:SAML:2.0:assertion";
inline constexpr const char* protocolSpace = "urn:oasis:names:tc:SAML:2.0:protocol";
inline constexpr const char* metadataSpace = "urn:oasis:names:tc:SAML:2.0:metadata";
inline constexpr const char* signatureSpace = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr const char* encryptionSpace = "http://www.w3.org/2001/04/xmlenc#";

inline constexpr const char* success = "urn:oasis:names:tc:SAML:2.0:status:Success";
inline constexpr const char* bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
inline constexpr const char* emailFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
inline constexpr const char* redirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
inline constexpr const char* postBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

}  // namespace clerk::instance::saml::name
