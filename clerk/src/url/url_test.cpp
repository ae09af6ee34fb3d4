#include "url/url.hpp"

#include <gtest/gtest.h>

using clerk::url::SearchParams;
using clerk::url::Url;

namespace {
std::string normalised(std::string_view text, std::string_view base = {}) {
  std::optional<Url> parsedBase;
  if (!base.empty()) parsedBase = Url::parse(base);
  const auto url = Url::parse(text, parsedBase ? &*parsedBase : nullptr);
  return url ? url->href() : "invalid";
}
}  // namespace

// What Node 20's URL gives for the same input.
TEST(Url, normalises_as_browsers_do) {
  const std::pair<const char*, const char*> table[] = {
      {"https://example.com", "https://example.com/"},
      {" HTTPS://EXAMPLE.com:443/a/../b/./c?x=1#y ", "https://example.com/b/c?x=1#y"},
      {"http://example.com:8080/%2e%2E/a", "http://example.com:8080/a"},
      {"http:\\\\example.com\\a b", "http://example.com/a%20b"},
      {"https:///example.com/x", "https://example.com/x"},
      {"https://user:pass@example.com/", "https://user:pass@example.com/"},
      {"https://example.com/\xc3\xbc?\xc3\xbc'#\xc3\xbc", "https://example.com/%C3%BC?%C3%BC%27#%C3%BC"},
      {"https://ex%41mple.com/", "https://example.com/"},
      {"http://0x7f.1/", "http://127.0.0.1/"},
      {"http://2130706433", "http://127.0.0.1/"},
      {"http://[::1]:3000/", "http://[::1]:3000/"},
      {"https://example.com:/", "https://example.com/"},
      {"https://a/b\nc\t", "https://a/bc"},
      {"https://a?", "https://a/?"},
  };
  for (auto [input, expected] : table) EXPECT_EQ(normalised(input), expected) << input;
}

TEST(Url, refuses_what_is_no_http_url) {
  for (auto input :
       {"", "x", "/path", "javascript:alert(1)", "ftp://x/", "https://", "https://a b/", "https://a:99999/",
        "https://a:b/", "http://256.1.1.1/", "https://ex<ample/", "http://[::1", "https://%zz/"}) {
    EXPECT_EQ(normalised(input), "invalid") << input;
  }
}

TEST(Url, resolves_references) {
  const char* base = "https://example.com:8443/a/b?q=1#f";
  const std::pair<const char*, const char*> table[] = {
      {"", "https://example.com:8443/a/b?q=1"},     {"?x", "https://example.com:8443/a/b?x"},
      {"#y", "https://example.com:8443/a/b?q=1#y"}, {"c", "https://example.com:8443/a/c"},
      {"/c", "https://example.com:8443/c"},         {"../c", "https://example.com:8443/c"},
      {"//other.org/c", "https://other.org/c"},     {"https:c", "https://example.com:8443/a/c"},
      {"http://other.org", "http://other.org/"},    {"..", "https://example.com:8443/"},
  };
  for (auto [input, expected] : table) EXPECT_EQ(normalised(input, base), expected) << input;
}

TEST(Url, knows_its_parts) {
  const auto url = Url::parse("https://example.com:8443/a?b=c").value();
  EXPECT_EQ(url.host(), "example.com:8443");
  EXPECT_EQ(url.origin(), "https://example.com:8443");
  EXPECT_EQ(url.search(), "?b=c");
}

TEST(SearchParams, reads_and_writes_form_encoding) {
  SearchParams params("?a=1&b=x%20y+z&b=2&&c&%zz=%C3%BC~");
  EXPECT_EQ(params.get("b"), "x y z");
  EXPECT_EQ(params.get("c"), "");
  EXPECT_FALSE(params.has("d"));
  EXPECT_EQ(params.toString(), "a=1&b=x+y+z&b=2&c=&%25zz=%C3%BC%7E");
  params.set("b", "9");
  params.remove("a");
  params.append("d", "*-._");
  EXPECT_EQ(params.toString(), "b=9&c=&%25zz=%C3%BC%7E&d=*-._");
}
