#include "flows/jwt_template/shortcodes.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

#include <string>

namespace clerk::instance {
namespace {

std::string rendered(const std::string& claim) {
  const auto context = boost::json::parse(R"({
    "user": {"id": "user_1", "first_name": "Ada", "last_name": null, "email_verified": true, "created_at": 1800000000,
             "public_metadata": {"plan": {"name": "pro"}, "tags": ["a"], "zero": 0}}})");
  const auto claims = renderClaims(boost::json::object{{"c", boost::json::parse(claim)}}, context.get_object());
  return boost::json::serialize(claims.at("c"));
}

TEST(Shortcodes, claims_are_replaced_by_what_is_known) {
  const struct {
    const char* claim;
    const char* result;
  } rows[] = {
      {R"("plain")", R"("plain")"},
      {R"(7)", R"(7)"},
      {R"("{{user.id}}")", R"("user_1")"},
      {R"("{{ user.id }}")", R"("user_1")"},
      {R"("{{user.email_verified}}")", "true"},
      {R"("{{user.created_at}}")", "1800000000"},
      {R"("{{user.public_metadata}}")", R"({"plan":{"name":"pro"},"tags":["a"],"zero":0})"},
      {R"("{{user.public_metadata.plan.name}}")", R"("pro")"},
      {R"("{{user.public_metadata.plan.name.more}}")", "null"},
      {R"("{{user.last_name}}")", "null"},
      {R"("{{nobody.knows}}")", "null"},
      {R"("{{user.last_name || user.first_name}}")", R"("Ada")"},
      {R"("{{user.last_name || 'none'}}")", R"("none")"},
      {R"("{{user.public_metadata.zero || \"some\"}}")", R"("some")"},
      {R"("{{user.first_name}} <{{user.id}}>")", R"("Ada <user_1>")"},
      {R"("{{user.first_name}} {{user.last_name}}")", R"("Ada ")"},
      {R"("is {{user.email_verified}}")", R"("is true")"},
      {R"("{{user.id")", R"("{{user.id")"},
      {R"("{{}}")", "null"},
      {R"({"deep":["{{user.id}}",{"er":"{{user.first_name}}"}]})", R"({"deep":["user_1",{"er":"Ada"}]})"},
  };
  for (const auto& row : rows) EXPECT_EQ(rendered(row.claim), row.result) << row.claim;
}

TEST(Shortcodes, what_people_write_into_their_own_fields_is_not_read_as_shortcodes) {
  const auto context = boost::json::object{{"user", {{"name", "{{user.secret}}"}, {"secret", "s"}}}};
  const auto claims = renderClaims({{"n", "hello {{user.name}}"}}, context);
  EXPECT_EQ(claims.at("n").as_string(), "hello {{user.secret}}");
}

}  // namespace
}  // namespace clerk::instance
