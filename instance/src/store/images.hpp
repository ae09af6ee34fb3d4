#pragma once
// The table of pictures that people uploaded.

#include "model/time.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

struct StoredImage {
  std::string id;           ///< `img_…`
  std::string ownerId;      ///< a user or an organization
  std::string contentType;  ///< as its bytes tell
  std::string content;
  Time createdAt{};
};

class Images {
 public:
  explicit Images(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<StoredImage> find(std::string_view id) const;
  /// Takes the place of the owner's picture of before.
  void replace(const StoredImage& image);
  bool eraseOf(std::string_view ownerId);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
