#include "folder_list.hpp"

#include <ecmascript/date.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

namespace fastify::detail {
namespace {

namespace fs = std::filesystem;

// Of one answer: to count below a folder must stay bounded work, whoever asks.
constexpr std::size_t mostCounted = 50'000;

double milliseconds(const timespec& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

std::optional<FileStats> statsOf(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return FileStats{.folder = S_ISDIR(status.st_mode),
                   .size = static_cast<std::uint64_t>(status.st_size),
                   .mode = status.st_mode,
                   .accessedMs = milliseconds(status.st_atim),
                   .modifiedMs = milliseconds(status.st_mtim),
                   .changedMs = milliseconds(status.st_ctim)};
}

/// Links are not followed: one that leads upwards would never end.
FolderInfo countBelow(const std::string& path, std::size_t& left) {
  FolderInfo info;
  std::error_code failed;
  fs::recursive_directory_iterator entries(path, fs::directory_options::skip_permission_denied, failed);
  for (; !failed && entries != fs::end(entries) && left > 0; entries.increment(failed), --left) {
    const bool direct = entries.depth() == 0;
    const auto stats = statsOf(entries->path().string());
    if (!stats) continue;
    if (stats->folder) {
      ++info.totalFolderCount;
      info.folderCount += direct;
      continue;
    }
    info.totalSize += stats->size;
    ++info.totalFileCount;
    info.fileCount += direct;
    info.lastModifiedMs = std::max(info.lastModifiedMs, stats->modifiedMs);
  }
  return info;
}

// U+00C0 to U+00FF without their accents.
constexpr std::string_view latinLetters = "aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo/ouuuuypy";

/// What a name is sorted by, as a person looks for it: signs, digits, letters whatever their case and accents.
std::string sortKeyOf(std::string_view name) {
  std::string key;
  for (std::size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    const bool latin = c == '\xC3' && i + 1 < name.size() && (name[i + 1] & 0xC0) == 0x80;
    if (latin) c = latinLetters[static_cast<unsigned char>(name[++i]) & 0x3F];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (c >= 'a' && c <= 'z') || (c & 0x80);
    key += letter ? '\3' : digit ? '\2' : '\1';
    key += c;
  }
  return key;
}

void sortByName(std::vector<ListedEntry>& entries) {
  std::vector<std::pair<std::string, ListedEntry>> keyed;
  for (auto& entry : entries) keyed.emplace_back(sortKeyOf(entry.name), std::move(entry));
  std::ranges::sort(keyed, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second.name > b.second.name;  // lower case first
  });
  for (std::size_t i = 0; i < entries.size(); ++i) entries[i] = std::move(keyed[i].second);
}

JsonObject jsonOf(const FileStats& stats) {
  JsonObject object{{"mode", stats.mode}, {"size", stats.size}};
  for (const auto& [name, time] : {std::pair{"atime", stats.accessedMs}, std::pair{"mtime", stats.modifiedMs},
                                   std::pair{"ctime", stats.changedMs}}) {
    object[std::string(name) + "Ms"] = time;
    object[name] = ecmascript::toIsoString(static_cast<std::int64_t>(time));
  }
  return object;
}

Json jsonOf(const ListedEntry& entry, bool extended) {
  if (!extended) return Json(entry.name);
  JsonObject object{{"name", entry.name}, {"stats", jsonOf(entry.stats)}};
  if (const auto& info = entry.extendedInfo) {
    object["extendedInfo"] = {{"totalSize", info->totalSize},
                              {"fileCount", info->fileCount},
                              {"totalFileCount", info->totalFileCount},
                              {"folderCount", info->folderCount},
                              {"totalFolderCount", info->totalFolderCount},
                              {"lastModified", info->lastModifiedMs}};
  }
  return object;
}

}  // namespace

std::optional<FolderList> listFolder(const std::string& path, bool hidden, bool extended) {
  FolderList list;
  std::error_code failed;
  std::size_t left = mostCounted;
  fs::directory_iterator entries(path, failed);
  if (failed) return std::nullopt;
  for (; !failed && entries != fs::end(entries); entries.increment(failed)) {
    const auto name = entries->path().filename().string();
    if (!hidden && name.starts_with('.')) continue;
    const auto stats = statsOf(entries->path().string());
    if (!stats) continue;  // gone meanwhile, or a link to nothing
    ListedEntry entry{.name = name, .stats = *stats};
    if (stats->folder && extended) entry.extendedInfo = countBelow(entries->path().string(), left);
    (stats->folder ? list.folders : list.files).push_back(std::move(entry));
  }
  sortByName(list.folders);
  sortByName(list.files);
  return list;
}

Json jsonOf(const FolderList& list, bool extended) {
  JsonArray folders, files;
  for (const auto& entry : list.folders) folders.push_back(jsonOf(entry, extended));
  for (const auto& entry : list.files) files.push_back(jsonOf(entry, extended));
  return {{"dirs", std::move(folders)}, {"files", std::move(files)}};
}

}  // namespace fastify::detail
