#pragma once
// How a session begins, whatever proved who it is.

#include "flows/client/client_draft.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

struct SessionStart {
  std::string_view userId;
  std::string_view strategy;  ///< what completed the sign-in or sign-up
  bool secondFactor = false;  ///< a second factor was proved as well
  /// Who acts as the user (impersonation): becomes the `act` claim.
  std::optional<boost::json::object> actor{};
  /// How long it lasts; absent: as the instance has it.
  std::optional<std::chrono::seconds> lifetime{};
  /// For a client that another browser than the visitor's has (a link that was opened elsewhere): its secret stays.
  bool elsewhere = false;
};

/// Made before a transaction, used inside it, told to the visitor after it.
class SessionDraft {
 public:
  SessionDraft(Core& core, const Visitor& visitor);

  const std::string& sessionId() const noexcept { return session_.id; }

  /// Writes the session, replaces the one before in single-session mode, and gives the client a new secret.
  void insert(Transaction& tx, std::string_view clientId, const SessionStart& start);
  /// After the commit of a transaction that called insert(): the visitor's client has the session.
  void give(Visitor& visitor) const;

 private:
  const Core& core_;
  Session session_;
  std::string rotatingToken_;
  std::optional<Client> client_;
};

/// Errors: `user_banned`, `user_locked`.
std::optional<Error> whySignInIsRefused(const Settings& settings, const User& user, Time now);

}  // namespace clerk::instance
