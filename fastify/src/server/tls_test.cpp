#include "tls.hpp"

#include "http2_test_client.hpp"
#include "server_test_app.hpp"

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <csignal>
#include <memory>
#include <string>
#include <thread>

namespace fastify::server {
namespace {

using namespace std::chrono_literals;

std::string textOf(BIO* bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(bio);
  return text;
}

struct Identity {
  std::string key, encryptedKey, cert;
};

/// A key and its own certificate.
Identity makeIdentity() {
  auto* key = EVP_EC_gen("P-256");
  auto* cert = X509_new();
  ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
  X509_gmtime_adj(X509_getm_notBefore(cert), -60);
  X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
  X509_set_pubkey(cert, key);
  auto* name = X509_get_subject_name(cert);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("example.test"), -1, -1,
                             0);
  X509_set_issuer_name(cert, name);
  X509_sign(cert, key, EVP_sha256());
  Identity identity;
  auto* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  identity.key = textOf(bio);
  bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, key, EVP_aes_128_cbc(), reinterpret_cast<const unsigned char*>("sesame"), 6, nullptr,
                           nullptr);
  identity.encryptedKey = textOf(bio);
  bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, cert);
  identity.cert = textOf(bio);
  X509_free(cert);
  EVP_PKEY_free(key);
  return identity;
}

const Identity& identity() {
  static const Identity made = makeIdentity();
  return made;
}

FastifyOptions secure(HttpsOptions https = {}, Http2Choice http2 = false) {
  https.key = identity().key;
  https.cert = identity().cert;
  return {.https = https, .http2 = http2};
}

/// A blocking client.
class TlsClient {
 public:
  struct Options {
    std::string protocols;
    int maxVersion = TLS1_3_VERSION;
    bool certificate = false;
  };

  explicit TlsClient(std::uint16_t port) : TlsClient(port, Options{}) {}
  TlsClient(std::uint16_t port, const Options& options)
      : socket_(port), context_(SSL_CTX_new(TLS_client_method())), ssl_(nullptr) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to a server that may be gone
    SSL_CTX_set_max_proto_version(context_, options.maxVersion);
    if (options.certificate) {
      auto* bio = BIO_new_mem_buf(identity().cert.data(), -1);
      auto* cert = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
      BIO_free(bio);
      bio = BIO_new_mem_buf(identity().key.data(), -1);
      auto* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
      BIO_free(bio);
      SSL_CTX_use_certificate(context_, cert);
      SSL_CTX_use_PrivateKey(context_, key);
      X509_free(cert);
      EVP_PKEY_free(key);
    }
    ssl_ = SSL_new(context_);
    if (!options.protocols.empty())
      SSL_set_alpn_protos(ssl_, reinterpret_cast<const unsigned char*>(options.protocols.data()),
                          static_cast<unsigned>(options.protocols.size()));
    SSL_set_fd(ssl_, socket_.fd());
    connected_ = SSL_connect(ssl_) == 1;
  }
  ~TlsClient() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }

  bool connected() const { return connected_; }
  std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_, &name, &size);
    return {reinterpret_cast<const char*>(name), size};
  }
  void send(const std::string& text) { SSL_write(ssl_, text.data(), static_cast<int>(text.size())); }
  /// Until the server ends; "(broken)" when it did not say so.
  std::string readToEnd() {
    std::string all;
    char bytes[16384];
    int count;
    while ((count = SSL_read(ssl_, bytes, sizeof bytes)) > 0) all.append(bytes, static_cast<std::size_t>(count));
    return SSL_get_error(ssl_, count) == SSL_ERROR_ZERO_RETURN ? all : all + "(broken)";
  }
  bool renegotiates() { return SSL_renegotiate(ssl_) == 1 && SSL_do_handshake(ssl_) == 1; }
  RawClient& socket() { return socket_; }

 private:
  RawClient socket_;
  SSL_CTX* context_;
  SSL* ssl_;
  bool connected_;
};

std::string closing(std::string_view target) { return request(target, "Connection: close\r\n"); }

TEST(Tls, serves_https) {
  TestApp test(secure());
  test.app.get("/protocol", [](Request& request) { return std::string(request.protocol()); });
  test.listen();
  EXPECT_TRUE(test.app.listeningOrigin().starts_with("https://127.0.0.1:"));
  TlsClient client(test.port);
  ASSERT_TRUE(client.connected());
  client.send(request("/protocol"));
  client.send(closing("/obj"));
  const auto all = client.readToEnd();
  EXPECT_NE(all.find("\r\n\r\nhttps"), all.npos);
  EXPECT_TRUE(all.ends_with("{\"hello\":\"world\"}")) << all;
}

