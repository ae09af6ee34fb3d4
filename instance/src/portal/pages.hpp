#pragma once
// The account portal's pages: HTML that mounts Clerk's own components.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace clerk::instance::portal {

/// One page and the paths below the portal where it is.
struct Page {
  std::string_view name;  ///< which component: `home`, `sign-in`, …
  std::string_view title;
  std::string_view path;
  bool hasSubPaths = false;  ///< the component routes below its path by itself
};
std::span<const Page> pages() noexcept;

struct PageSetting {
  std::string applicationName;
  std::string publishableKey;
  std::string prefix;  ///< before all paths, such as `` or `/accounts`
  /// Exact versions of the packages; absent when they are not installed.
  std::optional<std::string> clerkJsVersion;
  std::optional<std::string> uiVersion;
  bool hasDeveloperPage = false;
};

std::string pageHtml(const Page& page, const PageSetting& setting);
/// What a page says when the packages are not there, and what to do.
std::string missingPackagesHtml(const PageSetting& setting, std::string_view folder);
/// The script of all pages.
std::string_view pageScript() noexcept;

/// The developer's page: what an app needs, and the mails that would have been sent.
std::string developerHtml(const PageSetting& setting);
std::string_view developerScript() noexcept;

}  // namespace clerk::instance::portal
