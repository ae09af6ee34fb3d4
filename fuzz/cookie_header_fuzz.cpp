// Cookie headers: every name once, and nobody is signed in by what is no token of the instance.

#include "require.hpp"

#include <clerk/authenticate_request.hpp>

#include <crypto/rsa.hpp>

#include <set>
#include <string>
#include <string_view>

namespace fuzz {

void cookie_header(std::string_view input) {
  std::set<std::string> names;
  for (const auto& [name, value] : clerk::parseCookies(input)) {
    REQUIRE(names.insert(name).second);
    REQUIRE(value.size() <= input.size());
  }

  static const clerk::RequestAuthenticator authenticator({
      .secretKey = "sk_live_x",
      .publishableKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",
      .jwtKey = crypto::RsaPrivateKey::generate().publicKey().toPem(),
      .runtime = std::make_shared<clerk::Runtime>(clerk::RuntimeHooks{
          .fetch = [](fetch::Request) -> async::Task<fetch::Response> { co_return fetch::Response{.status = 401}; },
          .log = [](clerk::LogLevel, std::string_view) {}}),
  });
  const clerk::HeaderList headers({{"host", "app.example.com"},
                                   {"sec-fetch-dest", "document"},
                                   {"accept", "text/html"},
                                   {"cookie", std::string(input)}});
  auto task = authenticator.authenticate({.url = "/page", .headers = headers});
  REQUIRE(task.ready());
  const auto state = task.take();
  REQUIRE(!state.isSignedIn());
  for (const auto& [name, value] : state.headers) {
    REQUIRE(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  }
}

}  // namespace fuzz
