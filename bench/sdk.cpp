// What calls of the SDK cost: CPU (user and system) and allocations for each, one line of JSON a call. bench/sdk.mjs
// gives it its keys and tokens and runs Node's SDK beside it.
//   bench_sdk TOKENS SECONDS       TOKENS: a file with a token a line; SECONDS of CPU for each measurement
// Keys come from CLERK_PUBLISHABLE_KEY, CLERK_SECRET_KEY, CLERK_JWT_KEY; CLERK_API_URL answers getUser.
#include <async/event_loop.hpp>
#include <clerk/backend.hpp>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace {
std::atomic<std::size_t> allocations = 0;
std::atomic<std::size_t> allocatedBytes = 0;

void count(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  allocatedBytes.fetch_add(size, std::memory_order_relaxed);
}
}  // namespace

// Whoever takes memory in this process, OpenSSL and libcurl as well, takes it here.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t number, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* malloc(std::size_t size) {
  count(size);
  return __libc_malloc(size);
}
void* calloc(std::size_t number, std::size_t size) {
  count(number * size);
  return __libc_calloc(number, size);
}
void* realloc(void* memory, std::size_t size) {
  count(size);
  return __libc_realloc(memory, size);
}
}

namespace {

double cpuSeconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Runs `call(i)` for so many seconds of CPU and prints what one took.
void measure(const char* name, double seconds, const std::function<void(std::size_t)>& call) {
  std::size_t done = 0;
  auto run = [&](std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) call(done++);
  };
  const auto warmed = cpuSeconds();
  while (cpuSeconds() - warmed < seconds / 4) run(64);
  const auto before = done, allocationsBefore = allocations.load(), bytesBefore = allocatedBytes.load();
  const auto started = cpuSeconds();
  double taken = 0;
  while ((taken = cpuSeconds() - started) < seconds) run(64);
  const auto calls = static_cast<double>(done - before);
  const auto counted = static_cast<double>(allocations.load() - allocationsBefore);
  const auto bytes = static_cast<double>(allocatedBytes.load() - bytesBefore);
  std::printf("{\"name\":\"%s\",\"ns\":%.1f,\"allocations\":%.2f,\"bytes\":%.0f}\n", name, taken * 1e9 / calls,
              counted / calls, bytes / calls);
}

void require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "bench_sdk: %s\n", what);
  std::exit(1);
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  require(value && *value, name);
  return value;
}

std::vector<std::string> linesOf(const char* file) {
  std::ifstream input(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(input, line);) lines.push_back(line);
  require(!lines.empty(), "no tokens");
  return lines;
}

/// The least that checking a token's signature can cost: OpenSSL alone, with everything prepared.
class BareVerification {
 public:
  BareVerification(const std::string& pem, const std::string& token) {
    BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    key_ = PEM_read_bio_PUBKEY(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    context_ = EVP_PKEY_CTX_new(key_, nullptr);
    require(EVP_PKEY_verify_init(context_) > 0 && EVP_PKEY_CTX_set_rsa_padding(context_, RSA_PKCS1_PADDING) > 0 &&
                EVP_PKEY_CTX_set_signature_md(context_, EVP_sha256()) > 0,
            "OpenSSL cannot be prepared");
    const auto dot = token.rfind('.');
    SHA256(reinterpret_cast<const unsigned char*>(token.data()), dot, digest_.data());
    signature_ = clerk::decodeJwt(token).signature;
  }
  ~BareVerification() {
    EVP_PKEY_CTX_free(context_);
    EVP_PKEY_free(key_);
  }
  void run() {
    require(EVP_PKEY_verify(context_, reinterpret_cast<const unsigned char*>(signature_.data()), signature_.size(),
                            digest_.data(), digest_.size()) == 1,
            "the signature is wrong");
  }

 private:
  EVP_PKEY* key_ = nullptr;
  EVP_PKEY_CTX* context_ = nullptr;
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest_{};
  std::string signature_;
};

}  // namespace

