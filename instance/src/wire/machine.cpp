#include "wire/machine.hpp"

#include "settings/settings.hpp"

namespace clerk::instance::wire {
namespace {

JsonObject plainMachine(const View& view, const RegistryEntry& entry) {
  return {{"object", "machine"},
          {"id", entry.id},
          {"name", entry.json("name")},
          {"instance_id", view.settings.instanceId},
          {"created_at", toMilliseconds(entry.createdAt)},
          {"updated_at", toMilliseconds(entry.updatedAt)},
          {"default_token_ttl", entry.json("default_token_ttl")}};
}

/// What keys and tokens have in common.
void addValidity(JsonObject& json, const View& view, const RegistryEntry& entry) {
  json["revoked"] = entry.status == registry_status::revoked;
  json["revocation_reason"] = entry.json("revocation_reason");
  json["expired"] = entry.isExpired(view.now);
  json["expiration"] = orNull(entry.expiresAt);
  json["last_used_at"] = orNull(entry.lastUsedAt);
  json["created_at"] = toMilliseconds(entry.createdAt);
  json["updated_at"] = toMilliseconds(entry.updatedAt);
}

}  // namespace

JsonObject machine(const View& view, const MachineState& state) {
  auto json = plainMachine(view, state.machine);
  JsonArray scoped;
  for (const auto& entry : state.scopedMachines) scoped.push_back(plainMachine(view, entry));
  json["scoped_machines"] = std::move(scoped);
  if (!state.secretKey.empty()) json["secret_key"] = state.secretKey;
  return json;
}

JsonObject machineSecretKey(std::string_view secret) { return {{"object", "machine_secret_key"}, {"secret", secret}}; }

JsonObject machineScope(const RegistryEntry& scope) {
  return {{"object", "machine_scope"},
          {"from_machine_id", scope.owner},
          {"to_machine_id", scope.json("to_machine_id")},
          {"created_at", toMilliseconds(scope.createdAt)}};
}

JsonObject machineToken(const View& view, const RegistryEntry& entry, std::string_view token) {
  JsonObject json{{"object", "machine_to_machine_token"},
                  {"id", entry.id},
                  {"subject", entry.owner},
                  {"claims", entry.json("claims")},
                  {"scopes", entry.json("scopes")}};
  if (!token.empty()) json["token"] = token;
  addValidity(json, view, entry);
  return json;
}

JsonObject apiKey(const View& view, const RegistryEntry& entry, std::string_view secret) {
  JsonObject json{{"object", "api_key"},
                  {"id", entry.id},
                  {"type", "api_key"},
                  {"subject", entry.owner},
                  {"name", entry.json("name")},
                  {"description", entry.json("description")},
                  {"claims", entry.json("claims")},
                  {"scopes", entry.json("scopes")}};
  if (!secret.empty()) json["secret"] = secret;
  addValidity(json, view, entry);
  json["created_by"] = entry.json("created_by");
  return json;
}

}  // namespace clerk::instance::wire
