#include "schema/response_table.hpp"

#include <gtest/gtest.h>

namespace fastify::schema {
namespace {

using Table = ResponseTable<std::string>;

Table tableOf(std::string_view text) {
  return Table(boost::json::parse(text).as_object(),
               [](const Json& schema, const std::string& key, const std::string& mediaType) {
                 return std::string(std::string_view(schema.at("title").as_string())) + " " + key + " " + mediaType;
               });
}

std::string found(const Table& table, int status, std::string_view mediaType = "application/json") {
  const auto* value = table.find(status, mediaType);
  return value ? *value : "none";
}

TEST(ResponseTable, the_exact_status_wins_then_its_class_then_the_default) {
  const auto table = tableOf(R"({"default":{"title":"d"},"2XX":{"title":"c"},"200":{"title":"e"}})");
  EXPECT_EQ(found(table, 200), "e 200 ");
  EXPECT_EQ(found(table, 201), "c 2XX ");
  EXPECT_EQ(found(table, 404), "d default ");
  EXPECT_EQ(found(tableOf(R"({"201":{"title":"e"}})"), 200), "none");
}

TEST(ResponseTable, a_content_map_is_looked_up_by_media_type) {
  const auto table = tableOf(
      R"({"200":{"content":{"application/json":{"schema":{"title":"j"}},"*/*":{"schema":{"title":"any"}}}},
          "4xx":{"content":{"application/json":{"schema":{"title":"e"}}}}, "default":{"title":"d"}})");
  EXPECT_EQ(found(table, 200), "j 200 application/json");
  EXPECT_EQ(found(table, 200, "application/vnd.v9+json"), "any 200 */*");
  EXPECT_EQ(found(table, 404, "text/plain"), "none");
}

TEST(ResponseTable, other_keys_are_refused) {
  for (const auto* key : {"type", "600", "2x", "20", "2000", "x00", "099", "default2", "2x0", ""}) {
    EXPECT_FALSE(ResponseKey::parse(key)) << key;
  }
  EXPECT_EQ(ResponseKey::parse("DEFAULT"), ResponseKey{0});
  EXPECT_THROW(tableOf(R"({"type":"object"})"), SchemaError);
}

TEST(ResponseTable, media_types_without_schema_are_found) {
  const auto json = boost::json::parse(R"({"content":{"text/plain":{"schema":{}},"application/json":{}}})");
  ASSERT_NE(contentOf(json), nullptr);
  EXPECT_EQ(mediaTypeWithoutSchema(*contentOf(json)), "application/json");
  EXPECT_EQ(contentOf(Json{{"type", "object"}}), nullptr);
}

}  // namespace
}  // namespace fastify::schema
