// Answers of the key set's endpoint: no key in them was made by us, so a token of ours is not taken.

#include "require.hpp"

#include <clerk/errors.hpp>
#include <clerk/verify_token.hpp>

#include <string>
#include <string_view>

namespace fuzz {

void key_set(std::string_view input) {
  // {"alg":"RS256","kid":"ins_1","typ":"JWT"} .
  // {"exp":9999999999,"iat":1,"iss":"https://clerk.example.com","sub":"user_1"}
  static const std::string token =
      "eyJhbGciOiJSUzI1NiIsImtpZCI6Imluc18xIiwidHlwIjoiSldUIn0."
      "eyJleHAiOjk5OTk5OTk5OTksImlhdCI6MSwiaXNzIjoiaHR0cHM6Ly9jbGVyay5leGFtcGxlLmNvbSIsInN1YiI6InVzZXJfMSJ9." +
      std::string(342, 'A');
  const std::string body(input);
  const auto runtime = std::make_shared<clerk::Runtime>(clerk::RuntimeHooks{
      .sleep = [](std::chrono::milliseconds) -> async::Task<> { co_return; },
      .fetch = [&body](fetch::Request) -> async::Task<fetch::Response> {
        co_return fetch::Response{.status = 200, .headers = {{"content-type", "application/json"}}, .body = body};
      }});
  bool taken = false;
  try {
    auto task = clerk::verifyToken(token, {.secretKey = "sk_test_x", .runtime = runtime});
    REQUIRE(task.ready());
    task.take();
    taken = true;
  } catch (const clerk::Error&) {
  }
  REQUIRE(!taken);
}

}  // namespace fuzz
