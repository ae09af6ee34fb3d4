#include "flows/machine/machine_token.hpp"

#include "backend_api/backend_api.hpp"
#include "backend_api/registered.hpp"
#include "model/errors.hpp"
#include "wire/error.hpp"
#include "wire/machine.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr std::int64_t longestTtl = 315360000;
constexpr std::size_t longestReason = 1024;
constexpr std::size_t longestToken = 16384;

Outcome<wire::Json> shownToken(const Call& call, const Outcome<RegistryEntry>& entry) {
  if (!entry) return entry.error();
  return wire::Json(wire::machineToken(call.view(), *entry));
}

bool readFormat(JsonFields& body) {
  const auto format = body.text("token_format").value_or("opaque");
  if (format != "opaque" && format != "jwt") body.refuse(wire::wrong::paramValue("token_format", "opaque, jwt"));
  return format == "jwt";
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  // Only a machine can say whose token it is.
  if (!call.machine) co_return wire::wrong::secretKey();
  auto body = call.body();
  NewMachineToken fields{.jwt = readFormat(body),
                         .secondsUntilExpiration = body.integerWithin("seconds_until_expiration", 0, longestTtl),
                         .claims = body.json("claims"),
                         .minRemainingTtl = body.integerWithin("min_remaining_ttl_seconds", 0, longestTtl)};
  if (auto wrong = body.failure()) co_return *wrong;
  const auto issued = co_await createMachineToken(call.core, *call.machine, std::move(fields));
  if (!issued) co_return issued.error();
  call.status = 201;
  co_return wire::Json(wire::machineToken(call.view(), issued->entry, issued->token));
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  RegistryFilter filter{.owner = query.requiredText("subject"), .query = ""};
  filter.withoutRevoked = !query.boolean("revoked").value_or(false);
  if (!query.boolean("expired").value_or(false)) filter.notExpiredAt = call.core.now();
  const auto page = readPage(query);
  if (auto wrong = query.failure()) co_return *wrong;
  if (call.machine && call.machine->id != filter.owner) co_return Failure(errors::resourceForbidden());
  const auto tokens = co_await listEntries(call.core, registry::machineToken, std::move(filter), page);
  wire::JsonArray list;
  for (const auto& token : tokens.data) list.push_back(wire::machineToken(call.view(), token));
  co_return wire::JsonObject{{"m2m_tokens", std::move(list)}, {"total_count", tokens.totalCount}};
}

async::Task<Outcome<wire::Json>> revoke(Call& call) {
  auto body = call.body();
  auto reason = body.textWithin("revocation_reason", longestReason);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shownToken(call, co_await revokeMachineToken(call.core, call.param("m2m_token_id"), std::move(reason),
                                                         call.machine ? call.machine->id : ""));
}

async::Task<Outcome<wire::Json>> verify(Call& call) {
  auto body = call.body();
  auto token = body.requiredText("token", longestToken);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shownToken(call,
                       co_await verifyMachineToken(call.core, std::move(token), call.machine ? call.machine->id : ""));
}

}  // namespace

void addMachineTokens(const AddOperation& add) {
  add("POST", "/m2m_tokens", create);
  add("GET", "/m2m_tokens", list);
  add("POST", "/m2m_tokens/verify", verify);
  add("POST", "/m2m_tokens/:m2m_token_id/revoke", revoke);
}

}  // namespace clerk::instance::backend_api
