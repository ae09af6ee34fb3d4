#include "request/backend_request.hpp"
#include "request/join_paths.hpp"
#include "request/wire_names.hpp"

#include <async/event_loop.hpp>
#include <ecmascript/json_text.hpp>

#include <gtest/gtest.h>

using namespace clerk;
using namespace clerk::request;
using namespace std::chrono_literals;

namespace {

/// A network that answers from a list and remembers what was asked.
struct Script {
  std::vector<std::variant<fetch::Response, fetch::Error>> answers;
  std::vector<fetch::Request> requests;
  std::vector<int> waits;

  std::shared_ptr<Runtime> runtime() {
    return std::make_shared<Runtime>(
        RuntimeHooks{.sleep = [this](std::chrono::milliseconds wait) -> async::Task<> {
                       waits.push_back(static_cast<int>(wait.count()));
                       co_return;
                     },
                     .random = [] { return 0.0; },
                     .fetch = [this](fetch::Request request) -> async::Task<fetch::Response> {
                       requests.push_back(std::move(request));
                       auto answer = answers.at(std::min(requests.size(), answers.size()) - 1);
                       if (auto* error = std::get_if<fetch::Error>(&answer)) throw fetch::Error(*error);
                       co_return std::get<fetch::Response>(answer);
                     }});
  }
};

fetch::Response json(int status, std::string body, fetch::Headers headers = {}) {
  headers.emplace_back("Content-Type", "application/json");
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}
const fetch::Error kRefused(fetch::ErrorCode::Connect, "refused");

std::optional<boost::json::value> run(Script& script, Call call) {
  return send({.secretKey = "sk_test_x", .apiUrl = "https://api.example", .runtime = script.runtime()}, std::move(call))
      .take();
}

ClerkAPIResponseError failure(Script& script, Call call) {
  try {
    run(script, std::move(call));
  } catch (const ClerkAPIResponseError& error) {
    return error;
  }
  throw std::logic_error("succeeded");
}

}  // namespace

TEST(JoinPaths, joins_with_single_slashes) {
  EXPECT_EQ(joinPaths({"https://x.test/base/", "v1", "/users", "a"}), "https://x.test/base/v1/users/a");
  EXPECT_EQ(joinPaths({"/users", "", "//x"}), "/users/x");
}

TEST(JoinPaths, refuses_dot_segments_however_they_are_written) {
  for (auto id : {".", "..", "a/../b", "a\\..\\b", "%2e%2e", "%252e%252e", "x%2f..%2fy", "%2E"}) {
    EXPECT_THROW(joinPaths({"/users", id}), Error) << id;
  }
  std::string layers = "..";
  for (int i = 0; i < 12; ++i) {
    std::string next;
    for (char c : layers) next += c == '%' ? "%25" : c == '.' ? "%2e" : std::string(1, c);
    layers = next;
  }
  EXPECT_THROW(joinPaths({"/users", layers}), Error);
  EXPECT_NO_THROW(joinPaths({"/users", "...", "a.b", "%zz"}));
}

TEST(WireNames, are_snake_case) {
  const std::pair<const char*, const char*> table[] = {{"primaryEmailAddressID", "primary_email_address_id"},
                                                       {"URLValue", "url_value"},
                                                       {"web3Wallet", "web3_wallet"},
                                                       {"a1b", "a1b"},
                                                       {"a1B", "a1_b"},
                                                       {"already_snake", "already_snake"},
                                                       {"with-dash", "with_dash"},
                                                       {"_lead", "lead"},
                                                       {"trail_", "trail"},
                                                       {"ABC", "abc"},
                                                       {"iOS", "i_os"},
                                                       {"aBC", "a_bc"},
                                                       {"phoneNumber2", "phone_number2"},
                                                       {"\xc3\xbcn\xc3\xaf"
                                                        "Code",
                                                        "\xc3\xbcn\xc3\xaf_code"}};
  for (auto [name, wire] : table) EXPECT_EQ(toSnakeCase(name), wire);
}

TEST(WireNames, of_a_body_change_on_its_first_level_alone) {
  EXPECT_EQ(ecmascript::stringify(toWire({{"publicMetadata", {{"camelCase", 1}}}})),
            R"({"public_metadata":{"camelCase":1}})");
  EXPECT_EQ(ecmascript::stringify(toWire({{"onBehalfOf", {{"userId", 1}}}}, Depth::AllLevels)),
            R"({"on_behalf_of":{"user_id":1}})");
}

