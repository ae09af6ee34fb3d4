#include <fastify/cookie.hpp>
#include <fastify/fastify.hpp>

#include <gtest/gtest.h>

namespace fastify {
namespace {

TEST(CookieSigner, a_rotated_secret_still_checks_and_asks_to_renew) {
  const CookieSigner old({"old"}), rotated({"new", "old"});
  const auto kept = rotated.unsign(old.sign("ada"));
  EXPECT_TRUE(kept.valid);
  EXPECT_TRUE(kept.renew);
  EXPECT_EQ(kept.value, "ada");
  const auto fresh = rotated.unsign(rotated.sign("ada"));
  EXPECT_TRUE(fresh.valid);
  EXPECT_FALSE(fresh.renew);
  EXPECT_FALSE(old.unsign(rotated.sign("ada")).valid);
}

TEST(CookieSigner, a_changed_value_or_signature_is_refused) {
  const CookieSigner signer({"secret"});
  auto text = signer.sign("a.b");
  EXPECT_EQ(signer.unsign(text).value, "a.b");
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto changed = text;
    changed[at] = changed[at] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(signer.unsign(changed).valid) << changed;
  }
  for (const char* none : {"", ".", "a", "a."}) EXPECT_FALSE(signer.unsign(none).valid) << none;
}

TEST(CookieSigner, an_unknown_hash_is_refused_when_the_app_starts) {
  Fastify app;
  app.registerPlugin(cookie, {.secret = "s", .algorithm = "sha0"});
  EXPECT_THROW(app.ready(), FastifyError);
}

TEST(Cookie, a_wrong_hook_is_refused_when_the_app_starts) {
  Fastify app;
  app.registerPlugin(cookie, {.hook = "onSend"});
  EXPECT_THROW(app.ready(), FastifyError);
}

TEST(Cookie, what_is_set_is_read_back) {
  Fastify app;
  app.registerPlugin(cookie, {.secret = "s"});
  app.get("/set",
          [](Request&, Reply& reply) { setCookie(reply, "user", "ada & co", {.path = "/", .sign = true}).send("ok"); });
  app.get("/get", [](Request& request) {
    return Json(unsignCookie(request, request[cookies].at("user").as_string()).value.value());
  });
  const auto set = app.inject({.url = "/set"}).header("set-cookie").value();
  EXPECT_EQ(app.inject({.url = "/get", .headers = {{"cookie", set.substr(0, set.find(';'))}}}).body, "ada & co");
}

TEST(Cookie, signing_without_a_secret_is_an_error) {
  Fastify app;
  app.registerPlugin(cookie);
  app.get("/", [](Request&, Reply& reply) { setCookie(reply, "a", "b", {.sign = true}).send("ok"); });
  EXPECT_EQ(app.inject({.url = "/"}).statusCode, 500);
}

TEST(Cookie, ten_thousand_cookies_are_read_in_linear_time) {
  std::string header;
  for (int i = 0; i < 10'000; ++i) header += "n" + std::to_string(i) + "=%41;";
  EXPECT_EQ(parseCookie(header).size(), 10'000u);
}

}  // namespace
}  // namespace fastify