TEST(Tls, large_bodies_both_ways) {
  auto options = secure();
  options.bodyLimit = 20000000;
  TestApp test(options);
  test.listen();
  TlsClient client(test.port);
  const std::string text(6000000, 'x');
  client.send(post("/echo", "\"" + text + "\"", "Connection: close\r\n"));
  const auto all = client.readToEnd();
  EXPECT_TRUE(all.ends_with("xxx\"}"));
  EXPECT_GT(all.size(), text.size());
}

TEST(Tls, versions_and_renegotiation) {
  TestApp test(secure({.minVersion = "TLSv1.3"}));
  test.listen();
  EXPECT_FALSE(TlsClient(test.port, {.maxVersion = TLS1_2_VERSION}).connected());
  EXPECT_TRUE(TlsClient(test.port).connected());
  TestApp older(secure());
  older.listen();
  TlsClient client(older.port, {.maxVersion = TLS1_2_VERSION});
  EXPECT_TRUE(client.connected());
  EXPECT_FALSE(client.renegotiates());
  EXPECT_FALSE(TlsClient(older.port, {.maxVersion = TLS1_1_VERSION}).connected());
}

TEST(Tls, alpn_chooses_the_protocol) {
  TestApp plain(secure()), both(secure({.allowHTTP1 = true}, true)), only(secure({}, true));
  for (auto* test : {&plain, &both, &only}) test->listen();
  EXPECT_EQ(TlsClient(plain.port, {.protocols = "\x02h2\x08http/1.1"}).protocol(), "http/1.1");
  EXPECT_EQ(TlsClient(both.port, {.protocols = "\x08http/1.1\x02h2"}).protocol(), "h2");
  EXPECT_EQ(TlsClient(both.port, {.protocols = "\x08http/1.1"}).protocol(), "http/1.1");
  EXPECT_FALSE(TlsClient(only.port, {.protocols = "\x08http/1.1"}).connected());
  // Those who do not ask speak HTTP/1.1.
  TlsClient client(both.port), refused(only.port);
  client.send(closing("/str"));
  EXPECT_TRUE(client.readToEnd().ends_with("hello"));
  refused.send(closing("/str"));
  EXPECT_EQ(refused.readToEnd(), shapeD);
}

TEST(Tls, clients_are_asked_for_a_certificate) {
  TestApp test(secure({.ca = identity().cert, .requestCert = true}));
  test.listen();
  TlsClient stranger(test.port);
  stranger.send(closing("/str"));
  EXPECT_EQ(stranger.readToEnd(), "(broken)");
  TlsClient known(test.port, {.certificate = true});
  known.send(closing("/str"));
  EXPECT_TRUE(known.readToEnd().ends_with("hello"));
}

TEST(Tls, who_does_not_shake_hands_is_let_go) {
  TestApp test(secure({.handshakeTimeout = 50ms}));
  auto silent = test.connect(), plain = test.connect();
  plain.sendWhatFits(request("/str"), RawClient::patience);
  EXPECT_EQ(plain.readToEnd().find("HTTP/1.1"), std::string::npos);
  EXPECT_TRUE(silent.ended());
}

TEST(Tls, a_closing_server_says_goodbye) {
  TestApp test(secure());
  test.listen();
  TlsClient client(test.port);
  ASSERT_TRUE(client.connected());
  client.send(closing("/str"));
  EXPECT_TRUE(client.readToEnd().ends_with("hello"));
}

TEST(Tls, mistakes_are_told_at_ready) {
  const auto message = [](HttpsOptions https) -> std::string {
    Fastify app({.https = std::move(https)});
    try {
      app.ready();
    } catch (const FastifyError& error) {
      EXPECT_EQ(error.code, "ERR_TLS_INVALID_OPTION");
      return error.message.substr(0, error.message.find(" ("));
    }
    return "fine";
  };
  const auto& [key, encryptedKey, cert] = identity();
  EXPECT_EQ(message({.key = key, .cert = cert}), "fine");
  EXPECT_EQ(message({.key = encryptedKey, .cert = cert, .passphrase = "sesame"}), "fine");
  EXPECT_EQ(message({.key = encryptedKey, .cert = cert, .passphrase = "other"}),
            "https.key is no private key in PEM, or its passphrase is another one");
  EXPECT_EQ(message({.key = encryptedKey, .cert = cert}),
            "https.key is no private key in PEM, or its passphrase is another one");
  EXPECT_EQ(message({.key = key}), "https.cert is no certificate in PEM");
  EXPECT_EQ(message({.key = makeIdentity().key, .cert = cert}), "https.key does not belong to the certificate");
  EXPECT_EQ(message({.key = key, .cert = cert, .minVersion = "SSLv3"}),
            "https.minVersion is neither TLSv1.2 nor TLSv1.3");
  EXPECT_EQ(message({.key = key, .cert = cert, .ca = "x"}), "https.ca has no certificate in PEM");
}

}  // namespace
}  // namespace fastify::server