TEST(Query, leaves_out_what_is_falsy_and_repeats_lists) {
  EXPECT_EQ(toQuery({{"limit", 0}, {"offset", 10}, {"query", ""}, {"banned", false}, {"orderBy", "-created_at"}}),
            "offset=10&order_by=-created_at");
  EXPECT_EQ(toQuery({{"userId", {"a", 0, "", nullptr, {"b"}}}, {"q", "a b&c"}, {"n", 1e21}, {"o", {{"x", 1}}}}),
            "user_id=a&user_id=0&user_id=&user_id=null&user_id=b&q=a+b%26c&n=1e%2B21&o=%5Bobject+Object%5D");
}

TEST(BackendRequest, sends_clerks_headers_and_the_body_as_json) {
  Script script{.answers = {json(200, R"({"id":"user_1"})")}};
  const auto result =
      run(script,
          {.method = "POST", .path = "/users", .query = {{"a", 1}}, .body = boost::json::value{{"first_name", "A"}}});
  EXPECT_EQ(ecmascript::stringify(*result), R"({"id":"user_1"})");
  const auto& request = script.requests.at(0);
  EXPECT_EQ(request.url, "https://api.example/v1/users?a=1");
  EXPECT_EQ(request.body, R"({"first_name":"A"})");
  const fetch::Headers expected{{"Clerk-API-Version", "2026-05-12"},
                                {"User-Agent", "@clerk/backend@3.25.0"},
                                {"Authorization", "Bearer sk_test_x"},
                                {"Content-Type", "application/json"}};
  EXPECT_EQ(request.headers, expected);
}

TEST(BackendRequest, wants_a_secret_key_before_anything_is_sent) {
  Script script;
  EXPECT_THROW(send({.runtime = script.runtime()}, {.path = "/users"}).take(), Error);
  EXPECT_TRUE(script.requests.empty());
}

TEST(BackendRequest, gives_the_apis_errors) {
  Script script{
      .answers = {json(
          422,
          R"({"errors":[{"code":"c","message":"m","long_message":"l","meta":{"param_name":"p","x":1}}],"clerk_trace_id":"t"})")}};
  const auto error = failure(script, {.method = "POST", .path = "/users"});
  EXPECT_EQ(error.status, 422);
  EXPECT_EQ(error.clerkTraceId, "t");
  EXPECT_EQ(ecmascript::stringify(error.errors.at(0).toJson()),
            R"({"code":"c","message":"m","longMessage":"l","meta":{"paramName":"p"}})");
}

TEST(BackendRequest, an_unreadable_answer_has_no_status) {
  Script script{.answers = {json(200, "{")}};
  const auto error = failure(script, {.path = "/users"});
  EXPECT_FALSE(error.status);
  EXPECT_EQ(error.errors.at(0).code, "unexpected_error");
}

TEST(BackendRequest, repeats_reading_calls) {
  Script script{.answers = {kRefused, json(503, "{}"), json(200, "1")}};
  EXPECT_EQ(*run(script, {.path = "/users/count"}), 1);
  EXPECT_EQ(script.waits, (std::vector<int>{125, 250}));
}

TEST(BackendRequest, waits_as_long_as_it_is_told_to) {
  Script script{.answers = {json(429, "{}", {{"Retry-After", "1"}}), json(200, "1")}};
  EXPECT_EQ(*run(script, {.path = "/users/count"}), 1);
  EXPECT_EQ(script.waits, (std::vector<int>{1000}));
  Script patient{.answers = {json(429, "{}", {{"Retry-After", "3600"}})}};
  EXPECT_EQ(failure(patient, {.path = "/users/count"}).retryAfter, 3600);
  EXPECT_EQ(patient.requests.size(), 1U);
}

TEST(BackendRequest, never_repeats_what_changes_something) {
  for (auto method : {"POST", "PATCH", "PUT", "DELETE"}) {
    Script script{.answers = {json(503, "{}")}};
    EXPECT_EQ(failure(script, {.method = method, .path = "/users"}).status, 503);
    Script refused{.answers = {kRefused}};
    EXPECT_FALSE(failure(refused, {.method = method, .path = "/users"}).status);
    EXPECT_EQ(script.requests.size() + refused.requests.size(), 2U);
  }
}

TEST(BackendRequest, gives_up_after_its_retries) {
  Script script{.answers = {json(500, "{}")}};
  EXPECT_EQ(failure(script, {.path = "/users"}).status, 500);
  EXPECT_EQ(script.requests.size(), 3U);
}

TEST(BackendRequest, reads_json_with_parameters_in_its_content_type) {
  fetch::Response response{
      .status = 200, .headers = {{"content-type", "Application/JSON; charset=utf-8"}}, .body = "[1]"};
  Script script{.answers = {response}};
  EXPECT_TRUE(run(script, {.path = "/users"})->is_array());
  Script reference{.answers = {response}};
  EXPECT_TRUE(send({.secretKey = "x", .strictness = Strictness::AsReference, .runtime = reference.runtime()},
                   {.path = "/users"})
                  .take()
                  ->is_string());
}
