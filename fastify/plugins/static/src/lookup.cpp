#include "lookup.hpp"

#include <utility>

namespace fastify::detail {
namespace {

using Kind = Finding::Kind;

std::string suffixOf(std::string_view encoding) {
  return encoding == "br" ? ".br" : encoding == "gzip" ? ".gz" : ".deflate";
}

/// One search: what it asks of the file system, and how long that may take.
struct Search {
  const Wanted& wanted;
  Patience patience;

  OpenFile::Found open(const std::string& path, std::shared_ptr<OpenFile>& file) const {
    return OpenFile::open(path, file, patience);
  }
  bool isFile(const std::string& path) const {
    std::shared_ptr<OpenFile> file;
    return open(path, file) == OpenFile::Found::File;
  }

  /// `path`, or what is compressed beside it. `plain` when it is open already.
  Finding file(const std::string& path, std::shared_ptr<OpenFile> plain = {}) const {
    for (const auto& encoding : wanted.encodings) {
      std::shared_ptr<OpenFile> compressed;
      if (open(path + suffixOf(encoding), compressed) == OpenFile::Found::File)
        return {Kind::File, std::move(compressed), path, encoding};
    }
    if (!plain && open(path, plain) != OpenFile::Found::File) return {};
    return {Kind::File, std::move(plain), path, {}};
  }

  Finding indexOf(const std::string& folder) const {
    for (const auto& index : wanted.index) {
      const auto path = joinedPath(folder, index);
      if (isFile(path)) return file(path);
    }
    return {};
  }

  Finding withExtension(const std::string& path) const {
    const auto name = std::string_view(wanted.pathname).substr(wanted.pathname.rfind('/') + 1);
    if (name.find('.') != name.npos) return {};
    for (const auto& extension : wanted.extensions) {
      if (auto found = file(path + "." + extension); found.kind == Kind::File) return found;
    }
    return {};
  }

  Finding run() const {
    const auto path = joinedPath(wanted.root, wanted.pathname);
    std::shared_ptr<OpenFile> opened;
    if (wanted.pathname.ends_with('/')) {
      const bool unnamed = wanted.index.empty() && open(path, opened) == OpenFile::Found::Folder;
      return unnamed ? Finding{Kind::Unnamed, {}, path, {}} : indexOf(path);
    }
    if (open(path, opened) == OpenFile::Found::Folder)
      return wanted.tellFolders ? Finding{Kind::Folder, {}, path, {}} : indexOf(path);
    if (auto found = file(path, std::move(opened)); found.kind == Kind::File) return found;
    return withExtension(path);
  }
};

}  // namespace

Finding lookUp(const Wanted& wanted, Patience patience) { return Search{wanted, patience}.run(); }

std::string joinedPath(std::string_view root, std::string_view pathname) {
  std::string path(root);
  if (!path.ends_with('/')) path += '/';
  return path += pathname.starts_with('/') ? pathname.substr(1) : pathname;
}

}  // namespace fastify::detail
