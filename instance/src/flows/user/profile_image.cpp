#include "flows/user/profile_image.hpp"

#include "flows/user/user_change.hpp"
#include "model/auth_errors.hpp"
#include "model/ids.hpp"

#include <utility>

namespace clerk::instance {

std::string_view sniffImageType(std::string_view bytes) noexcept {
  if (bytes.starts_with(std::string_view("\x89PNG\r\n\x1a\n", 8))) return "image/png";
  if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return "image/gif";
  if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return "image/webp";
  return {};
}

Outcome<StoredImage> newImage(Core& core, std::string ownerId, std::string bytes) {
  if (bytes.size() > maxImageBytes) return Failure(errors::imageTooLarge());
  const auto type = sniffImageType(bytes);
  if (type.empty()) return Failure(errors::imageTypeInvalid());
  return StoredImage{newId(id::image, core.now(), core.random()), std::move(ownerId), std::string(type),
                     std::move(bytes), core.now()};
}

std::string imageUrl(const Settings& settings, std::string_view imageId) {
  return settings.portalUrl + "/__img/" + std::string(imageId);
}

async::Task<Outcome<Image>> setProfileImage(Core& core, std::string userId, std::string bytes) {
  auto image = newImage(core, userId, std::move(bytes));
  if (!image) co_return image.error();
  const Image shown{image->id, imageUrl(core.settings(), image->id)};
  auto changed = co_await changeUser(core, std::move(userId), [&](Transaction& tx, User& user) -> Outcome<> {
    tx.images().replace(*image);
    user.imageUrl = shown.publicUrl;
    return {};
  });
  if (!changed) co_return changed.error();
  co_return shown;
}

async::Task<Outcome<User>> deleteProfileImage(Core& core, std::string userId) {
  co_return co_await changeUser(core, std::move(userId), [&](Transaction& tx, User& user) -> Outcome<> {
    if (user.imageUrl.empty()) return Failure(errors::imageNotFound());
    tx.images().eraseOf(user.id);
    user.imageUrl.clear();
    return {};
  });
}

async::Task<std::optional<StoredImage>> findImage(Core& core, std::string imageId) {
  // Megabytes are read away from the threads that serve.
  co_return co_await core.store().scan([&](const Transaction& tx) { return tx.images().find(imageId); });
}

}  // namespace clerk::instance
