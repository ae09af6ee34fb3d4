#include "api/web_address.hpp"

#include <gtest/gtest.h>

namespace clerk::instance::api {
namespace {

TEST(WebAddress, origin_and_host_are_a_browsers) {
  struct Row {
    std::string_view text, origin, host;
  };
  const Row rows[] = {
      {"http://localhost:3000/a?b#c", "http://localhost:3000", "localhost"},
      {"https://Example.com", "https://example.com", "example.com"},
      {"https://example.com:443/", "https://example.com", "example.com"},
      {"http://example.com:80", "http://example.com", "example.com"},
      {"HTTP://example.com:0080?x", "http://example.com", "example.com"},
      {"http://[::1]:8080/", "http://[::1]:8080", "::1"},
  };
  for (const auto& row : rows) {
    const auto address = WebAddress::parse(row.text);
    ASSERT_TRUE(address) << row.text;
    EXPECT_EQ(address->origin(), row.origin);
    EXPECT_EQ(address->host(), row.host);
    EXPECT_EQ(address->text(), row.text);
  }
}

TEST(WebAddress, what_browsers_could_read_differently_is_refused) {
  for (const std::string_view text : {"",
                                      "/relative",
                                      "//example.com",
                                      "javascript:alert(1)",
                                      "ftp://example.com",
                                      "http://",
                                      "http:///x",
                                      "http://user@example.com",
                                      "http://a:b@example.com/",
                                      "http://example.com\\@evil.test",
                                      "http://exa mple.com",
                                      "http://example.com:0",
                                      "http://example.com:65536",
                                      "http://example.com:8x",
                                      "http://[::1",
                                      "http://[]/",
                                      "http://[zz]/",
                                      "http://example.com/\r\nset-cookie:x",
                                      "http://ex%61mple.com",
                                      "http:example.com",
                                      "http://example.com/\xC3\xA9"}) {
    EXPECT_FALSE(WebAddress::parse(text)) << text;
  }
}

TEST(WebAddress, loopback_is_this_machine_alone) {
  for (const std::string_view host : {"localhost", "app.localhost", "127.0.0.1", "127.9.9.9", "::1"}) {
    EXPECT_TRUE(isLoopbackHost(host)) << host;
  }
  for (const std::string_view host :
       {"localhost.example.com", "127.0.0.1.example.com", "127.1", "127.", "notlocalhost", "10.0.0.1", "0.0.0.0", ""}) {
    EXPECT_FALSE(isLoopbackHost(host)) << host;
  }
}

TEST(WebAddress, a_query_parameter_goes_before_the_fragment) {
  const auto with = [](std::string_view text) { return WebAddress::parse(text)->withQuery("k", "a b&c"); };
  EXPECT_EQ(with("http://h/p"), "http://h/p?k=a%20b%26c");
  EXPECT_EQ(with("http://h/p?x=1"), "http://h/p?x=1&k=a%20b%26c");
  EXPECT_EQ(with("http://h/p#f"), "http://h/p?k=a%20b%26c#f");
  EXPECT_EQ(with("http://h?x=1#f"), "http://h?x=1&k=a%20b%26c#f");
}

}  // namespace
}  // namespace clerk::instance::api