int main(int argc, char** argv) {
  require(argc == 3, "bench_sdk TOKENS SECONDS");
  const auto tokens = linesOf(argv[1]);
  const double seconds = std::atof(argv[2]);
  const auto pem = environment("CLERK_JWT_KEY");
  const auto& one = tokens.front();

  BareVerification bare(pem, one);
  measure("RSA verification alone", seconds, [&](std::size_t) { bare.run(); });

  const clerk::VerifyTokenOptions options{.jwtKey = pem};
  auto uncached = options;
  uncached.cacheVerifiedTokens = false;
  auto verify = [](const std::string& token, const clerk::VerifyTokenOptions& how) {
    require(!clerk::verifyToken(token, how).take().sub().empty(), "no subject");
  };
  measure("verifyToken, token seen first", seconds, [&](std::size_t i) { verify(tokens[i % tokens.size()], options); });
  measure("verifyToken, without the cache", seconds, [&](std::size_t) { verify(one, uncached); });
  measure("verifyToken, token seen again", seconds, [&](std::size_t) { verify(one, options); });

  const clerk::RequestAuthenticator authenticator({.secretKey = environment("CLERK_SECRET_KEY"),
                                                   .publishableKey = environment("CLERK_PUBLISHABLE_KEY"),
                                                   .jwtKey = pem,
                                                   .trustForwardedHeaders = false});
  auto requestsOf = [&](const std::string& name, const std::string& before, const std::string& after) {
    std::vector<clerk::HeaderList> requests;
    for (const auto& token : tokens) {
      requests.push_back(clerk::HeaderList(
          {{"host", "app.example.com"}, {"accept", "*/*"}, {"user-agent", "bench"}, {name, before + token + after}}));
    }
    return requests;
  };
  auto authenticate = [&](const clerk::HeaderList& headers, bool isSignedIn) {
    const auto state = authenticator.authenticate({.url = "/page?tab=1", .headers = headers}).take();
    require(state.toAuth()->isAuthenticated == isSignedIn, "authenticateRequest decides wrongly");
  };
  const auto byHeader = requestsOf("authorization", "Bearer ", "");
  const auto byCookie = requestsOf("cookie", "theme=dark; __session=", "; __client_uat=1");
  const clerk::HeaderList nobody({{"host", "app.example.com"}, {"accept", "*/*"}, {"user-agent", "bench"}});
  measure("authenticateRequest by header, seen first", seconds,
          [&](std::size_t i) { authenticate(byHeader[i % byHeader.size()], true); });
  measure("authenticateRequest by header, seen again", seconds, [&](std::size_t) { authenticate(byHeader[0], true); });
  measure("authenticateRequest by cookie, seen first", seconds,
          [&](std::size_t i) { authenticate(byCookie[i % byCookie.size()], true); });
  measure("authenticateRequest by cookie, seen again", seconds, [&](std::size_t) { authenticate(byCookie[0], true); });
  measure("authenticateRequest, nobody", seconds, [&](std::size_t) { authenticate(nobody, false); });

  const clerk::ClerkClient client(clerk::optionsFromEnvironment());
  async::blockOn([&]() -> async::Task<> {
    std::size_t calls = 0;
    for (; calls < 100; ++calls) co_await client.users.getUser("user_1");
    const auto allocationsBefore = allocations.load(), bytesBefore = allocatedBytes.load();
    const auto started = cpuSeconds();
    double taken = 0;
    for (calls = 0; (taken = cpuSeconds() - started) < seconds; ++calls) co_await client.users.getUser("user_1");
    const auto number = static_cast<double>(calls);
    std::printf("{\"name\":\"getUser through loopback\",\"ns\":%.1f,\"allocations\":%.2f,\"bytes\":%.0f}\n",
                taken * 1e9 / number, static_cast<double>(allocations.load() - allocationsBefore) / number,
                static_cast<double>(allocatedBytes.load() - bytesBefore) / number);
  });
}
