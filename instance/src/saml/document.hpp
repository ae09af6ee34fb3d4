#pragma once
// An XML document of somebody else's, read by libxml2 with all that a SAML message has no need for refused: document
// types (and so entities), comments, processing instructions, anything from the network.

#include "saml/document_size.hpp"

#include <libxml/tree.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance::saml {

struct FreeDocument {
  void operator()(xmlDoc* document) const noexcept { xmlFreeDoc(document); }
};
using DocumentPointer = std::unique_ptr<xmlDoc, FreeDocument>;

/// In what is signed they are refused: a text with one inside is read in two parts by some, and signatures do not cover
/// it.
enum class Comments { Refused, Dropped };

/// Null when it is no UTF-8 XML, is too large, or has one of those things.
DocumentPointer readDocument(std::string_view xml, Comments comments = Comments::Refused);

/// What a signature is about must be found in one way alone: every `ID` once. False when one comes twice.
bool hasUniqueIds(xmlDoc* document);

bool isElement(const xmlNode* node, const char* space, const char* name) noexcept;
/// Child elements of this name, in their order.
std::vector<xmlNode*> childrenOf(const xmlNode* parent, const char* space, const char* name);
/// The only one; null when there is none or several.
xmlNode* onlyChild(const xmlNode* parent, const char* space, const char* name);
/// How many elements of this name are anywhere below and at `node`.
std::size_t countElements(const xmlNode* node, const char* space, const char* name) noexcept;

/// An attribute without a namespace; absent when it is not there.
std::optional<std::string> attribute(const xmlNode* element, const char* name);
/// The text inside, without white space around it; absent when there are elements inside.
std::optional<std::string> textOf(const xmlNode* element);

}  // namespace clerk::instance::saml
