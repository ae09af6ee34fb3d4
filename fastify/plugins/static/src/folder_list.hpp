#pragma once
// What lies in a folder.

#include <fastify/json.hpp>
#include <fastify/static.hpp>

#include <optional>
#include <string>
#include <vector>

namespace fastify::detail {

struct FolderList {
  std::vector<ListedEntry> folders;
  std::vector<ListedEntry> files;
};

/// Sorted by name. `hidden`: also what begins with a dot; `extended`: what lies below the folders is counted, as far as
/// a few ten thousand entries. nullopt when `path` is no folder that can be read. Blocks.
std::optional<FolderList> listFolder(const std::string& path, bool hidden, bool extended);

/// {"dirs": […], "files": […]}: names, or objects with Node's names for their numbers.
Json jsonOf(const FolderList& list, bool extended);

}  // namespace fastify::detail
