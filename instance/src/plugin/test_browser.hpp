#pragma once
// What the tests of the whole instance share: a browser that speaks as Clerk's client does, over inject.

#include <clerk/instance.hpp>

#include <fastify/fastify.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include <unistd.h>

namespace clerk {

using fastify::Fastify;
using fastify::HeaderPairs;
using fastify::InjectRequest;
using fastify::InjectResponse;

inline constexpr const char* password = "correct horse 42!";

inline std::filesystem::path temporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "instance-XXXXXX").string();
  return ::mkdtemp(pattern.data());
}

inline std::string errorCode(const InjectResponse& response) {
  return std::string(response.json().at("errors").at(0).at("code").as_string());
}
inline std::string errorParam(const InjectResponse& response) {
  return std::string(response.json().at("errors").at(0).at("meta").at("param_name").as_string());
}

/// A browser: keeps its cookies, and speaks as Clerk's client does.
class Browser {
 public:
  Browser(Fastify& app, std::string prefix = "/__clerk/v1") : app_(app), prefix_(std::move(prefix)) {}

  InjectResponse get(const std::string& path) { return send({.method = "GET", .url = prefix_ + path}); }
  InjectResponse post(const std::string& path, std::string form = "") {
    return send({.method = "POST",
                 .url = prefix_ + path,
                 .headers = {{"content-type", "application/x-www-form-urlencoded"}},
                 .payload = std::move(form)});
  }

  InjectResponse send(InjectRequest request) {
    request.headers.emplace_back("origin", "http://localhost:4000");
    for (const auto& [name, value] : cookies) request.cookies.emplace_back(name, value);
    auto response = app_.inject(std::move(request));
    for (const auto& cookie : response.cookies()) {
      const auto* maxAge = cookie.attributes.if_contains("maxAge");
      if (maxAge && maxAge->to_number<int>() == 0) {
        cookies.erase(cookie.name);
      } else {
        cookies[cookie.name] = cookie.value;
      }
    }
    return response;
  }

  /// Signs a new user up; the ids are known afterwards.
  void signUp(const std::string& email) {
    const auto created = post("/client/sign_ups", "email_address=" + email + "&password=correct+horse+42%21");
    ASSERT_EQ(created.statusCode, 200) << created.body;
    signUpId = created.json().at("response").at("id").as_string();
    ASSERT_EQ(post("/client/sign_ups/" + signUpId + "/prepare_verification", "strategy=email_code").statusCode, 200);
    const auto done = post("/client/sign_ups/" + signUpId + "/attempt_verification", "strategy=email_code&code=424242");
    ASSERT_EQ(done.statusCode, 200) << done.body;
    sessionId = done.json().at("response").at("created_session_id").as_string();
    userId = done.json().at("response").at("created_user_id").as_string();
  }

  std::map<std::string, std::string> cookies;
  std::string signUpId, sessionId, userId;

 private:
  Fastify& app_;
  std::string prefix_;
};

}  // namespace clerk
