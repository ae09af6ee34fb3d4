#include "tls.hpp"

#include <fastify/error.hpp>
#include <fastify/options.hpp>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <sys/socket.h>
#include <cerrno>

#include <cstring>
#include <string>

namespace fastify::server {

namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
using Context = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

FastifyError invalid(std::string_view option, std::string_view what) {
  std::string reason;
  if (const auto code = ERR_peek_last_error(); code != 0) {
    if (const char* text = ERR_reason_error_string(code)) reason = std::string(" (") + text + ")";
  }
  ERR_clear_error();
  return {500, "ERR_TLS_INVALID_OPTION", "https." + std::string(option) + " " + std::string(what) + reason};
}

Bio reading(const std::string& text) { return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

int givePassphrase(char* buffer, int size, int, void* data) {
  const auto& passphrase = *static_cast<const std::string*>(data);
  if (passphrase.empty() || passphrase.size() > static_cast<std::size_t>(size)) return -1;
  passphrase.copy(buffer, passphrase.size());
  return static_cast<int>(passphrase.size());
}

void useCertificates(SSL_CTX* context, const HttpsOptions& options) {
  const auto bio = reading(options.cert);
  const Certificate own(PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr));
  if (!own) throw invalid("cert", "is no certificate in PEM");
  if (SSL_CTX_use_certificate(context, own.get()) != 1) throw invalid("cert", "cannot be used");
  while (Certificate between{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
    if (SSL_CTX_add1_chain_cert(context, between.get()) != 1) throw invalid("cert", "has a chain that cannot be used");
  }
  ERR_clear_error();  // the end of the text is an error to the reader
}

void useKey(SSL_CTX* context, const HttpsOptions& options) {
  const auto bio = reading(options.key);
  const Key key(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, givePassphrase, const_cast<std::string*>(&options.passphrase)));
  if (!key) throw invalid("key", "is no private key in PEM, or its passphrase is another one");
  if (SSL_CTX_use_PrivateKey(context, key.get()) != 1) throw invalid("key", "does not belong to the certificate");
}

void askClients(SSL_CTX* context, const HttpsOptions& options) {
  if (!options.ca.empty()) {
    const auto bio = reading(options.ca);
    int count = 0;
    while (Certificate authority{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
      X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get());
      if (options.requestCert) SSL_CTX_add_client_CA(context, authority.get());
      ++count;
    }
    if (count == 0) throw invalid("ca", "has no certificate in PEM");
    ERR_clear_error();
  } else if (options.requestCert) {
    SSL_CTX_set_default_verify_paths(context);
  }
  if (options.requestCert) SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}

int versionOf(const std::string& name) {
  if (name == "TLSv1.2") return TLS1_2_VERSION;
  if (name == "TLSv1.3") return TLS1_3_VERSION;
  throw invalid("minVersion", "is neither TLSv1.2 nor TLSv1.3");
}

/// In ALPN's form: each with its length.
std::string offeredProtocols(const FastifyOptions& options) {
  const bool http1 = !options.http2.enabled() || options.http2.options().allowHTTP1 || options.https->allowHTTP1;
  std::string offered;
  if (options.http2.enabled()) offered += "\x02h2";
  if (http1) offered += "\x08http/1.1";
  return offered;
}

int choose(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* theirs,
           unsigned int theirLength, void* data) {
  const auto& ours = *static_cast<const std::string*>(data);
  unsigned char* out = nullptr;
  if (SSL_select_next_proto(&out, length, reinterpret_cast<const unsigned char*>(ours.data()),
                            static_cast<unsigned>(ours.size()), theirs, theirLength) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;  // RFC 7301 §3.2
  *chosen = out;
  return SSL_TLSEXT_ERR_OK;
}

// OpenSSL's own socket BIO writes with write(2): to a socket whose reader is gone that raises SIGPIPE.
int descriptorOf(BIO* bio) { return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio))); }

bool shouldRetry() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

