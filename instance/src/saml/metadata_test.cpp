#include "saml/metadata.hpp"

#include "saml/certificate.hpp"
#include "saml/instant.hpp"
#include "saml/request.hpp"
#include "testing/identity_provider.hpp"

#include <crypto/base64.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace clerk::instance::saml {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string bare(const std::string& pem) {
  const auto begin = pem.find('\n') + 1;
  return pem.substr(begin, pem.find("-----END") - begin);
}

std::string metadata(const std::string& certificate, const std::string& binding = "HTTP-Redirect") {
  return "<?xml version=\"1.0\"?><!-- generated --><EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" "
         "entityID=\"https://idp.example\"><IDPSSODescriptor><KeyDescriptor use=\"encryption\"/><KeyDescriptor "
         "use=\"signing\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>" +
         certificate +
         "</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService "
         "Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:" +
         binding + "\" Location=\"https://idp.example/sso?a=1&amp;b=2\"/></IDPSSODescriptor></EntityDescriptor>";
}

TEST(SamlMetadata, tells_who_a_provider_is_where_it_signs_in_and_what_it_signs_with) {
  const auto key = SigningKey::rsa();
  const auto read = readProviderMetadata(metadata(bare(key.certificate)));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->entityId, "https://idp.example");
  EXPECT_EQ(read->signInUrl, "https://idp.example/sso?a=1&b=2");
  EXPECT_EQ(readCertificates(read->certificates)->size(), 1U);
}

TEST(SamlMetadata, that_lacks_something_is_not_taken) {
  const auto certificate = bare(SigningKey::rsa().certificate);
  EXPECT_FALSE(readProviderMetadata(metadata(certificate, "HTTP-POST")));
  EXPECT_FALSE(readProviderMetadata(metadata("")));
  EXPECT_FALSE(readProviderMetadata(metadata("MII")));
  EXPECT_FALSE(readProviderMetadata("<xml/>"));
  EXPECT_FALSE(readProviderMetadata("<!DOCTYPE x>" + metadata(certificate)));
}

TEST(SamlCertificates, are_read_in_pem_and_bare_and_tell_their_times) {
  const auto key = SigningKey::p256();
  const auto read = readCertificates(key.certificate);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->front().expiresAt - read->front().issuedAt, std::chrono::hours(24));
  EXPECT_TRUE(readCertificates(bare(key.certificate)));
  EXPECT_FALSE(readCertificates(""));
  EXPECT_FALSE(readCertificates(key.certificate + "-----BEGIN CERTIFICATE-----"));
}

TEST(SamlRequest, goes_deflated_in_the_address_and_says_where_to_answer) {
  const AuthnRequest request{.id = "_1",
                             .destination = "https://idp.example/sso?a=1",
                             .issuer = "https://sp.example/<&\">",
                             .consumerUrl = "https://sp.example/acs",
                             .issuedAt = fromMilliseconds(1'800'000'000'000),
                             .forceAuthn = true};
  const auto xml = xmlOf(request);
  EXPECT_THAT(xml, HasSubstr("ID=\"_1\""));
  EXPECT_THAT(xml, HasSubstr("IssueInstant=\"2027-01-15T08:00:00Z\""));
  EXPECT_THAT(xml, HasSubstr("ForceAuthn=\"true\""));
  EXPECT_THAT(xml, HasSubstr("<saml:Issuer>https://sp.example/&lt;&amp;\"&gt;</saml:Issuer>"));
  const auto url = redirectUrl(request, "a state/+");
  EXPECT_THAT(url, StartsWith("https://idp.example/sso?a=1&SAMLRequest="));
  EXPECT_THAT(url, HasSubstr("&RelayState=a%20state%2F%2B"));
  EXPECT_THAT(serviceMetadata("https://sp.example", "https://sp.example/acs"),
              HasSubstr("Location=\"https://sp.example/acs\""));
}

TEST(SamlInstant, is_utc_and_has_one_form) {
  EXPECT_EQ(instantText(*readInstant("2026-02-28T23:59:59.5Z")), "2026-02-28T23:59:59Z");
  EXPECT_EQ(readInstant("2026-11-25T19:00:00.1234567Z"), readInstant("2026-11-25T19:00:00.123Z"));
  for (const auto* text : {"", "2026-11-25", "2026-11-25T19:00:00", "2026-11-25T19:00:00+00:00", "2026-02-30T00:00:00Z",
                           "2026-11-25T24:00:00Z", "2026-11-25T19:00:00.Z", "2026-11-25T19:00:00Zx"}) {
    EXPECT_FALSE(readInstant(text)) << text;
  }
}

}  // namespace
}  // namespace clerk::instance::saml
