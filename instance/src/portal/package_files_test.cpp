#include "portal/package_files.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include <unistd.h>

namespace clerk::instance::portal {
namespace {

class PackageFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "packages-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    write("@clerk/clerk-js/dist/clerk.browser.js", "script");
    write("@clerk/clerk-js/dist/.hidden.js", "hidden");
    write("@clerk/clerk-js/package.json", R"({"version":"6.40.0"})");
    write("@clerk/ui/package.json", "not json");
    write("@clerk/shared/dist/index.js", "another package");
    write("secret.txt", "secret");
    std::filesystem::create_directories(folder_ / "@clerk/clerk-js/dist/folder");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  std::filesystem::path folder_;
};

TEST_F(PackageFilesTest, a_file_of_a_package_is_found_again_without_the_disk) {
  PackageFiles files(folder_);
  const auto file = files.find("clerk-js", "clerk.browser.js");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->bytes, "script");
  EXPECT_EQ(file->contentType, "application/javascript; charset=utf-8");
  EXPECT_EQ(file->etag.size(), 24u);
  std::filesystem::remove_all(folder_ / "@clerk");
  EXPECT_EQ(files.find("clerk-js", "clerk.browser.js"), file);
}

TEST_F(PackageFilesTest, nothing_but_files_of_the_two_packages_is_found) {
  PackageFiles files(folder_);
  struct Row {
    std::string_view package, name;
  };
  const Row rows[] = {{"clerk-js", "missing.js"},
                      {"clerk-js", "folder"},
                      {"clerk-js", ".hidden.js"},
                      {"clerk-js", ""},
                      {"clerk-js", ".."},
                      {"clerk-js", "../package.json"},
                      {"clerk-js", "../../../secret.txt"},
                      {"clerk-js", "..\\x"},
                      {"clerk-js", "a\0b"},
                      {"shared", "index.js"},
                      {"..", "secret.txt"},
                      {"", "clerk.browser.js"},
                      {"clerk-js", "/etc/passwd"}};
  for (const auto& row : rows) EXPECT_FALSE(files.find(row.package, row.name)) << row.package << " " << row.name;
  EXPECT_FALSE(files.find("clerk-js", std::string(5000, 'a')));
  EXPECT_FALSE(PackageFiles("/nowhere/at/all").find("clerk-js", "clerk.browser.js"));
}

TEST_F(PackageFilesTest, versions_come_from_package_json) {
  const PackageFiles files(folder_);
  EXPECT_EQ(files.version("clerk-js"), "6.40.0");
  EXPECT_FALSE(files.version("ui"));
  EXPECT_FALSE(files.version("shared"));
}

TEST(PackagePath, any_version_is_taken) {
  const auto request = parsePackagePath("ui@1.36.0/dist/ui.browser.js");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->package, "ui");
  EXPECT_EQ(request->version, "1.36.0");
  EXPECT_EQ(request->name, "ui.browser.js");
  for (const std::string_view path : {"", "ui", "ui/dist/x.js", "ui@1", "ui@1/x.js", "ui@1/src/x.js", "/dist/x@1.js"}) {
    EXPECT_FALSE(parsePackagePath(path)) << path;
  }
}

}  // namespace
}  // namespace clerk::instance::portal
