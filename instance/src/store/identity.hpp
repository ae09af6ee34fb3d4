#pragma once
// The tables that say who the instance is: its id and its keys, sealed or not.

#include "model/time.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

/// One secret of the instance as it lies in the database.
struct StoredKey {
  std::string id;
  std::string kind;      ///< `signing`, `secret`, `pepper`
  std::string material;  ///< text, or sealed bytes as base64url
  bool sealed = false;
  Time createdAt{};
};

class Identity {
 public:
  explicit Identity(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<std::string> instanceId() const;
  void setInstanceId(std::string_view id, Time now);
  /// Oldest first.
  std::vector<StoredKey> keys(std::string_view kind) const;
  void insertKey(const StoredKey& key);
  /// Replaces the material: sealing what lay open, or back.
  void updateKey(const StoredKey& key);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
