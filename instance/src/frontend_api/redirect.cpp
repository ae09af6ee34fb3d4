#include "frontend_api/redirect.hpp"

#include <algorithm>

namespace clerk::instance::frontend_api {

namespace {

bool isAllowed(const Call& call, const api::WebAddress& address) {
  const auto has = [&](const std::vector<std::string>& origins) {
    return std::ranges::find(origins, address.origin()) != origins.end();
  };
  const auto& general = call.core.settings().runtime.general;
  const auto development = api::WebAddress::parse(general.developmentOrigin);
  return address.isLoopback() || has(call.allowedOrigins) || has(general.allowedOrigins) ||
         (development && development->origin() == address.origin());
}

}  // namespace

Outcome<> checkReturnAddress(const Call& call, std::string_view url) {
  if (url.empty()) return {};
  const auto address = api::WebAddress::parse(url);
  if (!address) return wire::wrong::redirectUrl();
  if (!isAllowed(call, *address)) return wire::wrong::redirectUrlNotOurs(address->host());
  return {};
}

Outcome<api::WebAddress> redirectTarget(const Call& call) {
  const auto text = call.queryText("redirect_url");
  if (!text || text->empty()) return wire::wrong::queryMissing("redirect_url");
  const auto address = api::WebAddress::parse(*text);
  if (!address) return wire::wrong::redirectUrl();
  if (isAllowed(call, *address)) return *address;
  return wire::wrong::handshake("redirect_url is at " + address->origin() + ", which is not an allowed origin");
}

}  // namespace clerk::instance::frontend_api
