#include "saml/request.hpp"

#include "saml/document.hpp"
#include "saml/instant.hpp"
#include "saml/names.hpp"

#include <crypto/base64.hpp>

#include <zlib.h>

#include <initializer_list>
#include <new>
#include <stdexcept>
#include <utility>

namespace clerk::instance::saml {
namespace {

using Attributes = std::initializer_list<std::pair<const char*, std::string>>;

const xmlChar* bytes(const char* text) noexcept { return reinterpret_cast<const xmlChar*>(text); }

xmlNode* required(xmlNode* node) {
  if (!node) throw std::bad_alloc();
  return node;
}

void setAttributes(xmlNode* element, Attributes attributes) {
  for (const auto& [name, value] : attributes) xmlNewProp(element, bytes(name), bytes(value.c_str()));
}

xmlNode* addRoot(xmlDoc* document, const char* name, const char* space, const char* prefix, Attributes attributes) {
  auto* root = required(xmlNewDocNode(document, nullptr, bytes(name), nullptr));
  xmlDocSetRootElement(document, root);
  xmlSetNs(root, xmlNewNs(root, bytes(space), bytes(prefix)));
  setAttributes(root, attributes);
  return root;
}

/// In the namespace of its parent, or in the one given.
xmlNode* addChild(xmlNode* parent, const char* name, Attributes attributes, const std::string& text = {},
                  xmlNs* space = nullptr) {
  auto* content = text.empty() ? nullptr : bytes(text.c_str());
  auto* child = required(xmlNewTextChild(parent, space ? space : parent->ns, bytes(name), content));
  setAttributes(child, attributes);
  return child;
}

DocumentPointer newDocument() {
  DocumentPointer document(xmlNewDoc(bytes("1.0")));
  if (!document) throw std::bad_alloc();
  return document;
}

std::string textOf(xmlDoc* document) {
  xmlChar* text = nullptr;
  int size = 0;
  xmlDocDumpMemoryEnc(document, &text, &size, "UTF-8");
  std::string copied(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  xmlFree(text);
  return copied;
}

/// RFC 1951, without a header.
std::string deflated(std::string text) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int outcome = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (outcome != Z_STREAM_END) throw std::runtime_error("deflate");
  return packed;
}

std::string escaped(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string safe;
  for (const unsigned char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '~';
    if (plain) {
      safe += static_cast<char>(c);
    } else {
      safe.append({'%', digits[c >> 4], digits[c & 15]});
    }
  }
  return safe;
}

}  // namespace

std::string xmlOf(const AuthnRequest& request) {
  const auto document = newDocument();
  auto* root = addRoot(document.get(), "AuthnRequest", name::protocolSpace, "samlp",
                       {{"ID", request.id},
                        {"Version", "2.0"},
                        {"IssueInstant", instantText(request.issuedAt)},
                        {"Destination", request.destination},
                        {"ProtocolBinding", name::postBinding},
                        {"AssertionConsumerServiceURL", request.consumerUrl}});
  if (request.forceAuthn) setAttributes(root, {{"ForceAuthn", "true"}});
  auto* space = xmlNewNs(root, bytes(name::assertionSpace), bytes("saml"));
  addChild(root, "Issuer", {}, request.issuer, space);
  addChild(root, "NameIDPolicy", {{"AllowCreate", "true"}});
  return textOf(document.get());
}

std::string redirectUrl(const AuthnRequest& request, std::string_view relayState) {
  const auto& address = request.destination;
  return address + (address.find('?') == std::string::npos ? "?" : "&") +
         "SAMLRequest=" + escaped(crypto::base64Encode(deflated(xmlOf(request)))) +
         "&RelayState=" + escaped(relayState);
}

std::string serviceMetadata(const std::string& entityId, const std::string& consumerUrl) {
  const auto document = newDocument();
  auto* root = addRoot(document.get(), "EntityDescriptor", name::metadataSpace, "md", {{"entityID", entityId}});
  auto* service = addChild(root, "SPSSODescriptor",
                           {{"AuthnRequestsSigned", "false"},
                            {"WantAssertionsSigned", "true"},
                            {"protocolSupportEnumeration", name::protocolSpace}});
  addChild(service, "NameIDFormat", {}, name::emailFormat);
  addChild(service, "AssertionConsumerService",
           {{"Binding", name::postBinding}, {"Location", consumerUrl}, {"index", "0"}});
  return textOf(document.get());
}

}  // namespace clerk::instance::saml
