#include "schema/document.hpp"

#include "schema/error.hpp"
#include "schema/references.hpp"

#include <gtest/gtest.h>
#include <ecmascript/json_text.hpp>

namespace fastify::schema {
namespace {

std::string textAt(const std::optional<Target>& target) {
  return target ? ecmascript::stringify(*target->schema) : "none";
}

TEST(Document, ids_inside_are_seen_from_the_schemas_around_them) {
  const Document document(
      R"({"$id":"http://x/root","definitions":{"a":{"$id":"#a","type":"string"},"b":{"$id":"dir/","items":{"$id":"leaf","type":"null"}}},
          "properties":{"$id":{"type":"integer"}}, "const":{"$id":"no"}})"_json);
  EXPECT_EQ(document.id(), "http://x/root");
  EXPECT_EQ(textAt(document.find("http://x/root#a")), R"({"$id":"#a","type":"string"})");
  EXPECT_EQ(textAt(document.find("http://x/dir/leaf")), R"({"$id":"leaf","type":"null"})");
  EXPECT_EQ(textAt(document.find("http://x/no")), "none");
}

TEST(Document, one_id_for_two_schemas_is_an_error) {
  EXPECT_THROW(Document(R"({"definitions":{"a":{"$id":"x","type":"string"},"b":{"$id":"x","type":"null"}}})"_json),
               SchemaError);
}

TEST(Document, pointers_lead_through_objects_and_arrays) {
  const Document document(
      R"({"definitions":{"a/b":{"items":[{"type":"null"},{"~":{"type":"string"}}]},"c d":true}})"_json);
  const auto root = document.find("");
  EXPECT_EQ(textAt(followPointer(*root, "/definitions/a~1b/items/1/~0")), R"({"type":"string"})");
  EXPECT_EQ(textAt(followPointer(*root, "/definitions/c%20d")), "true");
  for (const auto* nowhere :
       {"/definitions/x", "/definitions/a~1b/items/2", "/definitions/a~1b/items/x", "/definitions/%", "/"}) {
    EXPECT_FALSE(followPointer(*root, nowhere)) << nowhere;
  }
}

TEST(References, own_schemas_come_before_shared_ones) {
  const Document root(R"({"$id":"urn:app:root","definitions":{"pet":{"$id":"pet","title":"own"}}})"_json);
  SchemaRegistry registry;
  registry.add(R"({"$id":"pet","title":"shared"})"_json);
  registry.add(R"({"$id":"toy"})"_json);
  registry.add(R"({"$id":"owner","definitions":{"name":{"type":"string"}}})"_json);
  const References references(root, registry);
  const auto found = [&](std::string_view reference) {
    const auto result = references.resolve(root, root.id(), reference);
    return result ? ecmascript::stringify(*result->target.schema) : "none";
  };
  EXPECT_EQ(found("#/definitions/pet"), R"({"$id":"pet","title":"own"})");
  EXPECT_EQ(found("pet#"), R"({"$id":"pet","title":"own"})");
  EXPECT_EQ(found("toy#"), R"({"$id":"toy"})");
  EXPECT_EQ(found("owner#/definitions/name"), R"({"type":"string"})");
  EXPECT_EQ(found("owner#/definitions/none"), "none");
  EXPECT_EQ(found("missing#"), "none");
  EXPECT_NE(found("http://json-schema.org/draft-07/schema#/definitions/simpleTypes"), "none");
}

}  // namespace
}  // namespace fastify::schema
