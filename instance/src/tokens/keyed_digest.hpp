#pragma once
// Digests of what must be recognised but not kept.

#include <string>
#include <string_view>

namespace clerk::instance {

/// HMAC-SHA-256 with a secret of the instance, so that whoever reads the database cannot try out the million codes
/// there are. A value; safe from any thread.
class KeyedDigest {
 public:
  explicit KeyedDigest(std::string key) : key_(std::move(key)) {}

  /// base64url. The same secret has another digest for another purpose.
  std::string of(std::string_view purpose, std::string_view secret) const;

 private:
  std::string key_;
};

}  // namespace clerk::instance
