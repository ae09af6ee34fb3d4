#pragma once
// Clerk's browser packages as they came from npm, read from disk and kept in memory once they were asked for.

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance::portal {

struct PackageFile {
  std::string bytes;
  std::string_view contentType;
  std::string etag;  ///< with its quotes
};

/// The `dist` folders of `@clerk/clerk-js` and `@clerk/ui`. Safe from any thread.
class PackageFiles {
 public:
  /// `folder` is a `node_modules`; it need not exist.
  explicit PackageFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// `package` is `clerk-js` or `ui`, `name` a file directly in its `dist`. Null for everything else: no other
  /// packages, no folders, nothing above `dist`, no file beyond 16 MiB.
  std::shared_ptr<const PackageFile> find(std::string_view package, std::string_view name);

  /// The version that package.json tells; absent when the package is not there.
  std::optional<std::string> version(std::string_view package) const;

  const std::filesystem::path& folder() const noexcept { return folder_; }

 private:
  std::filesystem::path folder_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const PackageFile>, std::less<>> kept_;
  std::size_t keptBytes_ = 0;
};

/// A request for a file: `clerk-js@6.40.0/dist/clerk.browser.js`, whatever the version.
struct PackageRequest {
  std::string_view package;
  std::string_view version;
  std::string_view name;
};
/// Absent for what is no such path; views into `path`.
std::optional<PackageRequest> parsePackagePath(std::string_view path) noexcept;

}  // namespace clerk::instance::portal
