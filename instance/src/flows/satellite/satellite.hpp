#pragma once
// An app on a domain of its own learns who is signed in: its browser comes to the instance's own domain, which knows,
// and is sent on to the satellite's with a secret that is good once (Clerk docs: "Satellite domains").

#include "flows/client/client.hpp"

#include <async/task.hpp>

#include <string>

namespace clerk::instance {

struct SyncFields {
  std::string linkDomain;    ///< the satellite, as it was registered
  std::string redirectUrl;   ///< where the browser goes in the end
  std::string redirectHost;  ///< of that address, with its port if it names one
};
/// The address below the satellite's own Frontend API that the browser goes to next. Errors: `resource_not_found` for
/// what is no satellite, and for an address that is not at it.
async::Task<Outcome<std::string>> beginSync(Core& core, Visitor& visitor, SyncFields fields);

struct Synced {
  Visitor visitor;  ///< whose cookies the satellite's domain gets; without a client when nobody is signed in
  std::string redirectUrl;
};
/// Takes the secret. Errors: `resource_not_found` when it was taken before, is too old, or never was.
async::Task<Outcome<Synced>> finishSync(Core& core, std::string secret);

}  // namespace clerk::instance
