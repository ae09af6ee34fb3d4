#include "saml/response.hpp"

#include "testing/identity_provider.hpp"

#include <crypto/base64.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace clerk::instance::saml {
namespace {

using namespace std::chrono_literals;

const Time now = fromMilliseconds(1'800'000'000'000);

const SigningKey& ours() {
  static const auto key = SigningKey::rsa();
  return key;
}
const SigningKey& theirs() {
  static const auto key = SigningKey::rsa();
  return key;
}

SamlAnswer answer() {
  return {.consumerUrl = "https://sp.example/acs",
          .audience = "https://sp.example",
          .requestId = "_request",
          .now = now,
          .attributes = {{"mail", "ada@acme.example"}, {"givenName", "Ada"}}};
}
Expected expected() {
  return {.issuer = "https://idp.example",
          .certificates = ours().certificate,
          .audience = "https://sp.example",
          .consumerUrl = "https://sp.example/acs",
          .requestId = "_request"};
}

std::string signedResponse(const SamlAnswer& said = answer(), const SigningWay& way = {}) {
  return signElement(samlResponse(said), said.assertionId, ours(), way);
}

/// `ok`, or why not.
std::string verdict(std::string_view xml, const Expected& wanted = expected(), Time at = now) {
  const auto verified = verifyResponse(wanted, crypto::base64Encode(xml), at);
  return verified ? "ok" : std::string(nameOf(verified.error()));
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}
/// From `<name` to the end of that element, which must not have another one of its name inside.
std::string elementIn(const std::string& xml, const std::string& name) {
  const auto begin = xml.find("<" + name);
  const auto closing = "</" + name + ">";
  return xml.substr(begin, xml.find(closing) + closing.size() - begin);
}

TEST(SamlResponse, what_a_trusted_provider_says_is_read) {
  const auto verified = verifyResponse(expected(), crypto::base64Encode(signedResponse()), now);
  ASSERT_TRUE(verified) << nameOf(verified.error());
  EXPECT_EQ(verified->id, "_assertion");
  EXPECT_EQ(verified->nameId, "ada-1");
  EXPECT_EQ(verified->value("mail"), "ada@acme.example");
  EXPECT_EQ(verified->value("givenName"), "Ada");
  EXPECT_EQ(verified->value("none"), "");
  EXPECT_EQ(verified->validUntil, now + 5min + 1min);
}

TEST(SamlResponse, a_signature_on_the_response_covers_the_assertion_too) {
  const auto xml = samlResponse(answer());
  EXPECT_EQ(verdict(signElement(xml, "_response", ours())), "ok");
  EXPECT_EQ(verdict(signElement(signedResponse(), "_response", ours())), "ok") << "both";
  EXPECT_EQ(verdict(signElement(signedResponse(), "_response", theirs())), "signature") << "each must be good";
  EXPECT_EQ(verdict(replaced(signElement(xml, "_response", ours()), " Destination=\"https://sp.example/acs\"", "")),
            "signature");
  EXPECT_EQ(verdict(signElement(replaced(xml, " Destination=\"https://sp.example/acs\"", ""), "_response", ours())),
            "destination");
}

TEST(SamlResponse, keys_on_curves_and_several_certificates_are_taken) {
  const auto curve = SigningKey::p256();
  auto wanted = expected();
  wanted.certificates = ours().certificate + curve.certificate;
  const auto xml = samlResponse(answer());
  EXPECT_EQ(verdict(signElement(xml, "_assertion", curve, {.method = signing::ecdsaSha256}), wanted), "ok");
  EXPECT_EQ(verdict(signElement(xml, "_assertion", ours()), wanted), "ok");
  EXPECT_EQ(verdict(signElement(xml, "_assertion", theirs()), wanted), "signature");
  wanted.certificates = "MII";
  EXPECT_EQ(verdict(signedResponse(), wanted), "certificates");
  wanted.certificates = SigningKey::rsa(1024).certificate;
  EXPECT_EQ(verdict(signedResponse(), wanted), "certificates") << "a key that is too short";
}

TEST(SamlResponse, a_certificate_that_comes_along_counts_for_nothing) {
  const auto xml = signElement(samlResponse(answer()), "_assertion", theirs(), {.keyInfo = true});
  ASSERT_NE(xml.find("X509Certificate"), std::string::npos);
  EXPECT_EQ(verdict(xml), "signature");
  EXPECT_EQ(verdict(signElement(samlResponse(answer()), "_assertion", ours(), {.keyInfo = false})), "ok");
}

TEST(SamlResponse, each_condition_of_the_profile_is_checked) {
  const struct {
    const char* from;
    const char* to;
    const char* verdict;
  } rows[] = {
      {"<saml:Audience>https://sp.example<", "<saml:Audience>https://other.example<", "audience"},
      {"<saml:AudienceRestriction><saml:Audience>https://sp.example</saml:Audience></saml:AudienceRestriction>", "",
       "audience"},
      {"Recipient=\"https://sp.example/acs\"", "Recipient=\"https://other.example/acs\"", "destination"},
      {"Recipient=\"https://sp.example/acs\"", "", "destination"},
      {" InResponseTo=\"_request\" NotOnOrAfter", " NotOnOrAfter", "request"},
      {" InResponseTo=\"_request\" NotOnOrAfter", " InResponseTo=\"_other\" NotOnOrAfter", "request"},
      {" InResponseTo=\"_request\"><saml:Issuer>", " InResponseTo=\"_other\"><saml:Issuer>", "request"},
      {"urn:oasis:names:tc:SAML:2.0:cm:bearer", "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key", "subject"},
      {"<saml:NameID>ada-1</saml:NameID>", "", "subject"},
      {"<saml:NameID>ada-1</saml:NameID>", "<saml:NameID> </saml:NameID>", "subject"},
      {"Destination=\"https://sp.example/acs\"", "Destination=\"https://other.example/acs\"", "destination"},
      {"<saml:Issuer>https://idp.example</saml:Issuer><samlp:Status>",
       "<saml:Issuer>https://other.example</saml:Issuer><samlp:Status>", "issuer"},
      {"<saml:Issuer>https://idp.example</saml:Issuer><saml:Subject>",
       "<saml:Issuer>https://other.example</saml:Issuer><saml:Subject>", "issuer"},
      {"status:Success", "status:AuthnFailed", "status"},
      {"<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>", "", "malformed"},
      {"ID=\"_assertion\" Version=\"2.0\"", "ID=\"_assertion\" Version=\"1.1\"", "malformed"},
      {"ID=\"_response\"", "ID=\"_assertion\"", "malformed"},
      {"<saml:AuthnStatement AuthnInstant",
       "<saml:AuthnStatement SessionNotOnOrAfter=\"2020-01-01T00:00:00Z\" "
       "AuthnInstant",
       "time"},
      {"<saml:Attribute Name=\"mail\">", "<saml:Attribute Name=\"other\">", "ok"},
  };
  for (const auto& row : rows) {
    // Signed after the change: it is the condition that refuses, not the signature.
    EXPECT_EQ(verdict(signElement(replaced(samlResponse(answer()), row.from, row.to), "_assertion", ours())),
              row.verdict)
        << row.from << " as " << row.to;
  }
}

TEST(SamlResponse, nothing_is_believed_after_its_time_or_before_it) {
  const auto xml = signedResponse();
  EXPECT_EQ(verdict(xml, expected(), now + 5min + 59s), "ok") << "clocks may differ by a minute";
  EXPECT_EQ(verdict(xml, expected(), now + 6min), "time");
  EXPECT_EQ(verdict(xml, expected(), now - 59s), "ok");
  EXPECT_EQ(verdict(xml, expected(), now - 61s), "time");
  for (const auto* until : {"2030-01-01T00:00:00Z", "2027-01-15T08:05:00", "2027-01-15T08:05:00+01:00", "soon"}) {
    const auto text = replaced(samlResponse(answer()), "NotOnOrAfter=\"2027-01-15T08:05:00Z\"/>",
                               "NotOnOrAfter=\"" + std::string(until) + "\"/>");
    EXPECT_EQ(verdict(signElement(text, "_assertion", ours())), "time") << until;
  }
}

TEST(SamlResponse, a_provider_speaks_first_only_where_that_is_expected) {
  auto said = answer();
  said.requestId.reset();
  auto wanted = expected();
  EXPECT_EQ(verdict(signedResponse(said), wanted), "request");
  wanted.requestId.reset();
  EXPECT_EQ(verdict(signedResponse(said), wanted), "ok");
  EXPECT_EQ(verdict(signedResponse(), wanted), "request") << "the answer to somebody else's request";
}

TEST(SamlResponse, weak_and_strange_methods_are_refused) {
  const auto xml = samlResponse(answer());
  EXPECT_EQ(verdict(signElement(xml, "_assertion", ours(), {.method = signing::rsaSha1})), "algorithm");
  EXPECT_EQ(verdict(signElement(xml, "_assertion", ours(), {.digest = signing::sha1})), "algorithm");
  EXPECT_EQ(verdict(signElement(xml, "_assertion", ours(), {.canonicalization = signing::inclusive})), "algorithm");
  const auto good = signedResponse();
  for (const auto* transform :
       {"http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "http://www.w3.org/2002/06/xmldsig-filter2", "http://www.w3.org/2000/09/xmldsig#base64"}) {
    EXPECT_EQ(verdict(replaced(good, "http://www.w3.org/2000/09/xmldsig#enveloped-signature", transform)), "algorithm")
        << transform;
  }
  EXPECT_EQ(verdict(replaced(good, signing::rsaSha256, "http://www.w3.org/2000/09/xmldsig#hmac-sha1")), "algorithm");
  EXPECT_EQ(verdict(replaced(good, "URI=\"#_assertion\"", "URI=\"\"")), "signature");
  EXPECT_EQ(verdict(replaced(good, "URI=\"#_assertion\"", "URI=\"#_response\"")), "signature");
  EXPECT_EQ(verdict(replaced(good, "URI=\"#_assertion\"", "URI=\"http://127.0.0.1:9/\"")), "signature");
  EXPECT_EQ(verdict(replaced(good, "URI=\"#_assertion\"", "URI=\"#xpointer(/)\"")), "signature");
}

TEST(SamlResponse, what_was_changed_after_signing_is_refused) {
  const auto good = signedResponse();
  EXPECT_EQ(verdict(replaced(good, "ada@acme.example", "eve@acme.example")), "signature");
  EXPECT_EQ(verdict(replaced(good, "<saml:NameID>ada-1<", "<saml:NameID>root<")), "signature");
  EXPECT_EQ(verdict(samlResponse(answer())), "signature") << "unsigned";
  EXPECT_EQ(verdict(replaced(good, elementIn(good, "Signature"), "")), "signature") << "taken away";
}

// The known ways of signature wrapping ("On Breaking SAML: Be Whoever You Want to Be", USENIX Security 2012): a signed
// assertion is moved where a verifier finds it, and a forged one is put where a reader looks.
TEST(SamlResponse, a_signed_assertion_cannot_carry_a_forged_one) {
  const auto good = signedResponse();
  const auto assertion = elementIn(good, "saml:Assertion");
  const auto signature = elementIn(good, "Signature");
  auto forged = replaced(replaced(assertion, "ada@acme.example", "eve@acme.example"), signature, "");
  const auto sameId = forged;
  forged = replaced(forged, "ID=\"_assertion\"", "ID=\"_forged\"");
  const auto withSignature = [&](const std::string& text, const std::string& inserted) {
    return replaced(text, "</saml:Issuer>", "</saml:Issuer>" + inserted);
  };
  const auto object = "<ds:Object xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">" + assertion + "</ds:Object>";
  const auto signatureWithObject = replaced(signature, "</Signature>", object + "</Signature>");
  const std::vector<std::pair<const char*, std::string>> attacks = {
      {"forged before signed", replaced(good, assertion, forged + assertion)},
      {"forged after signed", replaced(good, assertion, assertion + forged)},
      {"forged with the same id before", replaced(good, assertion, sameId + assertion)},
      {"forged with the same id after", replaced(good, assertion, assertion + sameId)},
      {"signed inside the forged one",
       replaced(good, assertion, replaced(forged, "</saml:Assertion>", assertion + "</saml:Assertion>"))},
      {"signed inside the forged one's subject",
       replaced(good, assertion, replaced(forged, "<saml:Subject>", assertion + "<saml:Subject>"))},
      {"forged takes the signature, signed is its object",
       replaced(good, assertion, withSignature(forged, signatureWithObject))},
      {"forged takes the signature, signed stays beside it",
       replaced(good, assertion, withSignature(forged, signature) + replaced(assertion, signature, ""))},
      {"forged takes the signature alone", replaced(good, assertion, withSignature(forged, signature))},
      {"forged with the same id takes the signature", replaced(good, assertion, withSignature(sameId, signature))},
      {"signed inside Extensions",
       replaced(good, assertion, "<samlp:Extensions>" + assertion + "</samlp:Extensions>" + forged)},
      {"a response inside the response",
       replaced(good, "<samlp:Status>", good.substr(good.find("<samlp:Response")) + "<samlp:Status>")},
      {"two signatures", replaced(good, signature, signature + signature)},
      {"the signature moved to the response",
       replaced(replaced(good, signature, ""), "<samlp:Status>", signature + "<samlp:Status>")},
      {"an id written otherwise", replaced(good, "<samlp:Status>", "<samlp:Status xml:id=\"_assertion\">")},
  };
  for (const auto& [what, xml] : attacks) EXPECT_NE(verdict(xml), "ok") << what;
}

// A text that some read up to the comment alone (CERT VU#475445).
TEST(SamlResponse, a_comment_does_not_cut_a_name_short) {
  const auto good = signedResponse();
  EXPECT_EQ(verdict(replaced(good, "<saml:NameID>ada-1<", "<saml:NameID>ada<!-- -->-1<")), "malformed");
  EXPECT_EQ(verdict(replaced(good, "ada@acme.example", "ada@acme.example<?x y?>")), "malformed");
  EXPECT_EQ(verdict(replaced(good, "ada@acme.example", "<![CDATA[ada@acme.example]]>")), "ok")
      << "the same text, and it is signed as the same";
}

TEST(SamlResponse, documents_with_more_than_elements_are_not_read) {
  const auto good = signedResponse();
  const auto body = good.substr(good.find("<samlp:Response"));
  const auto bomb = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
  EXPECT_EQ(verdict(bomb + body), "malformed");
  EXPECT_EQ(verdict("<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/x.dtd\">" + body), "malformed");
  EXPECT_EQ(
      verdict("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + replaced(body, "ada@acme.example", "&x;")),
      "malformed");
  EXPECT_EQ(verdict("<!-- hello -->" + body), "malformed");
  EXPECT_EQ(verdict("<?xml-stylesheet href=\"http://127.0.0.1:9/\"?>" + body), "malformed");
  EXPECT_EQ(verdict(body + body), "malformed");
  EXPECT_EQ(verdict(""), "malformed");
  EXPECT_EQ(verdict("<a/>"), "malformed");
  EXPECT_EQ(verdict("not xml"), "malformed");
  EXPECT_EQ(verdict(std::string("\0\xff\xfe", 3)), "malformed");
  EXPECT_EQ(verdict(replaced(body, "<samlp:Status>", std::string(300 * 1024, ' ') + "<samlp:Status>")), "malformed");
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "<a>";
  EXPECT_EQ(verdict(deep), "malformed");
  EXPECT_EQ(verifyResponse(expected(), "%%%", now).error(), Refusal::Malformed) << "no base64";
  EXPECT_EQ(verdict(replaced(good, "<samlp:Status>",
                             "<saml:EncryptedAssertion><x/></saml:EncryptedAssertion><samlp:Status>")),
            "encrypted");
}

}  // namespace
}  // namespace clerk::instance::saml
