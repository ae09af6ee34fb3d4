#include "target.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fastify::router {
namespace {

TEST(Target, is_cut_at_the_query) {
  struct Row {
    std::string target, path, query;
  };
  for (const auto& [target, path, query] : std::vector<Row>{
           {"/", "/", ""},
           {"/a?b=c", "/a", "b=c"},
           {"/a?", "/a", ""},
           {"/a?b?c#d", "/a", "b?c#d"},
           {"/q#a=1", "/q", "a=1"},
           {"/a;b", "/a;b", ""},
           {"*", "*", ""},
           {"http://h", "/", ""},
           {"http://h/", "/", ""},
           {"http://h/a?b", "/a", "b"},
           {"HTTPS://h:80/a/b?c", "/a/b", "c"},
           {"http://h?x=1", "/", "x=1"},
           {"http://u:p@h/a", "/a", ""},
           {"http://[::1]:80/a", "/a", ""},
           {"http://1.2.3.4/a", "/a", ""},
           {"http://1.2.3/a", "/a", ""},
           {"http://h:/a", "/a", ""},
           {"ftp://h/a?b", "ftp://h/a", "b"},
       }) {
    const auto parts = splitTarget(target);
    ASSERT_TRUE(parts) << target;
    EXPECT_EQ(parts->path, path) << target;
    EXPECT_EQ(parts->query, query) << target;
  }
}

TEST(Target, absolute_uris_must_be_some) {
  for (const auto* target : {"http://", "http://[", "http:///a", "http://h#/a", "http://h/a#b", "http://h:99999/a",
                             "http://h:x/a", "http://[::1/a", "http://[::g]/a", "http://[::1]x/a", "http://a^b/",
                             "http://1.2.3.400/", "http://1.2.3.4.5/", "http://256.1.1.1/", "http://?x", "http://@/"}) {
    EXPECT_FALSE(splitTarget(target)) << target;
  }
}

}  // namespace
}  // namespace fastify::router
