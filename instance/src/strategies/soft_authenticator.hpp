#pragma once
// For tests: an authenticator in software, with one key on P-256, and what Clerk's client sends of its answers.

#include <crypto/base64.hpp>
#include <crypto/curve_key.hpp>
#include <crypto/digest.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace clerk::instance {

class SoftAuthenticator {
 public:
  std::string origin = "http://localhost:3000";
  std::string rpId = "localhost";
  std::uint32_t signCount = 0;
  unsigned char flags = 0x05;  ///< user present and verified

  /// The JSON text for a registration; `options` as the instance gives them.
  std::string registration(std::string_view options) {
    const auto coordinates = key_.coordinates();
    std::string cose("\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", 10);
    cose += coordinates.substr(0, 32) + std::string("\x22\x58\x20", 3) + coordinates.substr(32);
    auto data = authenticatorData(0x40) + std::string(16, '\0') + std::string("\0\x10", 2) + id_ + cose;
    std::string attestation =
        "\xa3\x63"
        "fmt"
        "\x64"
        "none"
        "\x67"
        "attStmt"
        "\xa0\x68"
        "authData"
        "\x58";
    attestation += static_cast<char>(data.size());
    attestation += data;
    return credential({{"clientDataJSON", encoded(clientData("webauthn.create", options))},
                       {"attestationObject", encoded(attestation)}});
  }

  std::string assertion(std::string_view options, std::string_view userHandle) {
    const auto said = clientData("webauthn.get", options);
    const auto data = authenticatorData(0);
    const auto hash = crypto::sha256(said);
    return credential({{"clientDataJSON", encoded(said)},
                       {"authenticatorData", encoded(data)},
                       {"signature", encoded(key_.sign(data + std::string(crypto::bytesOf(hash))))},
                       {"userHandle", encoded(userHandle)}});
  }

 private:
  static std::string encoded(std::string_view bytes) { return crypto::base64urlEncode(bytes); }

  std::string clientData(std::string_view type, std::string_view options) const {
    const auto challenge = boost::json::parse(options).at("challenge");
    return boost::json::serialize(
        boost::json::object{{"type", type}, {"challenge", challenge}, {"origin", origin}, {"crossOrigin", false}});
  }

  std::string authenticatorData(unsigned char more) const {
    const auto hash = crypto::sha256(rpId);
    std::string data(crypto::bytesOf(hash));
    data += static_cast<char>(flags | more);
    for (int shift = 24; shift >= 0; shift -= 8) data += static_cast<char>((signCount >> shift) & 255);
    return data;
  }

  std::string credential(boost::json::object response) const {
    return boost::json::serialize(boost::json::object{{"type", "public-key"},
                                                      {"id", encoded(id_)},
                                                      {"rawId", encoded(id_)},
                                                      {"authenticatorAttachment", "platform"},
                                                      {"response", std::move(response)}});
  }

  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate();
  std::string id_ = "a-credential-id!";  // 16 bytes
};

}  // namespace clerk::instance
