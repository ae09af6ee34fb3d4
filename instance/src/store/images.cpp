#include "store/images.hpp"

#include "store/store_error.hpp"

#include <crypto/base64.hpp>

namespace clerk::instance {

std::optional<StoredImage> Images::find(std::string_view id) const {
  auto rows = sql_.query("select id, owner_id, content_type, content, created_at from images where id = $1", {id});
  if (!rows.next()) return std::nullopt;
  // As text: the one kind of value that both engines and our border to them have for it.
  auto content = crypto::base64Decode(rows.text(3));
  if (!content) throw StoreError(StoreError::Reason::Failed, "the database holds a broken picture");
  return StoredImage{rows.string(0), rows.string(1), rows.string(2), *std::move(content), rows.time(4)};
}

void Images::replace(const StoredImage& image) {
  eraseOf(image.ownerId);
  sql_.execute("insert into images (id, owner_id, content_type, content, created_at) values ($1, $2, $3, $4, $5)",
               {image.id, image.ownerId, image.contentType, crypto::base64Encode(image.content), image.createdAt});
}

bool Images::eraseOf(std::string_view ownerId) {
  return sql_.execute("delete from images where owner_id = $1", {ownerId}) > 0;
}

}  // namespace clerk::instance
