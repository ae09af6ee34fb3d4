#include "flows/enterprise/test_run.hpp"

#include "flows/enterprise/saml_connection.hpp"
#include "flows/enterprise/sign_in_connection.hpp"
#include "flows/normal_form.hpp"
#include "model/auth_errors.hpp"
#include "model/enterprise_errors.hpp"
#include "model/names.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <crypto/digest.hpp>

#include <algorithm>
#include <chrono>

namespace clerk::instance {
namespace {

namespace json = boost::json;

constexpr auto kind = registry::enterpriseTestRun;
constexpr std::size_t ticketLength = 43;
constexpr std::chrono::minutes ticketLifetime{10};
constexpr std::chrono::hours keptFor{24 * 30};
constexpr std::int64_t mostKept = 100;
constexpr std::size_t longestPayload = 400 * 1024;
constexpr std::int64_t resultGeneration = 1;
constexpr std::string_view payloadPlace = "payload of an enterprise test run";

constexpr NameTable<TestRunStatus, 3> statusNames{{
    {TestRunStatus::Pending, "pending"},
    {TestRunStatus::Success, "success"},
    {TestRunStatus::Failed, "failed"},
}};

TestRun opened(const Core& core, RegistryEntry entry) {
  const auto sealed = entry.text("payload");
  boost::system::error_code wrong;
  auto payload = json::parse(sealed.empty() ? "" : unsealText(core, payloadPlace, sealed), wrong);
  const bool readable = !wrong && payload.is_object();
  return {std::move(entry), readable ? std::move(payload.get_object()) : json::object()};
}

std::string address(const Core& core, std::string_view connectionId, const std::string& rest) {
  return core.settings().portalUrl + "/v1/enterprise_connections/" + std::string(connectionId) + rest;
}

/// Whoever is sent to this address may read the run: its token follows from the run and is nowhere kept.
std::string resultAddress(const Core& core, const RegistryEntry& run) {
  return address(core, run.owner,
                 "/test_runs/" + run.id + "?token=" + derivedSecret(core, kind, run.id, resultGeneration));
}

void eraseOldest(Transaction& tx, const std::string& connectionId) {
  const auto over = tx.registry().list(kind, {.owner = connectionId}, {.limit = mostKept, .offset = mostKept - 1});
  for (const auto& old : over.data) tx.registry().erase(kind, old.id);
}

/// What came of a run.
struct Finding {
  std::optional<Error> error{};
  json::object userInfo{};
  json::object payload{};
};

void putText(json::object& object, std::string_view name, std::string_view text) {
  if (!text.empty()) object[name] = text;
}

json::object logOf(const std::optional<Error>& error) {
  if (!error) return {{"level", "info"}, {"message", "The provider's answer is one that people can sign in with."}};
  return {
      {"level", "error"}, {"code", error->code}, {"short_message", error->message}, {"message", error->longMessage}};
}

/// Writes it down; gives the address of the result.
async::Task<Outcome<std::string>> conclude(Core& core, std::string runId, Finding finding) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<std::string> {
    auto run = tx.registry().find(kind, runId);
    if (!run || run->status != nameOf(TestRunStatus::Pending)) return Failure(errors::testRunTicketInvalid());
    run->status = nameOf(finding.error ? TestRunStatus::Failed : TestRunStatus::Success);
    run->updatedAt = core.now();
    run->document["logs"] = json::array{logOf(finding.error)};
    if (!finding.userInfo.empty()) run->document["parsed_user_info"] = finding.userInfo;
    if (const auto request = run->text("saml_request"); !request.empty()) finding.payload["saml_request"] = request;
    auto payload = json::serialize(finding.payload);
    if (payload.size() <= longestPayload) run->document["payload"] = sealText(core, payloadPlace, payload);
    if (!tx.registry().update(*run)) return Failure(errors::testRunTicketInvalid());
    return resultAddress(core, *run);
  });
}

json::object userInfoOf(const OidcProfile& profile) {
  json::object info;
  putText(info, "email_address", profile.emailAddress);
  putText(info, "first_name", profile.firstName);
  putText(info, "last_name", profile.lastName);
  putText(info, "user_id", profile.subject);
  return info;
}

