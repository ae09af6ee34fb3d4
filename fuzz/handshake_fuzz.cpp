// What a browser brings back from a handshake: a request's target on the first line, cookies on the second, the answer
// to a nonce after that. Nobody is signed in by what the instance did not sign, and redirects stay on http and https.

#include "require.hpp"

#include <clerk/authenticate_request.hpp>
#include <clerk/errors.hpp>

#include <crypto/rsa.hpp>

#include <string>
#include <string_view>

namespace fuzz {
namespace {

std::string_view takeLine(std::string_view& input) {
  const auto end = input.find('\n');
  const auto line = input.substr(0, end);
  input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
  return line;
}

std::string_view& answer() {
  static std::string_view text;
  return text;
}

clerk::RequestAuthenticator authenticatorOf(const char* publishableKey) {
  return clerk::RequestAuthenticator({
      .secretKey = "sk_test_x",
      .publishableKey = publishableKey,
      .jwtKey = crypto::RsaPrivateKey::generate().publicKey().toPem(),
      .runtime = std::make_shared<clerk::Runtime>(clerk::RuntimeHooks{
          .fetch = [](fetch::Request) -> async::Task<fetch::Response> {
            co_return fetch::Response{
                .status = 200, .headers = {{"content-type", "application/json"}}, .body = std::string(answer())};
          },
          .log = [](clerk::LogLevel, std::string_view) {}}),
  });
}

}  // namespace

void handshake(std::string_view input) {
  static const auto production = authenticatorOf("pk_live_Y2xlcmsuZXhhbXBsZS5jb20k");
  static const auto development = authenticatorOf("pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA");
  const std::string target(takeLine(input)), cookies(takeLine(input));
  answer() = input;
  const clerk::HeaderList headers(
      {{"host", "app.example.com"}, {"sec-fetch-dest", "document"}, {"accept", "text/html"}, {"cookie", cookies}});
  for (const auto* authenticator : {&production, &development}) {
    try {
      auto task = authenticator->authenticate({.url = target, .protocol = "https", .headers = headers});
      REQUIRE(task.ready());
      const auto state = task.take();
      REQUIRE(!state.isSignedIn());
      for (const auto& [name, value] : state.headers) {
        REQUIRE(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
        REQUIRE(name != "location" || value.starts_with("http://") || value.starts_with("https://"));
      }
    } catch (const clerk::Error&) {  // a target that is no URL; in development, a handshake token that does not verify
    }
  }
}

}  // namespace fuzz
