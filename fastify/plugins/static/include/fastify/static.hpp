#pragma once
// Files of a folder; @fastify/static for C++.

#include <fastify/plugin.hpp>
#include <fastify/route.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify {

class Reply;
class Request;

/// One folder or several; the first that has a file gives it. Absolute paths.
class StaticRoot {
 public:
  StaticRoot() = default;
  StaticRoot(const char* folder) : folders_{folder} {}
  StaticRoot(std::string folder) : folders_{std::move(folder)} {}
  StaticRoot(std::filesystem::path folder) : folders_{folder.string()} {}
  StaticRoot(std::initializer_list<std::string> folders) : folders_(folders) {}
  StaticRoot(std::vector<std::string> folders) : folders_(std::move(folders)) {}
  const std::vector<std::string>& folders() const noexcept { return folders_; }

 private:
  std::vector<std::string> folders_;
};

/// How a file is sent.
struct SendFileOptions {
  bool acceptRanges = true;
  bool cacheControl = true;
  bool contentType = true;
  /// allow, ignore (404) or deny (403): files and folders whose name begins with a dot.
  std::string dotfiles = "allow";
  /// Weak, of size and time.
  bool etag = true;
  bool lastModified = true;
  /// Of Cache-Control; a year at most.
  std::chrono::milliseconds maxAge{0};
  bool immutable = false;
  /// Tried for a path without an extension that is not there: {"html"}.
  std::vector<std::string> extensions;
  /// Looked for in folders.
  std::vector<std::string> index = {"index.html"};
};

struct FileStats {
  bool folder = false;
  std::uint64_t size = 0;
  std::uint32_t mode = 0;
  /// Milliseconds since 1970.
  double accessedMs = 0;
  double modifiedMs = 0;
  double changedMs = 0;
};

/// What lies in a folder, and in all folders below it.
struct FolderInfo {
  std::uint64_t totalSize = 0;
  std::uint64_t fileCount = 0;
  std::uint64_t totalFileCount = 0;
  std::uint64_t folderCount = 0;
  std::uint64_t totalFolderCount = 0;
  double lastModifiedMs = 0;
};

/// An entry of a folder's list. `href` is there for `render`.
struct ListedEntry {
  std::string href;
  std::string name;
  FileStats stats;
  std::optional<FolderInfo> extendedInfo;
};

/// How folders are listed.
struct ListOptions {
  /// json or html; a client chooses with `?format=`. html needs `render`.
  std::string format = "json";
  /// names, or extended: objects with sizes and times.
  std::string jsonFormat = "names";
  /// Names that stand for the list of their folder where no such file is: {"index", "index.json", "/"}; "/" is the
  /// folder's own path with a slash at its end.
  std::vector<std::string> names;
  /// Also counts what is below each folder: some ten thousand entries an answer.
  bool extendedFolderInfo = false;
  /// The page of a list. Names of files may be anything: escape them.
  std::function<std::string(const std::vector<ListedEntry>& folders, const std::vector<ListedEntry>& files)> render;
};

struct StaticOptions {
  StaticRoot root;
  std::string prefix = "/";
  /// False: no routes, `sendFile` alone.
  bool serve = true;
  /// False: a route for each file that is there when the app starts, so that the app may have a wildcard route itself.
  bool wildcard = true;
  /// A folder without a slash at its end is redirected to the one with it, instead of answered in its place.
  bool redirect = false;
  bool prefixAvoidTrailingSlash = false;
  /// Sends `file.br`, `.gz` or `.deflate` beside the file to those who accept it.
  bool preCompressed = false;
  SendFileOptions send;
  /// Answers for folders with what is in them, for one root. Those that have an index file are answered by it when
  /// their path ends with a slash: `.send = {.index = {}}` lists them, too.
  std::optional<ListOptions> list;
  /// False for a path: 404. The path is decoded, without the prefix. Asked again for an index file, and for one found
  /// by its extension.
  std::function<bool(std::string_view pathname, std::string_view root, Request& request)> allowedPath;
  std::function<void(Reply& reply, const std::filesystem::path& file)> setHeaders;
  /// Keeps the routes out of documentation.
  bool schemaHide = true;
  std::string logLevel;
  Constraints constraints;
};

// In a handler: `sendFile(reply, "report.pdf")`. Paths are relative to the plugin's root or `root`; those with `..` are
// refused. Ranges, conditional requests and the plugin's options count as they do for its routes; a status set before
// stays. The file is looked up at once, its content is read without holding others up.

/// `reply.sendFile(path, root, options)`.
void sendFile(Reply& reply, std::string_view path);
void sendFile(Reply& reply, std::string_view path, const StaticRoot& root);
void sendFile(Reply& reply, std::string_view path, const SendFileOptions& options, const StaticRoot& root = {});
/// `reply.download(path, filename)`: the browser saves it under that name (the file's own when empty).
void download(Reply& reply, std::string_view path, std::string_view filename = {}, const StaticRoot& root = {});

namespace detail {
Task<> startStatic(Fastify& instance, const StaticOptions& options);
}

/// `app.registerPlugin(fastify::fastifyStatic, {.root = "/srv/www", .prefix = "/public/"})`. Links are followed:
/// whoever may write in the root chooses what is served.
inline constexpr Plugin<StaticOptions> fastifyStatic{detail::startStatic, "@fastify/static", "5.x"};

}  // namespace fastify
