#pragma once
// A token taken apart, with the members that are checked at hand.

#include "jwt/refusal.hpp"

#include <clerk/jwt.hpp>

#include <boost/system/result.hpp>

#include <any>
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
  /// The text of a string; lives as long as the token that it was read from.
  std::string_view text;

  bool isText() const noexcept { return kind == Kind::String; }
  bool is(std::string_view value) const noexcept { return kind == Kind::String && text == value; }
};

struct Header {
  Field alg, typ, kid, cat;
  /// The token's first part, for messages.
  std::string_view encoded;
};

/// The claims. Immutable once decoded, and shared; what is rarely asked for is made when it is.
class Payload {
 public:
  explicit Payload(Strictness strictness) : strictness_(strictness) {}
  /// Claims that are known without a token.
  explicit Payload(boost::json::value value);

  /// All claims as a value. Safe from any thread.
  const boost::json::value& value() const;
  /// The token that they came in; empty for claims that are known without one.
  std::string_view token() const noexcept { return token_; }
  /// What a reader of the claims works out of them with `make` and wants no second time; of one type only. Safe from
  /// any thread.
  template <class T, class Make>
  const T& derived(Make make) const {
    std::call_once(derivedOnce_, [&] { derived_ = T(make()); });
    return *std::any_cast<T>(&derived_);
  }

  Field sub, sid, sts, iss, azp, exp, nbf, iat;
  /// The session's version and what tells of its organization: in version 2 `o` and `fea`, else the others.
  Field v, o, fea, org_id, org_role, org_slug, org_permissions;
  /// The members of `o`.
  struct Organization {
    Field id, rol, slg, per, fpm;
  } organization;

 private:
  friend class Reader;
  std::string_view token_, encoded_;  // of the DecodedJwt that this is a part of
  Strictness strictness_ = Strictness::Strict;
  mutable std::once_flag once_, derivedOnce_;
  mutable boost::json::value value_;
  mutable std::any derived_;
};

/// A token taken apart; immutable and shared. Neither copied nor moved: its fields refer to it.
struct DecodedJwt {
  /// With room for `more` bytes of what is kept beside the token.
  DecodedJwt(std::string_view token, Strictness strictness, std::size_t more = 0)
      : strictness(strictness), payload(strictness) {
    memory_.reserve(token.size() + more);
    this->token = keep(token);
  }

  std::string_view token;
  const Strictness strictness;
  Header header;
  Payload payload;
  std::string_view signature;
  std::size_t signedSize = 0;

  /// Header and payload as they were signed.
  std::string_view signedPart() const noexcept { return token.substr(0, signedSize); }
  /// A copy that lives as long as this. All of them together must fit into the room that was made.
  std::string_view keep(std::string_view text) {
    const auto at = memory_.size();
    memory_ += text;
    return std::string_view(memory_).substr(at);
  }

 private:
  std::string memory_;  // one piece, which never moves
};

/// Steps 1 and 2 of a verification: three parts, base64url, JSON.
boost::system::result<std::shared_ptr<const DecodedJwt>, Refusal> decode(std::string_view token, Strictness strictness);

/// `JSON.stringify(object[name])`, or "undefined".
std::string jsonOf(const boost::json::value& object, std::string_view name);
std::string jsonOfHeader(const Header& header, std::string_view name, Strictness strictness);

}  // namespace clerk::jwt
