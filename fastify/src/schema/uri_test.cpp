#include "schema/uri.hpp"

#include <gtest/gtest.h>

namespace fastify::schema {
namespace {

// RFC 3986, 5.4.1, with the references that schemas may have.
TEST(Uri, references_are_resolved_as_the_rfc_shows) {
  const std::pair<const char*, const char*> rows[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
  };
  for (const auto& [reference, expected] : rows)
    EXPECT_EQ(resolveUri("http://a/b/c/d;p?q", reference), expected) << reference;
}

TEST(Uri, names_without_scheme_are_fine) {
  EXPECT_EQ(resolveUri("", "pet"), "pet");
  EXPECT_EQ(resolveUri("user", "pet#/a"), "pet#/a");
  EXPECT_EQ(resolveUri("user", "#/a"), "user#/a");
  EXPECT_EQ(resolveUri("urn:demo:user", "#/a"), "urn:demo:user#/a");
  EXPECT_EQ(resolveUri("http://a", "b"), "http://a/b");
}

TEST(Uri, fragments_can_be_taken_away) {
  EXPECT_EQ(withoutEmptyFragment("pet#"), "pet");
  EXPECT_EQ(withoutEmptyFragment("pet#/"), "pet");
  EXPECT_EQ(withoutEmptyFragment("pet#/a"), "pet#/a");
  EXPECT_EQ(withoutFragment("pet#/a"), "pet");
  EXPECT_EQ(fragmentOf("pet#/a"), "/a");
}

TEST(Uri, escapes_are_made_and_undone) {
  EXPECT_EQ(escapePointer("c/d~e"), "c~1d~0e");
  EXPECT_EQ(unescapePointer("c~1d~0e~2~"), "c/d~e~2~");
}

}  // namespace
}  // namespace fastify::schema
