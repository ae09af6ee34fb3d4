#include "saml/document.hpp"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include <set>

namespace clerk::instance::saml {
namespace {

struct FreeParser {
  void operator()(xmlParserCtxt* parser) const noexcept { xmlFreeParserCtxt(parser); }
};

const char* text(const xmlChar* bytes) noexcept { return reinterpret_cast<const char*>(bytes); }
const xmlChar* bytes(const char* text) noexcept { return reinterpret_cast<const xmlChar*>(text); }

void ignoreError(void*, xmlError*) {}

void stop(void* context) {
  auto* parser = static_cast<xmlParserCtxt*>(context);
  parser->wellFormed = 0;
  xmlStopParser(parser);
}
void refuseDoctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) { stop(context); }
void refuseComment(void* context, const xmlChar*) { stop(context); }
void refuseInstruction(void* context, const xmlChar*, const xmlChar*) { stop(context); }

/// Calls `visit(element)` for each element below and at `node`, without recursion.
template <class Visit>
void eachElement(const xmlNode* top, Visit visit) {
  const xmlNode* node = top;
  while (node) {
    if (node->type == XML_ELEMENT_NODE) visit(node);
    if (node->type == XML_ELEMENT_NODE && node->children) {
      node = node->children;
      continue;
    }
    while (node != top && !node->next) node = node->parent;
    node = node == top ? nullptr : node->next;
  }
}

std::string_view trimmed(std::string_view value) {
  constexpr std::string_view space = " \t\r\n";
  const auto begin = value.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  return value.substr(begin, value.find_last_not_of(space) - begin + 1);
}

}  // namespace

DocumentPointer readDocument(std::string_view xml, Comments comments) {
  if (xml.empty() || xml.size() > largestDocument) return nullptr;
  // Once, before any thread parses.
  static const bool begun = [] {
    xmlInitParser();
    return true;
  }();
  static_cast<void>(begun);
  // Of this thread, also for what is done with the document afterwards: whoever sends a document is not to write our
  // log.
  xmlSetStructuredErrorFunc(nullptr, ignoreError);
  const std::unique_ptr<xmlParserCtxt, FreeParser> parser(xmlNewParserCtxt());
  if (!parser) return nullptr;
  parser->sax->internalSubset = refuseDoctype;
  parser->sax->externalSubset = refuseDoctype;
  parser->sax->comment = comments == Comments::Refused ? refuseComment : nullptr;
  parser->sax->processingInstruction = refuseInstruction;
  return DocumentPointer(
      xmlCtxtReadMemory(parser.get(), xml.data(), static_cast<int>(xml.size()), nullptr, "UTF-8",
                        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA));
}

bool hasUniqueIds(xmlDoc* document) {
  std::set<std::string, std::less<>> ids;
  bool unique = true;
  eachElement(xmlDocGetRootElement(document), [&](const xmlNode* element) {
    for (const auto* each = element->properties; each; each = each->next) {
      const std::string_view name = text(each->name);
      // Of any namespace: `xml:id` and `Id` are ids to some readers.
      if (name != "ID" && name != "Id" && name != "id") continue;
      auto* value = xmlNodeGetContent(reinterpret_cast<const xmlNode*>(each));
      unique = unique && value && ids.emplace(text(value)).second;
      xmlFree(value);
    }
  });
  return unique;
}

bool isElement(const xmlNode* node, const char* space, const char* name) noexcept {
  return node && node->type == XML_ELEMENT_NODE && node->ns && xmlStrEqual(node->ns->href, bytes(space)) &&
         xmlStrEqual(node->name, bytes(name));
}

std::vector<xmlNode*> childrenOf(const xmlNode* parent, const char* space, const char* name) {
  std::vector<xmlNode*> found;
  for (auto* child = parent ? parent->children : nullptr; child; child = child->next) {
    if (isElement(child, space, name)) found.push_back(child);
  }
  return found;
}

xmlNode* onlyChild(const xmlNode* parent, const char* space, const char* name) {
  const auto found = childrenOf(parent, space, name);
  return found.size() == 1 ? found.front() : nullptr;
}

std::size_t countElements(const xmlNode* node, const char* space, const char* name) noexcept {
  std::size_t count = 0;
  eachElement(node, [&](const xmlNode* element) { count += isElement(element, space, name) ? 1 : 0; });
  return count;
}

std::optional<std::string> attribute(const xmlNode* element, const char* name) {
  auto* value = element ? xmlGetNoNsProp(element, bytes(name)) : nullptr;
  if (!value) return std::nullopt;
  std::string copied = text(value);
  xmlFree(value);
  return copied;
}

std::optional<std::string> textOf(const xmlNode* element) {
  if (!element) return std::nullopt;
  std::string content;
  for (const auto* child = element->children; child; child = child->next) {
    if (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE) return std::nullopt;
    if (child->content) content += text(child->content);
  }
  return std::string(trimmed(content));
}

}  // namespace clerk::instance::saml
