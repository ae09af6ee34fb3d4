#include <fastify/fastify.hpp>
#include <fastify/static.hpp>

#include "conditions.hpp"
#include "file_access.hpp"
#include "pathname.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

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

/// What the kernel does not have in memory comes on another thread; that it is not there cannot be arranged, but the
/// same work is done either way.
TEST(Static, a_file_is_read_beside_the_loop_where_that_might_wait) {
  const Folder folder;
  const auto access = std::make_shared<detail::FileAccess>();
  std::shared_ptr<detail::OpenFile> file;
  ASSERT_EQ(detail::OpenFile::open((folder.root / "a.txt").string(), file, detail::Patience::Blocking),
            detail::OpenFile::Found::File);
  std::thread::id reader;
  const auto read = [&reader, file](detail::Patience patience) {
    if (patience == detail::Patience::FromCache) throw detail::WouldBlock();
    reader = std::this_thread::get_id();
    return file->read(2, 3, patience);
  };
  EXPECT_FALSE(detail::FileAccess::now(read));
  EXPECT_EQ(async::blockOn([&] { return access->later(read); }), "bli");
  EXPECT_NE(reader, std::this_thread::get_id());
  const auto whole = async::blockOn([&] { return detail::streamOf(access, file, 0, 6)->read(); });
  EXPECT_EQ(whole, "public");
  access->stop();
  EXPECT_THROW(async::blockOn([&] { return access->later(read); }), FastifyError);
}

TEST(Static, a_file_that_became_shorter_does_not_look_whole) {
  const Folder folder;
  const auto access = std::make_shared<detail::FileAccess>();
  std::shared_ptr<detail::OpenFile> file;
  detail::OpenFile::open((folder.root / "a.txt").string(), file, detail::Patience::Blocking);
  EXPECT_THROW(async::blockOn([&] { return detail::streamOf(access, file, 6, 4)->read(); }), FastifyError);
}

TEST(Static, a_list_may_tell_sizes_and_what_lies_below) {
  const Folder folder;
  std::filesystem::create_directories(folder.root / "deep" / "deeper");
  Folder::write(folder.root / "deep" / "deeper" / "c.txt", "12345");
  std::filesystem::create_directory_symlink(folder.root, folder.root / "deep" / "up");  // must not be followed for ever
  Fastify app;
  app.registerPlugin(
      fastifyStatic,
      {.root = folder.root, .list = ListOptions{.jsonFormat = "extended", .names = {"/"}, .extendedFolderInfo = true}});
  const auto list = app.inject("/").json();
  const auto& deep = list.at("dirs").at(0);
  EXPECT_EQ(deep.at("name"), "deep");
  EXPECT_EQ(deep.at("extendedInfo").at("fileCount"), 1);
  EXPECT_EQ(deep.at("extendedInfo").at("totalFileCount"), 2);
  EXPECT_EQ(deep.at("extendedInfo").at("folderCount"), 2);
  EXPECT_EQ(deep.at("extendedInfo").at("totalFolderCount"), 2);
  EXPECT_EQ(deep.at("extendedInfo").at("totalSize"), 9);
  EXPECT_EQ(list.at("files").at(0).at("name"), "a.txt");
  EXPECT_EQ(list.at("files").at(0).at("stats").at("size"), 6);
  EXPECT_FALSE(list.at("files").at(0).at("stats").as_object().contains("uid"));
}

TEST(Static, a_list_shows_no_folder_outside_the_root) {
  const Folder folder;
  Fastify app;
  app.registerPlugin(fastifyStatic, {.root = folder.root, .list = ListOptions{.names = {"index", "/"}}});
  for (const char* path :
       {"/../index", "/..%2findex", "/%2e%2e/index", "/deep/../../index", "//index", "/..", "/../"}) {
    EXPECT_EQ(app.inject({.url = path}).body.find("secret.txt"), std::string::npos) << path;
  }
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
        StaticOptions{.root = folder.root, .send = {.dotfiles = "perhaps"}},
        StaticOptions{.root = folder.root, .list = ListOptions{.format = "xml"}},
        StaticOptions{.root = folder.root, .list = ListOptions{.format = "html"}},
        StaticOptions{.root = {folder.root.string(), folder.base.string()}, .list = ListOptions{}}}) {
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
