#pragma once
// A token taken apart, with the members that are checked at hand.

#include "jwt/refusal.hpp"

#include <clerk/jwt.hpp>

#include <boost/system/result.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::jwt {

/// A JSON member whose type is not known before it is looked at.
struct Field {
  enum class Kind : std::uint8_t { Undefined, Null, Boolean, Number, String, Other };
  Kind kind = Kind::Undefined;
  double number = 0;
  /// The text of a string.
  std::string text;

  bool isText() const noexcept { return kind == Kind::String; }
  bool is(std::string_view value) const noexcept { return kind == Kind::String && text == value; }
};

struct Header {
  Field alg, typ, kid, cat;
  /// The header's JSON, for messages.
  std::string json;
};

/// The claims. Immutable once decoded, and shared; what is rarely asked for is made when it is.
class Payload {
 public:
  Payload(std::string json, Strictness strictness) : json_(std::move(json)), strictness_(strictness) {}
  /// Claims that are known without a token.
  explicit Payload(boost::json::value value);

  /// All claims as a value. Safe from any thread.
  const boost::json::value& value() const;
  const std::string& json() const noexcept { return json_; }

  Field sub, sid, iss, azp, exp, nbf, iat;

 private:
  friend class Reader;
  std::string json_;
  Strictness strictness_ = Strictness::Strict;
  mutable std::once_flag once_;
  mutable boost::json::value value_;
};

struct DecodedJwt {
  Header header;
  std::shared_ptr<const Payload> payload;
  std::string signature;
  /// Header and payload as they were signed; part of the token that was decoded.
  std::string_view signedPart;
};

/// Steps 1 and 2 of a verification: three parts, base64url, JSON.
boost::system::result<DecodedJwt, Refusal> decode(std::string_view token, Strictness strictness);

/// `JSON.stringify(object[name])`, or "undefined".
std::string jsonOf(const boost::json::value& object, std::string_view name);
std::string jsonOfHeader(const Header& header, std::string_view name, Strictness strictness);

}  // namespace clerk::jwt
