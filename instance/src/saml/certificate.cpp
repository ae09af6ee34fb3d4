#include "saml/certificate.hpp"

#include <crypto/base64.hpp>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <chrono>
#include <ctime>
#include <string>

namespace clerk::instance::saml {
namespace {

constexpr std::size_t longestText = 64 * 1024;
constexpr std::size_t mostCertificates = 8;
constexpr int leastRsaBits = 2048;
constexpr std::string_view beginLine = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view endLine = "-----END CERTIFICATE-----";

Time timeOf(const ASN1_TIME* time) {
  std::tm parts{};
  if (!time || ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return Time(std::chrono::duration_cast<Time::duration>(std::chrono::seconds(::timegm(&parts))));
}

bool isStrong(EVP_PKEY* key) {
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) return EVP_PKEY_get_bits(key) >= leastRsaBits;
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return false;
  char group[64] = {};
  if (EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) != 1) return false;
  const std::string_view name = group;
  return name == "prime256v1" || name == "P-256" || name == "secp384r1" || name == "P-384" || name == "secp521r1" ||
         name == "P-521";
}

std::optional<Certificate> readOne(std::string_view base64) {
  std::string packed;
  for (const char c : base64) {
    if (c != '\n' && c != '\r' && c != ' ' && c != '\t') packed += c;
  }
  const auto der = crypto::base64Decode(packed);
  if (!der || der->empty()) return std::nullopt;
  const auto* begin = reinterpret_cast<const unsigned char*>(der->data());
  const auto* end = begin + der->size();
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      d2i_X509(nullptr, &begin, static_cast<long>(der->size())), X509_free);
  if (!certificate || begin != end) return std::nullopt;
  PublicKey key(X509_get_pubkey(certificate.get()), EVP_PKEY_free);
  if (!key || !isStrong(key.get())) return std::nullopt;
  return Certificate{std::move(key), timeOf(X509_get0_notBefore(certificate.get())),
                     timeOf(X509_get0_notAfter(certificate.get()))};
}

}  // namespace

std::optional<std::vector<Certificate>> readCertificates(std::string_view text) {
  if (text.size() > longestText) return std::nullopt;
  std::vector<Certificate> all;
  if (text.find(beginLine) == std::string_view::npos) {
    auto one = readOne(text);
    if (!one) return std::nullopt;
    all.push_back(*std::move(one));
    return all;
  }
  for (auto begin = text.find(beginLine); begin != std::string_view::npos; begin = text.find(beginLine, begin)) {
    begin += beginLine.size();
    const auto end = text.find(endLine, begin);
    auto one = end == std::string_view::npos ? std::nullopt : readOne(text.substr(begin, end - begin));
    if (!one || all.size() == mostCertificates) return std::nullopt;
    all.push_back(*std::move(one));
    begin = end;
  }
  return all;
}

}  // namespace clerk::instance::saml
