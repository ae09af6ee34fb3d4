#pragma once
// The dashboard's page, styles and scripts, as they stand in assets/.

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace clerk::instance::dashboard {

struct EmbeddedFile {
  std::string_view name;
  std::string_view bytes;
};
std::span<const EmbeddedFile> embeddedFiles() noexcept;

struct Asset {
  std::string_view bytes;
  std::string_view contentType;
  std::string etag;  ///< with its quotes
};

/// Those that a page asks for by name; `index.html` is not among them. Unchanging; safe from any thread.
class Assets {
 public:
  Assets();
  /// Null for everything else.
  const Asset* find(std::string_view name) const noexcept;

 private:
  std::map<std::string_view, Asset> assets_;
};

/// The page; `base` is the path of the dashboard, such as `/dashboard`, and stands wherever the file says `{{base}}`.
std::string pageHtml(std::string_view base);

}  // namespace clerk::instance::dashboard
