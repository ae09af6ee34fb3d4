#include "saml/signature.hpp"

#include "saml/names.hpp"

// First: the others need its types.
#include <xmlsec/xmlsec.h>

#include <xmlsec/errors.h>
#include <xmlsec/io.h>
#include <xmlsec/keys.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmldsig.h>

#include <openssl/evp.h>

#include <algorithm>

namespace clerk::instance::saml {
namespace {

using name::signatureSpace;

constexpr std::string_view exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
constexpr std::string_view enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
constexpr std::string_view methods[] = {
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",   "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",   "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"};
constexpr std::string_view digests[] = {"http://www.w3.org/2001/04/xmlenc#sha256",
                                        "http://www.w3.org/2001/04/xmldsig-more#sha384",
                                        "http://www.w3.org/2001/04/xmlenc#sha512"};

/// What went wrong is a matter of the caller's; nothing is printed.
void ignoreError(const char*, int, const char*, const char*, const char*, int, const char*) {}

bool beginXmlsec() {
  if (xmlSecInit() < 0 || xmlSecOpenSSLInit() < 0) return false;
  xmlSecErrorsSetCallback(ignoreError);
  // Nothing is ever opened by its address.
  xmlSecIOCleanupCallbacks();
  return true;
}

std::string algorithmOf(const xmlNode* parent, const char* child) {
  return attribute(onlyChild(parent, signatureSpace, child), "Algorithm").value_or("");
}

template <class List>
bool isOneOf(const List& list, std::string_view value) {
  return std::ranges::find(list, value) != std::end(list);
}

/// Enveloped first, then exclusive canonicalization: nothing that could take parts of the element away.
bool areUsualTransforms(const xmlNode* reference) {
  const auto* transforms = onlyChild(reference, signatureSpace, "Transforms");
  const auto all = childrenOf(transforms, signatureSpace, "Transform");
  if (all.size() != 2) return false;
  return attribute(all[0], "Algorithm") == enveloped && attribute(all[1], "Algorithm") == exclusive;
}

Signed checkForm(const xmlNode* signature, std::string_view elementId) {
  const auto* info = onlyChild(signature, signatureSpace, "SignedInfo");
  const auto* reference = onlyChild(info, signatureSpace, "Reference");
  const bool plain = reference && onlyChild(signature, signatureSpace, "SignatureValue") &&
                     childrenOf(signature, signatureSpace, "Object").empty() &&
                     attribute(reference, "URI") == "#" + std::string(elementId);
  if (!plain) return Signed::Bad;
  const bool allowed = algorithmOf(info, "CanonicalizationMethod") == exclusive &&
                       isOneOf(methods, algorithmOf(info, "SignatureMethod")) &&
                       isOneOf(digests, algorithmOf(reference, "DigestMethod")) && areUsualTransforms(reference);
  return allowed ? Signed::Yes : Signed::BadAlgorithm;
}

/// Makes the element the one that `#id` finds.
bool registerId(xmlNode* element) {
  auto* id = xmlHasProp(element, reinterpret_cast<const xmlChar*>("ID"));
  if (!id || !id->children || !id->children->content) return false;
  const auto* value = id->children->content;
  if (!xmlGetID(element->doc, value)) xmlAddID(nullptr, element->doc, value, id);
  const auto* found = xmlGetID(element->doc, value);
  return found && found->parent == element;
}

xmlSecKey* keyOf(const PublicKey& trusted) {
  if (EVP_PKEY_up_ref(trusted.get()) != 1) return nullptr;
  auto* data = xmlSecOpenSSLEvpKeyAdopt(trusted.get());
  if (!data) {
    EVP_PKEY_free(trusted.get());
    return nullptr;
  }
  auto* key = xmlSecKeyCreate();
  if (key && xmlSecKeySetValue(key, data) == 0) return key;
  if (key) xmlSecKeyDestroy(key);
  xmlSecKeyDataDestroy(data);
  return nullptr;
}

bool isSignedBy(xmlNode* signature, const PublicKey& trusted) {
  const std::unique_ptr<xmlSecDSigCtx, decltype(&xmlSecDSigCtxDestroy)> context(xmlSecDSigCtxCreate(nullptr),
                                                                                xmlSecDSigCtxDestroy);
  if (!context) return false;
  // With a key at hand, KeyInfo is not read.
  context->signKey = keyOf(trusted);
  context->enabledReferenceUris = xmlSecTransformUriTypeSameDocument;
  if (!context->signKey || xmlSecDSigCtxVerify(context.get(), signature) < 0) return false;
  return context->status == xmlSecDSigStatusSucceeded && xmlSecPtrListGetSize(&context->signedInfoReferences) == 1 &&
         xmlSecPtrListGetSize(&context->manifestReferences) == 0;
}

}  // namespace

bool prepareSignatures() {
  static const bool ready = beginXmlsec();
  return ready;
}

Signed checkSignature(xmlNode* element, const std::vector<Certificate>& trusted) {
  const bool ready = prepareSignatures();
  const auto all = childrenOf(element, signatureSpace, "Signature");
  if (all.empty()) return Signed::No;
  const auto id = attribute(element, "ID").value_or("");
  if (!ready || all.size() != 1 || id.empty()) return Signed::Bad;
  if (const auto form = checkForm(all.front(), id); form != Signed::Yes) return form;
  if (!registerId(element)) return Signed::Bad;
  const bool good = std::ranges::any_of(
      trusted, [&](const Certificate& certificate) { return isSignedBy(all.front(), certificate.key); });
  return good ? Signed::Yes : Signed::Bad;
}

}  // namespace clerk::instance::saml
