// What identity providers send: responses, of which none is believed that says other than what was signed, and metadata
// documents and certificates, which are read or refused.

#include "../instance/src/saml/certificate.hpp"
#include "../instance/src/saml/metadata.hpp"
#include "../instance/src/saml/response.hpp"
#include "require.hpp"

#include <crypto/base64.hpp>

#include <string_view>

namespace fuzz {
namespace {

// Its key was thrown away when the corpus was signed.
constexpr std::string_view certificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBEjCBugIBATAKBggqhkjOPQQDAjAWMRQwEgYDVQQDDAtpZHAuZXhhbXBsZTAe\n"
    "Fw0yNjExMjUxOTUwMjJaFw0yNjExMjYxOTUwMjJaMBYxFDASBgNVBAMMC2lkcC5l\n"
    "eGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEY1g9+KMzMURkeuRS3GDR\n"
    "cbzXcxZX5PV7092Pro5ZhxWddCHVuDRhGOPIq8YBrq/4HqbZzWDXE8bruw4yhWTb\n"
    "rTAKBggqhkjOPQQDAgNHADBEAiBv3/u2QV2dPM/o5celhBmLEjMlGB2qkKA15q9r\n"
    "ZqOQoAIgHxargj7lD5NQ0yB6Y5z+mFp1QIiuLO8MgRJUHcWuNSY=\n"
    "-----END CERTIFICATE-----\n";

}  // namespace

void saml_response(std::string_view input) {
  using namespace clerk::instance;
  static const saml::Expected expected{.issuer = "https://idp.example",
                                       .certificates = std::string(certificate),
                                       .audience = "https://sp.example",
                                       .consumerUrl = "https://sp.example/acs",
                                       .requestId = "_request"};
  const auto read = saml::verifyResponse(expected, crypto::base64Encode(input), fromMilliseconds(1'800'000'000'000));
  if (read) {
    REQUIRE(read->id == "_assertion");
    REQUIRE(read->nameId == "ada-1");
    REQUIRE(read->value("mail") == "ada@acme.example");
  }
  if (const auto metadata = saml::readProviderMetadata(input)) REQUIRE(!metadata->entityId.empty());
  if (const auto all = saml::readCertificates(input)) REQUIRE(!all->empty() && all->front().key);
}

}  // namespace fuzz