/// The same that a sign-in would find.
Finding findingOf(const EnterpriseConnection& connection, OidcAnswer<OidcIdentity> answer) {
  if (!answer.value) return {.error = oauthErrorOf(answer.trouble)};
  auto& [profile, tokens, userInfo] = *answer.value;
  Finding finding{.userInfo = userInfoOf(profile)};
  const auto email = normalEmailAddress(profile.emailAddress, "email_address");
  if (!email || !speaksFor(connection, *email)) finding.error = errors::enterpriseAddressMismatch();
  putText(finding.payload, "id_token", tokens.idToken);
  putText(finding.payload, "access_token", tokens.accessToken);
  putText(finding.payload, "user_info", userInfo);
  return finding;
}

/// Takes the ticket: it is good once.
async::Task<Outcome<RegistryEntry>> takeTicket(Core& core, std::string connectionId, std::string ticket) {
  const auto digest = digestOfSecret(core, kind, ticket);
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<RegistryEntry> {
    auto run = tx.registry().findByDigest(kind, digest);
    const bool good = run && run->owner == connectionId && run->createdAt + ticketLifetime > core.now();
    if (!good) return Failure(errors::testRunTicketInvalid());
    run->digest.clear();
    run->updatedAt = core.now();
    if (!tx.registry().update(*run)) return Failure(errors::testRunTicketInvalid());
    return *std::move(run);
  });
}

async::Task<Outcome<std::string>> goToOidc(Core& core, const EnterpriseConnection& connection,
                                           const RegistryEntry& run) {
  auto begun = co_await core.oidc().begin(oidcProviderOf(core, connection), oauthCallbackUrl(core.settings()),
                                          core.random(), core.now());
  if (!begun.value) co_return co_await conclude(core, run.id, {.error = oauthErrorOf(begun.trouble)});
  const OauthState state{.strategy = enterpriseProviderOf(connection),
                         .ownerKind = DetourOwner::TestRun,
                         .ownerId = run.id,
                         .nonce = begun.value->nonce,
                         .codeVerifier = begun.value->codeVerifier,
                         .expiresAt = core.now() + core.settings().lifetimes.code};
  const auto digest = oauthStateDigest(core, begun.value->state);
  co_await core.store().transact([&](Transaction& tx) { tx.oauthStates().insert(digest, state); });
  co_return begun.value->url;
}

async::Task<Outcome<std::string>> goToSaml(Core& core, const EnterpriseConnection& connection,
                                           const RegistryEntry& run) {
  const auto journey = newSamlJourney(core, connection);
  if (journey.request.destination.empty()) {
    co_return co_await conclude(core, run.id, {.error = errors::samlConnectionCantBeActivated("idp_sso_url")});
  }
  const OauthState state{.strategy = enterpriseProviderOf(connection),
                         .ownerKind = DetourOwner::TestRun,
                         .ownerId = run.id,
                         .nonce = journey.request.id,
                         .expiresAt = core.now() + core.settings().lifetimes.code};
  const auto digest = oauthStateDigest(core, journey.relayState);
  co_await core.store().transact([&](Transaction& tx) {
    auto begun = run;
    begun.document["saml_request"] = saml::xmlOf(journey.request);
    tx.oauthStates().insert(digest, state);
    if (!tx.registry().update(begun)) tx.abandon();
  });
  co_return saml::redirectUrl(journey.request, journey.relayState);
}

}  // namespace

std::string_view nameOf(TestRunStatus status) noexcept { return nameIn(statusNames, status); }
std::optional<TestRunStatus> testRunStatusOf(std::string_view name) noexcept { return valueIn(statusNames, name); }

TestRunStatus TestRun::status() const noexcept { return testRunStatusOf(entry.status).value_or(TestRunStatus::Failed); }

async::Task<Outcome<std::string>> createTestRun(Core& core, std::string connectionId) {
  const auto ticket = core.random().base62(ticketLength);
  auto run = newEntry(core, kind);
  run.digest = digestOfSecret(core, kind, ticket);
  run.status = nameOf(TestRunStatus::Pending);
  run.expiresAt = core.now() + keptFor;
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<std::string> {
    const auto connection = findEnterpriseConnection(tx, connectionId);
    if (!connection) return connection.error();
    auto made = run;
    made.owner = connection->entry.id;
    made.document["connection_type"] = connection->protocol() == EnterpriseProtocol::Saml ? "saml" : "oauth";
    eraseOldest(tx, made.owner);
    if (!tx.registry().insert(made)) return Failure(errors::enterpriseConnectionNotFound(connectionId));
    return address(core, made.owner, "/init_test_run?ticket=" + ticket);
  });
}

