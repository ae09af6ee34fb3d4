#pragma once
// A client that comes to be with the first thing it does, in the same transaction.

#include "flows/client/client_token.hpp"

#include <optional>
#include <string>

namespace clerk::instance {

/// Made before a transaction, used inside it, told to the visitor after it.
class ClientDraft {
 public:
  ClientDraft(Core& core, const Visitor& visitor);

  /// The visitor's client, or the one that will be.
  const std::string& clientId() const noexcept { return client_.id; }
  bool isNew() const noexcept { return !rotatingToken_.empty(); }

  /// Writes the client if it is new.
  void insert(Transaction& tx) const;
  /// After the commit: the visitor has this client.
  void give(Visitor& visitor) const;

 private:
  Client client_;
  std::string rotatingToken_;  // of a new client
  std::string tokenDigest_;
  std::string devBrowserDigest_;
};

/// What the store knows a development browser by.
std::string devBrowserDigest(const Core& core, std::string_view devBrowser);

}  // namespace clerk::instance
