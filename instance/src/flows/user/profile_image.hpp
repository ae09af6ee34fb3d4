#pragma once
// Pictures that people upload of themselves; organizations' logos are kept the same way.

#include "flows/core.hpp"
#include "model/user.hpp"

#include <async/task.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// 10 MB, as Clerk takes.
inline constexpr std::size_t maxImageBytes = 10 * 1024 * 1024;

/// `image/png`, `image/jpeg`, `image/gif` or `image/webp`, as the first bytes tell; empty for anything else. What a
/// browser claims does not matter: an SVG or a page with scripts is never served as a picture.
std::string_view sniffImageType(std::string_view bytes) noexcept;

struct Image {
  std::string id;  ///< `img_…`
  std::string publicUrl;
};

/// Checks the bytes and gives the picture that is to be stored for `ownerId`. Errors: `image_too_large`,
/// `form_param_format_invalid`.
Outcome<StoredImage> newImage(Core& core, std::string ownerId, std::string bytes);
/// Where browsers find it.
std::string imageUrl(const Settings& settings, std::string_view imageId);

/// Errors: those of newImage().
async::Task<Outcome<Image>> setProfileImage(Core& core, std::string userId, std::string bytes);
/// Gives the user without it. Errors: `image_not_found` where there was none.
async::Task<Outcome<User>> deleteProfileImage(Core& core, std::string userId);

/// Absent when there is none such (any more).
async::Task<std::optional<StoredImage>> findImage(Core& core, std::string imageId);

}  // namespace clerk::instance
