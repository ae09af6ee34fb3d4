#include <fastify/fastify.hpp>
#include <fastify/static.hpp>

#include "conditions.hpp"
#include "pathname.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace fastify {
namespace {

struct Folder {
  std::filesystem::path base = std::filesystem::temp_directory_path() / ("static-test-" + std::to_string(::getpid()));
  std::filesystem::path root = base / "root";
  Folder() {
    std::filesystem::create_directories(root / "deep");
    write(base / "secret.txt", "secret");
    write(root / "a.txt", "public");
    write(root / "deep" / "b.txt", "deep");
  }
  ~Folder() { std::filesystem::remove_all(base); }
  static void write(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }
};

TEST(Static, no_path_leaves_the_root) {
  const Folder folder;
  Fastify app;
  app.registerPlugin(fastifyStatic, {.root = folder.root, .prefix = "/files/"});
  for (const char* path : {"../secret.txt",
                           "%2e%2e/secret.txt",
                           "..%2fsecret.txt",
                           "%2e%2e%2fsecret.txt",
                           "deep/../../secret.txt",
                           "deep/%2e./%2e./secret.txt",
                           "..%5csecret.txt",
                           "%5c..%5csecret.txt",
                           "/../secret.txt",
                           ".//../secret.txt",
                           "....//secret.txt",
                           "%252e%252e/secret.txt",
                           "%c0%ae%c0%ae/secret.txt",
                           "a.txt/../../secret.txt",
                           "a.txt%00",
                           "../secret.txt%00.txt",
                           ".",
                           "..",
                           "./a.txt",
                           "deep/./b.txt",
                           "deep//b.txt"}) {
    const auto response = app.inject({.url = std::string("/files/") + path});
    EXPECT_GE(response.statusCode, 400) << path;
    EXPECT_LT(response.statusCode, 500) << path;
    EXPECT_EQ(response.body.find("secret\n"), std::string::npos);
    EXPECT_NE(response.body, "secret") << path;
  }
  EXPECT_EQ(app.inject({.url = "/files/a.txt"}).body, "public");
  EXPECT_EQ(app.inject({.url = "/files/deep/b.txt"}).body, "deep");
}

TEST(Static, a_pipe_or_a_folder_is_no_file_and_does_not_block) {
  const Folder folder;
  ASSERT_EQ(::mkfifo((folder.root / "pipe").c_str(), 0600), 0);
  Fastify app;
  app.registerPlugin(fastifyStatic, {.root = folder.root});
  EXPECT_EQ(app.inject({.url = "/pipe"}).statusCode, 404);
  EXPECT_EQ(app.inject({.url = "/deep"}).statusCode, 404);
  EXPECT_EQ(app.inject({.url = "/" + std::string(5000, 'a')}).statusCode, 404);
}

TEST(Static, a_large_file_comes_whole_and_in_ranges) {
  const Folder folder;
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i) + ",";
  Folder::write(folder.root / "large.txt", text);
  Fastify app;
  app.registerPlugin(fastifyStatic, {.root = folder.root});
  EXPECT_TRUE(app.inject({.url = "/large.txt"}).body == text);
  EXPECT_TRUE(app.inject({.url = "/large.txt", .headers = {{"range", "bytes=65000-400000"}}}).body ==
              text.substr(65'000, 335'001));
}

TEST(Static, ranges_of_odd_forms_are_bounded_work) {
  detail::ByteRange range;
  std::string many = "bytes=";
  for (int i = 0; i < 10'000; ++i) many += "0-1,";
  EXPECT_EQ(detail::parseRange(many, 10, range), detail::RangeKind::Whole);
  EXPECT_EQ(detail::parseRange("bytes=0-18446744073709551616", 10, range), detail::RangeKind::One);
  EXPECT_EQ(range.last, 9u);
  EXPECT_EQ(detail::parseRange("bytes=99999999999999999999-", 10, range), detail::RangeKind::None);
}

TEST(Static, wrong_options_are_refused_when_the_app_starts) {
  const Folder folder;
  for (const StaticOptions& options :
       {StaticOptions{}, StaticOptions{.root = "relative"}, StaticOptions{.root = folder.root / "a.txt"},
        StaticOptions{.root = {folder.root.string(), folder.root.string()}},
        StaticOptions{.root = folder.root, .send = {.dotfiles = "perhaps"}}}) {
    Fastify app;
    app.registerPlugin(fastifyStatic, options);
    EXPECT_THROW(app.ready(), FastifyError);
  }
}

TEST(Static, encodings_are_taken_as_wanted) {
  EXPECT_EQ(detail::acceptedEncodings("gzip, br"), (std::vector<std::string_view>{"br", "gzip"}));
  EXPECT_EQ(detail::acceptedEncodings("GZIP;q=0.9, br;q=0.5, deflate;q=0"),
            (std::vector<std::string_view>{"gzip", "br"}));
  EXPECT_TRUE(detail::acceptedEncodings("identity").empty());
}

}  // namespace
}  // namespace fastify
