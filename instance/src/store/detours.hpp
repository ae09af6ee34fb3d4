#pragma once
// The tables of what comes back by another way: links in mails, and browsers that were sent to another provider. Each
// is known by the digest of its secret, and taken once.

#include "model/time.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// What a link or a provider's answer goes on with.
enum class DetourOwner { SignIn, SignUp, User, TestRun };
std::string_view nameOf(DetourOwner owner) noexcept;

struct EmailLink {
  std::string verificationId;
  DetourOwner ownerKind = DetourOwner::SignIn;
  std::string ownerId;      ///< of the sign-in, sign-up, user or test run
  std::string clientId;     ///< who asked
  std::string redirectUrl;  ///< where the browser goes afterwards
  Time expiresAt{};
  friend bool operator==(const EmailLink&, const EmailLink&) = default;
};

class EmailLinks {
 public:
  explicit EmailLinks(sql::Connection& connection) noexcept : sql_(connection) {}

  void insert(std::string_view digest, const EmailLink& link);
  std::optional<EmailLink> find(std::string_view digest) const;
  /// False when it was taken before.
  bool take(std::string_view digest);
  std::int64_t eraseExpired(Time before, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

struct OauthState {
  std::string strategy;
  DetourOwner ownerKind = DetourOwner::SignIn;
  std::string ownerId;
  std::string clientId;
  std::string verificationId;
  std::string nonce;         ///< must come back in the id token
  std::string codeVerifier;  ///< PKCE, RFC 7636
  std::string redirectUrl;   ///< back to the page that began, when more is to be done
  std::string completeUrl;   ///< where it goes when all is done
  Time expiresAt{};
  friend bool operator==(const OauthState&, const OauthState&) = default;
};

class OauthStates {
 public:
  explicit OauthStates(sql::Connection& connection) noexcept : sql_(connection) {}

  void insert(std::string_view digest, const OauthState& state);
  std::optional<OauthState> find(std::string_view digest, Time now) const;
  /// Takes it away; absent when there is none (any more), or its time is over.
  std::optional<OauthState> take(std::string_view digest, Time now);
  std::int64_t eraseExpired(Time before, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
