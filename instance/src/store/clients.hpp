#pragma once
// The tables of clients and development browsers.

#include "model/client.hpp"
#include "model/page.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

class Clients {
 public:
  explicit Clients(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<Client> find(std::string_view id) const;
  /// The client if the digest is of its rotating token, or of the one before and `now` is within the overlap.
  struct Match {
    Client client;
    bool current = true;  ///< false: the token of before
  };
  std::optional<Match> findByToken(std::string_view id, std::string_view tokenDigest, Time now) const;
  Page<Client> list(const PageRequest& page) const;

  void insert(const Client& client, std::string_view tokenDigest);
  /// Replaces the rotating token. The one before stays good until `overlapUntil`. False when another request rotated it
  /// first (`expectedDigest` is no longer the current one); an empty `expectedDigest` replaces whatever there is.
  bool rotate(std::string_view id, std::string_view expectedDigest, std::string_view newDigest, Time overlapUntil);

  void setSignIn(std::string_view id, std::optional<std::string_view> signInId);
  void setSignUp(std::string_view id, std::optional<std::string_view> signUpId);
  /// After a sign-in, sign-out or switch: moves `updatedAt`.
  void setActiveSession(std::string_view id, std::optional<std::string_view> sessionId, Time now);
  void noteAuthentication(std::string_view id, std::string_view strategy);
  void extendCookie(std::string_view id, Time expiresAt);
  bool erase(std::string_view id);

  // Development browsers: which client stands behind one.
  void insertDevBrowser(std::string_view digest, std::optional<std::string_view> clientId, Time now);
  bool devBrowserExists(std::string_view digest) const;
  std::optional<Client> findByDevBrowser(std::string_view digest) const;
  void setDevBrowserClient(std::string_view digest, std::optional<std::string_view> clientId);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
