#include "testing/identity_provider.hpp"

#include "saml/instant.hpp"
#include "saml/signature.hpp"

#include <crypto/base64.hpp>

#include <libxml/parser.h>
// First: the others need its types.
#include <xmlsec/xmlsec.h>

#include <xmlsec/openssl/app.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/openssl/x509.h>
#include <xmlsec/templates.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmltree.h>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <zlib.h>

#include <chrono>
#include <stdexcept>

namespace clerk::instance {
namespace {

const xmlChar* bytes(std::string_view text) { return reinterpret_cast<const xmlChar*>(text.data()); }

template <class T>
T* required(T* thing) {
  if (!thing) throw std::runtime_error("the test's identity provider cannot sign");
  return thing;
}

std::string certify(EVP_PKEY* key) {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(required(X509_new()), X509_free);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  const auto day = std::chrono::seconds(std::chrono::hours(24)).count();
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), now);
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), now + day);
  X509_set_pubkey(certificate.get(), key);
  auto* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, bytes("idp.example"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) throw std::runtime_error("no certificate");
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(required(BIO_new(BIO_s_mem())), BIO_free);
  PEM_write_bio_X509(out.get(), certificate.get());
  char* text = nullptr;
  const auto size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

SigningKey withCertificate(EVP_PKEY* made) {
  SigningKey key{{required(made), EVP_PKEY_free}, {}};
  key.certificate = certify(made);
  return key;
}

xmlNode* findById(xmlNode* node, std::string_view id) {
  for (; node; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    auto* value = xmlGetNoNsProp(node, bytes("ID"));
    const bool found = value && id == reinterpret_cast<const char*>(value);
    xmlFree(value);
    if (found) return node;
    if (auto* below = findById(node->children, id)) return below;
  }
  return nullptr;
}

xmlSecTransformId transformOf(std::string_view href, xmlSecTransformUsage usage) {
  return required(xmlSecTransformIdListFindByHref(xmlSecTransformIdsGet(), bytes(href), usage));
}

xmlNode* addTemplate(xmlNode* element, std::string_view id, const SigningWay& way) {
  const auto canonical = transformOf(way.canonicalization, xmlSecTransformUsageC14NMethod);
  const auto method = transformOf(way.method, xmlSecTransformUsageSignatureMethod);
  auto* signature = required(xmlSecTmplSignatureCreate(element->doc, canonical, method, nullptr));
  // Behind the Issuer, as the schema has it.
  auto* issuer = element->children;
  while (issuer && issuer->type != XML_ELEMENT_NODE) issuer = issuer->next;
  xmlAddNextSibling(required(issuer), signature);
  const auto uri = "#" + std::string(id);
  const auto digest = transformOf(way.digest, xmlSecTransformUsageDigestMethod);
  auto* reference = required(xmlSecTmplSignatureAddReference(signature, digest, nullptr, bytes(uri), nullptr));
  xmlSecTmplReferenceAddTransform(reference, xmlSecTransformEnvelopedId);
  xmlSecTmplReferenceAddTransform(reference, canonical);
  if (way.keyInfo) {
    auto* info = required(xmlSecTmplSignatureEnsureKeyInfo(signature, nullptr));
    auto* data = required(xmlSecTmplKeyInfoAddX509Data(info));
    xmlSecTmplX509DataAddCertificate(data);
  }
  return signature;
}

xmlSecKey* keyWithCertificate(const SigningKey& signer) {
  EVP_PKEY_up_ref(signer.key.get());
  auto* key = required(xmlSecKeyCreate());
  xmlSecKeySetValue(key, required(xmlSecOpenSSLEvpKeyAdopt(signer.key.get())));
  const auto& pem = signer.certificate;
  xmlSecOpenSSLAppKeyCertLoadMemory(key, bytes(pem), static_cast<xmlSecSize>(pem.size()), xmlSecKeyDataFormatPem);
  return key;
}

std::string between(const std::string& text, std::string_view before, std::string_view after) {
  const auto begin = text.find(before);
  if (begin == std::string::npos) return {};
  const auto value = begin + before.size();
  return text.substr(value, text.find(after, value) - value);
}

std::string unescaped(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size();
    plain += escape ? static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16)) : text[i];
    if (escape) i += 2;
  }
  return plain;
}

