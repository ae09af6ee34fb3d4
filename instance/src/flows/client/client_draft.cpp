#include "flows/client/client_draft.hpp"

#include "model/ids.hpp"

namespace clerk::instance {

ClientDraft::ClientDraft(Core& core, const Visitor& visitor) {
  if (visitor.client) {
    client_ = *visitor.client;
    return;
  }
  const Time now = core.now();
  client_.id = newId(id::client, now, core.random());
  client_.cookieExpiresAt = now + core.settings().lifetimes.clientCookie;
  client_.createdAt = client_.updatedAt = now;
  rotatingToken_ = newRotatingToken(core);
  tokenDigest_ = rotatingTokenDigest(core, rotatingToken_);
  if (!visitor.devBrowser.empty()) devBrowserDigest_ = devBrowserDigest(core, visitor.devBrowser);
}

void ClientDraft::insert(Transaction& tx) const {
  if (!isNew()) return;
  tx.clients().insert(client_, tokenDigest_);
  if (!devBrowserDigest_.empty()) tx.clients().setDevBrowserClient(devBrowserDigest_, client_.id);
}

void ClientDraft::give(Visitor& visitor) const {
  if (isNew()) giveRotated(visitor, client_, rotatingToken_);
}

std::string devBrowserDigest(const Core& core, std::string_view devBrowser) {
  return core.digestOf("dev browser", devBrowser);
}

}  // namespace clerk::instance
