#pragma once
// What tests of the Backend API share: an instance of their own, spoken to as a backend does, without a socket.

#include <clerk/instance.hpp>

#include "testing/postgres_server.hpp"

#include <fastify/fastify.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>

#include <filesystem>
#include <memory>
#include <string>

#include <unistd.h>

namespace clerk {

class BackendTest : public testing::Test {
 protected:
  using Response = fastify::InjectResponse;

  static void SetUpTestSuite() { start(KeyMode::Live); }
  static void start(KeyMode mode) {
    std::string pattern = (std::filesystem::temp_directory_path() / "backend-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    instance_ = std::make_unique<InstancePlugin>(
        InstanceOptions{.dataFolder = folder_ / "data", .database = instance::databaseOfThisRun(), .keyMode = mode});
    app_ = std::make_unique<fastify::Fastify>(fastify::FastifyOptions{.frameworkErrors = answerFrameworkError});
    app_->registerPlugin(*instance_);
  }
  static void TearDownTestSuite() {
    app_->close();
    app_.reset();
    instance_.reset();
    std::filesystem::remove_all(folder_);
  }

  /// `body` is JSON text; empty: none.
  static Response backend(const std::string& method, const std::string& path, const std::string& body = "",
                          const std::string& key = instance_->secretKey()) {
    return app_->inject({.method = method,
                         .url = "/__bapi/v1" + path,
                         .headers = {{"authorization", "Bearer " + key}, {"content-type", "application/json"}},
                         .payload = body.empty() ? fastify::Payload() : fastify::Payload(body)});
  }

  static boost::json::value ok(const Response& response) {
    EXPECT_EQ(response.statusCode / 100, 2) << response.body;
    return response.body.empty() ? boost::json::value(boost::json::object()) : response.json();
  }
  static std::string text(const boost::json::value& json, std::string_view member) {
    const auto* value = json.is_object() ? json.get_object().if_contains(member) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
  }
  /// `status code param` of an answer that is an error.
  static std::string failure(const Response& response) {
    if (response.statusCode < 400) return std::to_string(response.statusCode);
    const auto error = response.json().at("errors").at(0);
    const auto param = text(error.at("meta"), "param_name");
    return std::to_string(response.statusCode) + " " + text(error, "code") + (param.empty() ? "" : " " + param);
  }

  static std::string createUser(const std::string& email) {
    return text(
        ok(backend("POST", "/users",
                   R"({"email_address":[")" + email +
                       R"("],"password":"correct horse 42!","first_name":"Ada","public_metadata":{"plan":"pro"}})")),
        "id");
  }
  static std::string createSession(const std::string& userId) {
    return text(ok(backend("POST", "/sessions", R"({"user_id":")" + userId + R"("})")), "id");
  }

  static inline std::filesystem::path folder_;
  static inline std::unique_ptr<InstancePlugin> instance_;
  static inline std::unique_ptr<fastify::Fastify> app_;
};

}  // namespace clerk
