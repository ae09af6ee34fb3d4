#include "portal/package_files.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace clerk::instance::portal {
namespace {

constexpr std::uintmax_t largestFile = 16 * 1024 * 1024;
constexpr std::size_t mostKept = 64 * 1024 * 1024;

bool isNameCharacter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
         c == '_' || c == '~';
}

bool isKnownPackage(std::string_view package) noexcept { return package == "clerk-js" || package == "ui"; }

/// A plain file name: no separators, not hidden, no way up.
bool isFileName(std::string_view name) noexcept {
  return !name.empty() && name.size() <= 200 && name.front() != '.' && std::ranges::all_of(name, isNameCharacter);
}

std::string_view contentTypeOf(std::string_view name) noexcept {
  if (name.ends_with(".js") || name.ends_with(".mjs")) return "application/javascript; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".json") || name.ends_with(".map")) return "application/json; charset=utf-8";
  return "application/octet-stream";
}

std::optional<std::string> readFile(const std::filesystem::path& path) {
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (failed || !std::filesystem::is_regular_file(status)) return std::nullopt;
  const auto size = std::filesystem::file_size(path, failed);
  if (failed || size > largestFile) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  std::string bytes(size, '\0');
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) return std::nullopt;
  return bytes;
}

}  // namespace

std::shared_ptr<const PackageFile> PackageFiles::find(std::string_view package, std::string_view name) {
  if (!isKnownPackage(package) || !isFileName(name)) return nullptr;
  const auto key = std::string(package) + "/" + std::string(name);
  const std::lock_guard lock(mutex_);
  if (const auto found = kept_.find(key); found != kept_.end()) return found->second;
  auto bytes = readFile(folder_ / "@clerk" / package / "dist" / name);
  if (!bytes) return nullptr;
  const auto digest = crypto::sha256(*bytes);
  auto etag = "\"" + crypto::base64urlEncode(crypto::bytesOf(digest)).substr(0, 22) + "\"";
  auto file = std::make_shared<const PackageFile>(
      PackageFile{.bytes = std::move(*bytes), .contentType = contentTypeOf(name), .etag = std::move(etag)});
  if (keptBytes_ + file->bytes.size() <= mostKept) {
    keptBytes_ += file->bytes.size();
    kept_.emplace(key, file);
  }
  return file;
}

std::optional<std::string> PackageFiles::version(std::string_view package) const {
  if (!isKnownPackage(package)) return std::nullopt;
  const auto text = readFile(folder_ / "@clerk" / package / "package.json");
  if (!text) return std::nullopt;
  boost::system::error_code malformed;
  const auto json = boost::json::parse(*text, malformed);
  const auto* object = malformed ? nullptr : json.if_object();
  const auto* version = object ? object->if_contains("version") : nullptr;
  const auto* name = version ? version->if_string() : nullptr;
  if (!name || !std::ranges::all_of(*name, isNameCharacter)) return std::nullopt;
  return std::string(std::string_view(*name));
}

std::optional<PackageRequest> parsePackagePath(std::string_view path) noexcept {
  const auto at = path.find('@');
  const auto slash = path.find('/');
  if (at == std::string_view::npos || slash == std::string_view::npos || at > slash) return std::nullopt;
  constexpr std::string_view dist = "/dist/";
  if (path.substr(slash, dist.size()) != dist) return std::nullopt;
  return PackageRequest{.package = path.substr(0, at),
                        .version = path.substr(at + 1, slash - at - 1),
                        .name = path.substr(slash + dist.size())};
}

}  // namespace clerk::instance::portal
