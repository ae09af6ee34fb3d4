#pragma once
// Whether an element of a document is signed by one of the keys that are trusted: XML signatures (W3C xmldsig-core1) in
// the one form that SAML allows (saml-core-2.0-os §5.4), checked by xmlsec.

#include "saml/certificate.hpp"
#include "saml/document.hpp"

#include <vector>

namespace clerk::instance::saml {

enum class Signed {
  No,            ///< it has no signature
  Yes,           ///< by a trusted key, and it covers this element, whole
  BadAlgorithm,  ///< by a method that is not taken: SHA-1, HMAC, a transform of another kind
  Bad,           ///< of another form, of another element, or not by a trusted key
};

/// Makes xmlsec ready, once; before anything else is done with it. False when it cannot be.
bool prepareSignatures();

/// `element` has its signature as a child. The document must have unique ids (hasUniqueIds()). What the signature says
/// of its key is not looked at.
Signed checkSignature(xmlNode* element, const std::vector<Certificate>& trusted);

}  // namespace clerk::instance::saml
