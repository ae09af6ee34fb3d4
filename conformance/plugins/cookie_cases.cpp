// The apps of apps/cookie.mjs.
#include "recorded.hpp"

#include <fastify/cookie.hpp>

#include <gtest/gtest.h>

namespace {

using namespace fastify;

void add(Fastify& app, const char* url, std::function<void(Reply&)> set, Payload payload = "ok") {
  app.get(url, [set = std::move(set), payload](Request&, Reply& reply) {
    set(reply);
    reply.send(payload);
  });
}
void echo(Fastify& app) {
  app.get("/", [](Request& request) { return Json{{"cookies", request[cookies]}}; });
}
Json jsonOf(const UnsignResult& result) {
  return {{"valid", result.valid}, {"renew", result.renew}, {"value", result.value ? Json(*result.value) : Json()}};
}

TEST(PluginCases, cookie) {
  conformance::play(
      "cookie",
      {
          {"default", {[](Fastify& app) {
             app.registerPlugin(cookie);
             echo(app);
             add(app, "/set", [](Reply& reply) { setCookie(reply, "foo", "foo", {.path = "/"}); }, Json{{"ok", true}});
             add(app, "/set-all", [](Reply& reply) {
               setCookie(reply, "a", "one two",
                         {.domain = "example.com",
                          .path = "/x",
                          .expires = std::chrono::system_clock::from_time_t(1700000000),
                          .maxAge = 60,
                          .httpOnly = true,
                          .secure = true,
                          .partitioned = true,
                          .priority = "high",
                          .sameSite = "strict"});
               setCookie(reply, "b", "\xC3\xA9;,\"%", {.secure = true, .sameSite = "none"});
               setCookie(reply, "c", "plain", {.sameSite = false});
               setCookie(reply, "d", "x", {.priority = "low", .sameSite = true});
             });
             add(app, "/twice", [](Reply& reply) {
               setCookie(reply, "a", "1");
               setCookie(reply, "a", "2");
               setCookie(reply, "a", "3", {.path = "/other"});
             });
             add(app, "/with-header", [](Reply& reply) { setCookie(reply.header("set-cookie", "raw=1"), "a", "1"); });
             add(app, "/clear", [](Reply& reply) {
               clearCookie(reply, "foo");
               clearCookie(reply, "bar", {.domain = "a.example", .path = "/p"});
             });
             add(app, "/auto", [](Reply& reply) { setCookie(reply, "foo", "foo", {.path = "/", .secure = "auto"}); });
             add(app, "/bad-name", [](Reply& reply) { setCookie(reply, "a;b", "x"); });
             add(app, "/bad-domain", [](Reply& reply) { setCookie(reply, "a", "x", {.domain = "exa mple"}); });
             add(app, "/bad-path", [](Reply& reply) { setCookie(reply, "a", "x", {.path = "/a;b"}); });
             add(app, "/bad-same-site", [](Reply& reply) { setCookie(reply, "a", "x", {.sameSite = "loose"}); });
             add(app, "/bad-priority", [](Reply& reply) { setCookie(reply, "a", "x", {.priority = "urgent"}); });
           }}},
          {"signed", {[](Fastify& app) {
             app.registerPlugin(
                 cookie, {.secret = {"new secret", "old secret"}, .parseOptions = {.path = "/", .httpOnly = true}});
             add(app, "/set", [](Reply& reply) { setCookie(reply, "user", "ada.lovelace", {.sign = true}); });
             add(app, "/clear", [](Reply& reply) { clearCookie(reply, "user", {.sign = true}); });
             app.get("/unsign", [](Request& request) {
               return jsonOf(unsignCookie(request, request[cookies].at("user").as_string()));
             });
           }}},
          {"off", {[](Fastify& app) {
             app.registerPlugin(cookie, {.hook = "false"});
             app.get("/", [](Request& request) {
               return Json{{"cookies", request[cookies].empty() ? Json() : Json(request[cookies])}};
             });
             app.get("/set", [](Request& request, Reply& reply) {
               setCookie(reply, "a", "1").send(Json{{"cookies", request[cookies]}});
             });
           }}},
          {"sha512", {[](Fastify& app) {
             app.registerPlugin(cookie, {.secret = "k", .algorithm = "sha512"});
             add(app, "/set", [](Reply& reply) { setCookie(reply, "user", "ada", {.sign = true}); });
           }}},
      });
}

}  // namespace
