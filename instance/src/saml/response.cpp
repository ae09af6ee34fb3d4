#include "saml/response.hpp"

#include "model/names.hpp"
#include "saml/certificate.hpp"
#include "saml/document.hpp"
#include "saml/instant.hpp"
#include "saml/names.hpp"
#include "saml/signature.hpp"

#include <crypto/base64.hpp>

#include <algorithm>
#include <chrono>

namespace clerk::instance::saml {
namespace {

using name::assertionSpace;
using name::protocolSpace;
using name::signatureSpace;
using Result = boost::system::result<Assertion, Refusal>;
using Check = std::optional<Refusal>;

constexpr std::chrono::minutes skew{1};
/// An assertion that lives longer is no answer to a sign-in, and its id would have to be remembered as long.
constexpr std::chrono::hours longestLife{24};
constexpr std::size_t mostAttributes = 200;
constexpr std::size_t mostValues = 1000;
constexpr std::size_t longestId = 256;
constexpr std::size_t longestNameId = 1024;

constexpr NameTable<Refusal, 12> refusals{{
    {Refusal::Malformed, "malformed"},
    {Refusal::Encrypted, "encrypted"},
    {Refusal::Status, "status"},
    {Refusal::Signature, "signature"},
    {Refusal::Algorithm, "algorithm"},
    {Refusal::Issuer, "issuer"},
    {Refusal::Destination, "destination"},
    {Refusal::Audience, "audience"},
    {Refusal::Request, "request"},
    {Refusal::Time, "time"},
    {Refusal::Subject, "subject"},
    {Refusal::Certificates, "certificates"},
}};

constexpr NameTable<Refusal, 12> sentences{{
    {Refusal::Malformed, "It is not one SAML response with one assertion."},
    {Refusal::Encrypted, "Its assertion is encrypted. Please turn the encryption of assertions off at the provider."},
    {Refusal::Status, "The identity provider says that the sign-in did not succeed."},
    {Refusal::Signature, "It is not signed by the certificate of the connection."},
    {Refusal::Algorithm, "It is signed with an algorithm that is not accepted; RSA or ECDSA with SHA-256 is."},
    {Refusal::Issuer, "Its issuer is not the entity id of the connection's identity provider."},
    {Refusal::Destination, "It is meant for another address than the connection's ACS URL."},
    {Refusal::Audience, "Its audience is not the entity id of this service."},
    {Refusal::Request, "It does not answer the request that was sent."},
    {Refusal::Time, "It is not valid at this time. Please compare the clocks."},
    {Refusal::Subject, "It does not say who signed in."},
    {Refusal::Certificates, "The certificate of the connection cannot be read, or its key is too short."},
}};

std::optional<std::string> decode(std::string_view encoded) {
  if (encoded.size() > longestEncoded) return std::nullopt;
  std::string packed;
  packed.reserve(encoded.size());
  for (const char c : encoded) {
    if (c != '\n' && c != '\r' && c != ' ' && c != '\t') packed += c;
  }
  return crypto::base64Decode(packed);
}

bool isVersion2(const xmlNode* element) { return attribute(element, "Version") == "2.0"; }

/// One response with one assertion in the one place for it, and signatures nowhere but on these two. What is wrapped
/// elsewhere, to be signed in one place and read in another, is refused by its being there.
struct Parts {
  xmlNode* response = nullptr;
  xmlNode* assertion = nullptr;
};
boost::system::result<Parts, Refusal> partsOf(xmlDoc* document) {
  auto* root = xmlDocGetRootElement(document);
  if (!isElement(root, protocolSpace, "Response") || !isVersion2(root) || !hasUniqueIds(document)) {
    return Refusal::Malformed;
  }
  if (countElements(root, assertionSpace, "EncryptedAssertion") > 0) return Refusal::Encrypted;
  const auto* status = onlyChild(root, protocolSpace, "Status");
  const auto code = attribute(onlyChild(status, protocolSpace, "StatusCode"), "Value");
  if (!code) return Refusal::Malformed;
  if (*code != name::success) return Refusal::Status;
  auto* assertion = onlyChild(root, assertionSpace, "Assertion");
  const bool alone = assertion && isVersion2(assertion) && countElements(root, assertionSpace, "Assertion") == 1 &&
                     countElements(root, protocolSpace, "Response") == 1;
  if (!alone) return Refusal::Malformed;
  const auto expected =
      childrenOf(root, signatureSpace, "Signature").size() + childrenOf(assertion, signatureSpace, "Signature").size();
  if (countElements(root, signatureSpace, "Signature") != expected) return Refusal::Malformed;
  return Parts{root, assertion};
}

Check checkSignatures(const Parts& parts, const Expected& expected) {
  const auto certificates = readCertificates(expected.certificates);
  if (!certificates) return Refusal::Certificates;
  bool covered = false;
  for (auto* element : {parts.response, parts.assertion}) {
    switch (checkSignature(element, *certificates)) {
      case Signed::No: break;
      case Signed::Yes: covered = true; break;
      case Signed::BadAlgorithm: return Refusal::Algorithm;
      case Signed::Bad: return Refusal::Signature;
    }
  }
  return covered ? Check() : Refusal::Signature;
}

Check checkEnvelope(const Parts& parts, const Expected& expected) {
  const auto* issuer = onlyChild(parts.response, assertionSpace, "Issuer");
  if (issuer && textOf(issuer) != expected.issuer) return Refusal::Issuer;
  const auto destination = attribute(parts.response, "Destination");
  const bool isSigned = !childrenOf(parts.response, signatureSpace, "Signature").empty();
  // saml-bindings-2.0-os §3.5.5.2: a signed message names where it goes.
  if (destination ? *destination != expected.consumerUrl : isSigned) return Refusal::Destination;
  const auto answered = attribute(parts.response, "InResponseTo");
  if (answered && answered != expected.requestId) return Refusal::Request;
  return {};
}

/// Between the two, give or take the skew; `endRequired`: there must be an end.
Check checkTimes(const xmlNode* element, Time now, bool endRequired) {
  const auto from = attribute(element, "NotBefore");
  const auto until = attribute(element, "NotOnOrAfter");
  if (from) {
    const auto time = readInstant(*from);
    if (!time || *time > now + skew) return Refusal::Time;
  }
  if (!until) return endRequired ? Check(Refusal::Time) : Check();
  const auto time = readInstant(*until);
  if (!time || *time + skew <= now || *time > now + longestLife) return Refusal::Time;
  return {};
}

Check checkConditions(const xmlNode* assertion, const Expected& expected, Time now) {
  const auto* conditions = onlyChild(assertion, assertionSpace, "Conditions");
  if (!conditions) return Refusal::Audience;
  if (auto wrong = checkTimes(conditions, now, false)) return wrong;
  const auto restrictions = childrenOf(conditions, assertionSpace, "AudienceRestriction");
  if (restrictions.empty()) return Refusal::Audience;
  // saml-core-2.0-os §2.5.1.4: all restrictions must hold; one audience of each is enough.
  for (const auto* restriction : restrictions) {
    const auto audiences = childrenOf(restriction, assertionSpace, "Audience");
    const bool named =
        std::ranges::any_of(audiences, [&](const xmlNode* audience) { return textOf(audience) == expected.audience; });
    if (!named) return Refusal::Audience;
  }
  return {};
}

/// One confirmation of the bearer, whose conditions are those of saml-profiles-2.0-os §4.1.4.2.
Check checkConfirmation(const xmlNode* confirmation, const Expected& expected, Time now) {
  const auto* data = onlyChild(confirmation, assertionSpace, "SubjectConfirmationData");
  if (attribute(confirmation, "Method") != name::bearer || !data) return Refusal::Subject;
  if (attribute(data, "Recipient") != expected.consumerUrl) return Refusal::Destination;
  if (attribute(data, "InResponseTo") != expected.requestId) return Refusal::Request;
  return checkTimes(data, now, true);
}

Check checkSubject(const xmlNode* subject, const Expected& expected, Time now, Assertion& read) {
  Check wrong = Refusal::Subject;
  for (const auto* confirmation : childrenOf(subject, assertionSpace, "SubjectConfirmation")) {
    wrong = checkConfirmation(confirmation, expected, now);
    if (wrong) continue;
    const auto* data = onlyChild(confirmation, assertionSpace, "SubjectConfirmationData");
    read.validUntil = *readInstant(attribute(data, "NotOnOrAfter").value_or("")) + skew;
    break;
  }
  if (wrong) return wrong;
  const auto* nameId = onlyChild(subject, assertionSpace, "NameID");
  const auto value = textOf(nameId);
  if (!value || value->empty() || value->size() > longestNameId) return Refusal::Subject;
  read.nameId = *value;
  read.nameIdFormat = attribute(nameId, "Format").value_or("");
  return {};
}

/// There must be one, and the session there must not be over.
Check checkStatements(const xmlNode* assertion, Time now) {
  const auto statements = childrenOf(assertion, assertionSpace, "AuthnStatement");
  if (statements.empty()) return Refusal::Subject;
  for (const auto* statement : statements) {
    const auto until = attribute(statement, "SessionNotOnOrAfter");
    if (!until) continue;
    const auto time = readInstant(*until);
    if (!time || *time + skew <= now) return Refusal::Time;
  }
  return {};
}

Check readAttributes(const xmlNode* assertion, Assertion& read) {
  std::size_t values = 0;
  for (const auto* statement : childrenOf(assertion, assertionSpace, "AttributeStatement")) {
    for (const auto* each : childrenOf(statement, assertionSpace, "Attribute")) {
      Attribute taken{attribute(each, "Name").value_or(""), attribute(each, "FriendlyName").value_or(""), {}};
      for (const auto* value : childrenOf(each, assertionSpace, "AttributeValue")) {
        if (++values > mostValues) return Refusal::Malformed;
        // A value of elements is none that is asked for.
        if (auto text = textOf(value)) taken.values.push_back(*std::move(text));
      }
      if (read.attributes.size() == mostAttributes) return Refusal::Malformed;
      read.attributes.push_back(std::move(taken));
    }
  }
  return {};
}

/// Of an element that is signed.
Result readAssertion(const xmlNode* element, const Expected& expected, Time now) {
  Assertion read;
  read.id = attribute(element, "ID").value_or("");
  if (read.id.empty() || read.id.size() > longestId) return Refusal::Malformed;
  if (textOf(onlyChild(element, assertionSpace, "Issuer")) != expected.issuer) return Refusal::Issuer;
  if (auto wrong = checkConditions(element, expected, now)) return *wrong;
  if (auto wrong = checkSubject(onlyChild(element, assertionSpace, "Subject"), expected, now, read)) return *wrong;
  if (auto wrong = checkStatements(element, now)) return *wrong;
  if (auto wrong = readAttributes(element, read)) return *wrong;
  return read;
}

}  // namespace

std::string_view nameOf(Refusal refusal) noexcept { return nameIn(refusals, refusal); }
std::optional<Refusal> refusalOf(std::string_view name) noexcept { return valueIn(refusals, name); }
std::string_view describe(Refusal refusal) noexcept { return nameIn(sentences, refusal); }

std::string Assertion::value(std::string_view name) const {
  if (name.empty()) return {};
  for (const auto member : {&Attribute::name, &Attribute::friendlyName}) {
    for (const auto& attribute : attributes) {
      if (attribute.*member == name && !attribute.values.empty()) return attribute.values.front();
    }
  }
  return {};
}

boost::system::result<Assertion, Refusal> verifyResponse(const Expected& expected, std::string_view encoded, Time now) {
  const auto xml = decode(encoded);
  const auto document = xml ? readDocument(*xml) : nullptr;
  if (!document) return Refusal::Malformed;
  const auto parts = partsOf(document.get());
  if (!parts) return parts.error();
  // Nothing that the document says of its contents is believed before this line.
  if (auto wrong = checkSignatures(*parts, expected)) return *wrong;
  if (auto wrong = checkEnvelope(*parts, expected)) return *wrong;
  return readAssertion(parts->assertion, expected, now);
}

}  // namespace clerk::instance::saml