int bioWrite(BIO* bio, const char* data, int size) {
  BIO_clear_retry_flags(bio);
  const auto count = ::send(descriptorOf(bio), data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
  if (count < 0 && shouldRetry()) BIO_set_retry_write(bio);
  return static_cast<int>(count);
}

int bioRead(BIO* bio, char* data, int size) {
  BIO_clear_retry_flags(bio);
  const auto count = ::recv(descriptorOf(bio), data, static_cast<std::size_t>(size), 0);
  if (count < 0 && shouldRetry()) BIO_set_retry_read(bio);
  return static_cast<int>(count);
}

long bioControl(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

const BIO_METHOD* socketMethod() {
  static const BIO_METHOD* method = [] {
    auto* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without signals");
    BIO_meth_set_write(made, bioWrite);
    BIO_meth_set_read(made, bioRead);
    BIO_meth_set_ctrl(made, bioControl);
    return made;
  }();
  return method;
}

}  // namespace

struct TlsContext::Impl {
  Context context;
  std::string protocols;
};

TlsContext::TlsContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsContext::~TlsContext() = default;

std::shared_ptr<const TlsContext> makeTlsContext(const FastifyOptions& options) {
  if (!options.https) return nullptr;
  const auto& https = *options.https;
  auto impl = std::make_unique<TlsContext::Impl>();
  impl->context.reset(SSL_CTX_new(TLS_server_method()));
  auto* context = impl->context.get();
  if (!context) throw invalid("key", "cannot be used: OpenSSL does not work");
  SSL_CTX_set_min_proto_version(context, versionOf(https.minVersion));
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                   SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  static constexpr unsigned char sessions[] = "fastify";
  SSL_CTX_set_session_id_context(context, sessions, sizeof sessions - 1);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);  // clients keep their sessions, in tickets
  if (!https.ciphers.empty() && SSL_CTX_set_cipher_list(context, https.ciphers.c_str()) != 1)
    throw invalid("ciphers", "names no cipher");
  useCertificates(context, https);
  useKey(context, https);
  askClients(context, https);
  impl->protocols = offeredProtocols(options);
  SSL_CTX_set_alpn_select_cb(context, choose, &impl->protocols);
  return std::make_shared<TlsContext>(std::move(impl));
}

struct TlsChannel::Impl {
  std::unique_ptr<SSL, Freed<SSL_free>> ssl;
};

TlsChannel::TlsChannel(const TlsContext& context, int fileDescriptor) : impl_(std::make_unique<Impl>()) {
  impl_->ssl.reset(SSL_new(context.impl().context.get()));
  auto* bio = BIO_new(socketMethod());
  if (!impl_->ssl || !bio) throw std::bad_alloc();
  BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(fileDescriptor)));
  BIO_set_init(bio, 1);
  SSL_set_bio(impl_->ssl.get(), bio, bio);
  SSL_set_accept_state(impl_->ssl.get());
}
TlsChannel::~TlsChannel() = default;

ssize_t TlsChannel::receive(char* at, std::size_t room) noexcept {
  ERR_clear_error();
  return outcome(SSL_read(impl_->ssl.get(), at, static_cast<int>(std::min<std::size_t>(room, 1 << 30))));
}

ssize_t TlsChannel::send(const char* data, std::size_t size) noexcept {
  ERR_clear_error();
  return outcome(SSL_write(impl_->ssl.get(), data, static_cast<int>(std::min<std::size_t>(size, 1 << 30))));
}

ssize_t TlsChannel::outcome(int result) noexcept {
  wantsToWrite_ = false;
  if (result > 0) return result;
  switch (SSL_get_error(impl_->ssl.get(), result)) {
    case SSL_ERROR_ZERO_RETURN: return 0;
    case SSL_ERROR_WANT_WRITE: wantsToWrite_ = true; [[fallthrough]];
    case SSL_ERROR_WANT_READ: errno = EAGAIN; return -1;
    default: errno = ECONNRESET; return -1;
  }
}

void TlsChannel::endSending() noexcept {
  ERR_clear_error();
  if (established()) SSL_shutdown(impl_->ssl.get());
}

bool TlsChannel::established() const noexcept { return SSL_is_init_finished(impl_->ssl.get()) == 1; }

std::string_view TlsChannel::protocol() const noexcept {
  const unsigned char* name = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(impl_->ssl.get(), &name, &length);
  return {reinterpret_cast<const char*>(name), length};
}

bool TlsChannel::holdsInput() const noexcept { return SSL_pending(impl_->ssl.get()) > 0; }

}  // namespace fastify::server