std::string inflated(std::string packed) {
  std::string plain(64 * 1024, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::runtime_error("inflate");
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  const int outcome = inflate(&stream, Z_FINISH);
  plain.resize(stream.total_out);
  inflateEnd(&stream);
  if (outcome != Z_STREAM_END) throw std::runtime_error("no SAMLRequest");
  return plain;
}

std::string instant(Time time) { return saml::instantText(time); }

}  // namespace

SigningKey SigningKey::rsa(int bits) { return withCertificate(EVP_RSA_gen(static_cast<unsigned>(bits))); }
SigningKey SigningKey::p256() { return withCertificate(EVP_EC_gen("P-256")); }

std::string signElement(std::string_view xml, std::string_view id, const SigningKey& key, const SigningWay& way) {
  if (!saml::prepareSignatures()) throw std::runtime_error("no xmlsec");
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      required(xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, "UTF-8", XML_PARSE_NONET)), xmlFreeDoc);
  auto* element = required(findById(xmlDocGetRootElement(document.get()), id));
  xmlAddID(nullptr, document.get(), bytes(std::string(id)), xmlHasProp(element, bytes("ID")));
  auto* signature = addTemplate(element, id, way);
  const std::unique_ptr<xmlSecDSigCtx, decltype(&xmlSecDSigCtxDestroy)> context(required(xmlSecDSigCtxCreate(nullptr)),
                                                                                xmlSecDSigCtxDestroy);
  context->signKey = keyWithCertificate(key);
  if (xmlSecDSigCtxSign(context.get(), signature) < 0) throw std::runtime_error("signing failed");
  xmlChar* text = nullptr;
  int size = 0;
  xmlDocDumpMemory(document.get(), &text, &size);
  std::string copied(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  xmlFree(text);
  return copied;
}

std::string samlResponse(const SamlAnswer& answer) {
  const auto request = answer.requestId ? " InResponseTo=\"" + *answer.requestId + "\"" : std::string();
  const auto issued = instant(answer.now);
  const auto until = instant(answer.now + std::chrono::minutes(5));
  std::string attributes;
  for (const auto& [name, value] : answer.attributes) {
    attributes += "<saml:Attribute Name=\"" + name + "\"><saml:AttributeValue>" + value +
                  "</saml:AttributeValue></saml:Attribute>";
  }
  if (!attributes.empty()) attributes = "<saml:AttributeStatement>" + attributes + "</saml:AttributeStatement>";
  return "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" "
         "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"" +
         answer.responseId + "\" Version=\"2.0\" IssueInstant=\"" + issued + "\" Destination=\"" + answer.consumerUrl +
         "\"" + request + "><saml:Issuer>" + answer.issuer + "</saml:Issuer><samlp:Status><samlp:StatusCode Value=\"" +
         answer.status + "\"/></samlp:Status><saml:Assertion ID=\"" + answer.assertionId +
         "\" Version=\"2.0\" IssueInstant=\"" + issued + "\"><saml:Issuer>" + answer.issuer +
         "</saml:Issuer><saml:Subject><saml:NameID>" + answer.nameId +
         "</saml:NameID><saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">"
         "<saml:SubjectConfirmationData Recipient=\"" +
         answer.consumerUrl + "\"" + request + " NotOnOrAfter=\"" + until +
         "\"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore=\"" + issued + "\" NotOnOrAfter=\"" +
         until + "\"><saml:AudienceRestriction><saml:Audience>" + answer.audience +
         "</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant=\"" + issued +
         "\"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password"
         "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>" +
         attributes + "</saml:Assertion></samlp:Response>";
}

ReceivedRequest receiveRequest(const std::string& url) {
  const auto packed = crypto::base64Decode(unescaped(between(url + "&", "SAMLRequest=", "&")));
  if (!packed) throw std::runtime_error("no SAMLRequest");
  auto xml = inflated(*packed);
  return {.xml = xml,
          .id = between(xml, " ID=\"", "\""),
          .issuer = between(xml, "<saml:Issuer>", "</saml:Issuer>"),
          .consumerUrl = between(xml, "AssertionConsumerServiceURL=\"", "\""),
          .relayState = unescaped(between(url + "&", "RelayState=", "&"))};
}

}  // namespace clerk::instance