async::Task<Outcome<Page<TestRun>>> listTestRuns(Core& core, std::string connectionId,
                                                 std::vector<TestRunStatus> statuses, PageRequest page) {
  co_return co_await core.store().scan([&](const Transaction& tx) -> Outcome<Page<TestRun>> {
    const auto connection = findEnterpriseConnection(tx, connectionId);
    if (!connection) return connection.error();
    // There are few of them: what the table cannot tell is looked at here.
    auto all =
        tx.registry().list(kind, {.owner = connection->entry.id, .notExpiredAt = core.now()}, {.limit = mostKept});
    Page<TestRun> result;
    for (auto& entry : all.data) {
      auto run = opened(core, std::move(entry));
      if (!statuses.empty() && std::ranges::find(statuses, run.status()) == statuses.end()) continue;
      const auto place = result.totalCount++;
      if (place >= page.offset && place < page.offset + page.limit) result.data.push_back(std::move(run));
    }
    return result;
  });
}

async::Task<Outcome<std::string>> connectionOfOrganization(Core& core, OrganizationActor actor,
                                                           std::string organizationId, std::string connectionId) {
  co_return co_await core.store().read([&](const Transaction& tx) -> Outcome<std::string> {
    const auto organization = authorize(core, tx, actor, organizationId, permission::manageProfile);
    if (!organization) return organization.error();
    const auto connection = findEnterpriseConnection(tx, connectionId);
    if (!connection) return connection.error();
    if (connection->entry.owner == organization->id) return connection->entry.id;
    return Failure(errors::enterpriseConnectionNotFound(connectionId));
  });
}

async::Task<Outcome<std::string>> beginTestRun(Core& core, std::string connectionId, std::string ticket) {
  const auto connection = co_await getEnterpriseConnection(core, connectionId);
  if (!connection) co_return connection.error();
  const auto run = co_await takeTicket(core, connection->entry.id, std::move(ticket));
  if (!run) co_return run.error();
  if (connection->protocol() == EnterpriseProtocol::Oidc) co_return co_await goToOidc(core, *connection, *run);
  co_return co_await goToSaml(core, *connection, *run);
}

async::Task<Outcome<std::string>> finishOidcTestRun(Core& core, OauthState state, OauthCallback callback) {
  const auto connection = co_await getEnterpriseConnection(core, connectionIdIn(state.strategy));
  if (!connection) co_return connection.error();
  if (connection->protocol() != EnterpriseProtocol::Oidc) co_return Failure(errors::testRunTicketInvalid());
  if (!callback.error.empty() || callback.code.empty()) {
    const auto denied = errors::oauthAccessDenied(connection->entry.text("name"));
    co_return co_await conclude(core, state.ownerId, {.error = denied});
  }
  auto answer = co_await core.oidc().finish(oidcProviderOf(core, *connection), oauthCallbackUrl(core.settings()),
                                            std::move(callback.code), state.nonce, state.codeVerifier, core.now());
  co_return co_await conclude(core, state.ownerId, findingOf(*connection, std::move(answer)));
}

async::Task<Outcome<std::string>> finishSamlTestRun(Core& core, OauthState state, std::optional<Error> error,
                                                    OidcProfile profile, std::string response, std::string relayState) {
  Finding finding{.error = std::move(error)};
  if (!finding.error) finding.userInfo = userInfoOf(profile);
  putText(finding.payload, "saml_response", response);
  putText(finding.payload, "relay_state", relayState);
  co_return co_await conclude(core, std::move(state.ownerId), std::move(finding));
}

async::Task<Outcome<TestRun>> readTestRun(Core& core, std::string connectionId, std::string runId, std::string token) {
  auto run = co_await core.store().read([&](const Transaction& tx) { return tx.registry().find(kind, runId); });
  if (!run || run->owner != connectionIdOf(connectionId) || run->isExpired(core.now())) {
    co_return Failure(errors::testRunNotFound(runId));
  }
  if (!crypto::constantTimeEquals(token, derivedSecret(core, kind, run->id, resultGeneration))) {
    co_return Failure(errors::testRunTicketInvalid());
  }
  co_return opened(core, *std::move(run));
}

}  // namespace clerk::instance
