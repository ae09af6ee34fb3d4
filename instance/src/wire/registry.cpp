#include "wire/registry.hpp"

#include "settings/settings.hpp"

namespace clerk::instance::wire {
namespace {

JsonObject head(std::string_view object, const RegistryEntry& entry) { return {{"object", object}, {"id", entry.id}}; }

/// What the document holds under these names, as it is.
void copy(JsonObject& to, const RegistryEntry& entry, std::initializer_list<std::string_view> members) {
  for (const auto member : members) to[member] = entry.json(member);
}

void addTimes(JsonObject& to, const RegistryEntry& entry) {
  to["created_at"] = toMilliseconds(entry.createdAt);
  to["updated_at"] = toMilliseconds(entry.updatedAt);
}

JsonObject domain(std::string_view id, std::string_view name, bool satellite, const Json& proxyUrl) {
  return {{"object", "domain"},
          {"id", id},
          {"name", name},
          {"is_satellite", satellite},
          {"frontend_api_url", "https://clerk." + std::string(name)},
          {"proxy_url", proxyUrl},
          {"development_origin", ""}};
}

}  // namespace

JsonObject jwtTemplate(const View&, const RegistryEntry& entry) {
  auto json = head("jwt_template", entry);
  json["name"] = entry.name;
  copy(json, entry, {"claims", "lifetime", "allowed_clock_skew", "custom_signing_key", "signing_algorithm"});
  addTimes(json, entry);
  return json;
}

JsonObject redirectUrl(const View&, const RegistryEntry& entry) {
  auto json = head("redirect_url", entry);
  json["url"] = entry.name;
  addTimes(json, entry);
  return json;
}

JsonObject actorToken(const View&, const RegistryEntry& entry) {
  auto json = head("actor_token", entry);
  json["status"] = entry.status;
  json["user_id"] = entry.owner;
  copy(json, entry, {"actor"});
  if (entry.document.contains("token")) copy(json, entry, {"token", "url"});
  addTimes(json, entry);
  return json;
}

JsonObject satelliteDomain(const View&, const RegistryEntry& entry) {
  return domain(entry.id, entry.name, true, entry.json("proxy_url"));
}

std::string primaryDomainId(const Settings& settings) {
  const auto& id = settings.instanceId;
  return "dmn" + (id.starts_with("ins") ? id.substr(3) : "_" + id);
}

JsonObject primaryDomain(const View& view) {
  const auto& settings = view.settings;
  auto json = domain(primaryDomainId(settings), settings.frontendApiHost, false, nullptr);
  json["frontend_api_url"] = settings.issuer();
  json["accounts_portal_url"] = settings.portalUrl;
  json["development_origin"] = settings.isDevelopment() ? settings.portalUrl : "";
  return json;
}

JsonObject proxyCheck(const View&, const RegistryEntry& entry) {
  auto json = head("proxy_check", entry);
  json["domain_id"] = entry.owner;
  copy(json, entry, {"last_run_at", "proxy_url", "successful"});
  addTimes(json, entry);
  return json;
}

}  // namespace clerk::instance::wire
