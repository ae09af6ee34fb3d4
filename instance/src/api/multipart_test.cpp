#include "api/multipart.hpp"

#include <gtest/gtest.h>

namespace clerk::instance::api {
namespace {

TEST(Multipart, finds_the_boundary) {
  EXPECT_EQ(multipartBoundary("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(multipartBoundary("Multipart/Form-Data; charset=x; Boundary=\"a b\""), "a b");
  for (const auto type : {"", "multipart/form-data", "multipart/form-data; boundary=", "text/plain; boundary=abc"}) {
    EXPECT_FALSE(multipartBoundary(type)) << type;
  }
  EXPECT_FALSE(multipartBoundary("multipart/form-data; boundary=" + std::string(71, 'x')));
}

const std::string part(std::string_view name, std::string_view content) {
  return "--b\r\nContent-Disposition: form-data; name=\"" + std::string(name) +
         "\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n" + std::string(content) + "\r\n";
}

TEST(Multipart, gives_the_field_that_is_asked_for) {
  const auto body =
      part("other", "1") + part("file", std::string("\0\r\n--c\r\n", 8)) + part("file", "3") + "--b--\r\n";
  EXPECT_EQ(multipartField(body, "b", "file"), std::string_view("\0\r\n--c\r\n", 8));
  EXPECT_EQ(multipartField(body, "b", "other"), "1");
  EXPECT_FALSE(multipartField(body, "b", "third"));
}

TEST(Multipart, refuses_what_is_cut_off) {
  const auto body = part("file", "content") + "--b--\r\n";
  // The last two characters may be missing: nothing follows the closing boundary.
  for (std::size_t length = 0; length + 2 < body.size(); ++length) {
    EXPECT_FALSE(multipartField(body.substr(0, length), "b", "file")) << length;
  }
  EXPECT_FALSE(multipartField(body, "other", "file"));
  EXPECT_FALSE(multipartField("--b", "b", "file"));
  EXPECT_FALSE(multipartField("", "b", "file"));
}

}  // namespace
}  // namespace clerk::instance::api
