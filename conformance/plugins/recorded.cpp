#include "recorded.hpp"

#include <gtest/gtest.h>
#include <re2/re2.h>
#include <boost/json/serialize.hpp>

#include <fstream>
#include <memory>
#include <sstream>
#include <vector>

namespace conformance {
namespace {

using fastify::Json;
using fastify::JsonObject;

std::string readFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string textOf(const Json& value) { return std::string(value.as_string()); }

fastify::InjectRequest requestOf(const JsonObject& recorded) {
  fastify::InjectRequest request;
  for (const auto& [name, value] : recorded) {
    if (name == "url")
      request.url = textOf(value);
    else if (name == "method")
      request.method = textOf(value);
    else if (name == "payload")
      request.payload = textOf(value);
    else if (name == "remoteAddress")
      request.remoteAddress = textOf(value);
    else if (name == "headers") {
      for (const auto& [header, text] : value.as_object()) request.headers.emplace_back(header, textOf(text));
    } else
      ADD_FAILURE() << "a request has no " << name;
  }
  return request;
}

using Lines = std::map<std::string, std::vector<std::string>>;

std::string masked(std::string text, const std::string& expression) {
  if (!expression.empty()) RE2::GlobalReplace(&text, expression, "*");
  return text;
}

Lines linesOf(const fastify::HeaderPairs& headers, const std::string& expression) {
  Lines lines;
  for (const auto& [name, value] : headers) {
    if (name != "date" && name != "connection" && name != "keep-alive")
      lines[name].push_back(masked(value, expression));
  }
  return lines;
}

fastify::HeaderPairs recordedHeaders(const Json& list) {
  fastify::HeaderPairs headers;
  for (const auto& pair : list.as_array()) headers.emplace_back(textOf(pair.as_array()[0]), textOf(pair.as_array()[1]));
  return headers;
}

}  // namespace

void play(const std::string& name, const std::map<std::string, App>& apps, const std::string& expression,
          Bodies bodies) {
  const auto cases = boost::json::parse(readFile(std::string(CASES_FOLDER) + "/" + name + ".json"));
  std::map<std::string, std::unique_ptr<fastify::Fastify>> running;
  for (const auto& each : cases.as_array()) {
    const auto appName = textOf(each.at("app"));
    SCOPED_TRACE(boost::json::serialize(each.at("app")) + " " + boost::json::serialize(each.at("request")));
    const auto known = apps.find(appName);
    ASSERT_NE(known, apps.end());
    auto& app = running[appName];
    if (!app) {
      app = std::make_unique<fastify::Fastify>(known->second.options);
      known->second.setup(*app);
    }
    const auto response = app->inject(requestOf(each.at("request").as_object()));
    const auto& recorded = each.at("response");
    EXPECT_EQ(response.statusCode, recorded.at("statusCode").to_number<int>());
    if (bodies == Bodies::Json) {
      // The order of members, and with it the length, may be another one.
      EXPECT_EQ(response.json(), boost::json::parse(std::string_view(recorded.at("body").as_string())));
      continue;
    }
    EXPECT_EQ(masked(response.body, expression), masked(textOf(recorded.at("body")), expression));
    auto expected = linesOf(recordedHeaders(recorded.at("headers")), expression);
    // @fastify/cors sends one with 204, which RFC 9110 §8.6 forbids; our server leaves it away.
    if (response.statusCode == 204) expected.erase("content-length");
    EXPECT_EQ(linesOf(response.headers, expression), expected);
  }
}

}  // namespace conformance
