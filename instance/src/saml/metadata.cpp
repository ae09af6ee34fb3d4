#include "saml/metadata.hpp"

#include "saml/certificate.hpp"
#include "saml/document.hpp"
#include "saml/names.hpp"

namespace clerk::instance::saml {
namespace {

using name::metadataSpace;
using name::signatureSpace;

void addCertificate(std::string& all, const xmlNode* element) {
  const auto text = textOf(element);
  if (!text || text->empty()) return;
  all += "-----BEGIN CERTIFICATE-----\n" + *text + "\n-----END CERTIFICATE-----\n";
}

/// Keys without a use are for signing too.
std::string certificatesOf(const xmlNode* role) {
  std::string all;
  for (const auto* key : childrenOf(role, metadataSpace, "KeyDescriptor")) {
    if (attribute(key, "use").value_or("signing") != "signing") continue;
    for (const auto* data : childrenOf(onlyChild(key, signatureSpace, "KeyInfo"), signatureSpace, "X509Data")) {
      for (const auto* each : childrenOf(data, signatureSpace, "X509Certificate")) addCertificate(all, each);
    }
  }
  return all;
}

std::string signInUrlOf(const xmlNode* role) {
  for (const auto* service : childrenOf(role, metadataSpace, "SingleSignOnService")) {
    if (attribute(service, "Binding") == name::redirectBinding) return attribute(service, "Location").value_or("");
  }
  return {};
}

}  // namespace

std::optional<ProviderMetadata> readProviderMetadata(std::string_view xml) {
  const auto document = readDocument(xml, Comments::Dropped);
  const auto* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (!isElement(root, metadataSpace, "EntityDescriptor")) return std::nullopt;
  const auto* role = onlyChild(root, metadataSpace, "IDPSSODescriptor");
  if (!role) return std::nullopt;
  ProviderMetadata read{attribute(root, "entityID").value_or(""), signInUrlOf(role), certificatesOf(role)};
  if (read.entityId.empty() || read.signInUrl.empty() || !readCertificates(read.certificates)) return std::nullopt;
  return read;
}

}  // namespace clerk::instance::saml
