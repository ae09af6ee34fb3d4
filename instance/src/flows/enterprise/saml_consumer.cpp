#include "flows/enterprise/saml_consumer.hpp"

#include "flows/enterprise/saml_connection.hpp"
#include "flows/enterprise/sign_in_connection.hpp"
#include "flows/enterprise/test_run.hpp"
#include "flows/oauth/percent_encoding.hpp"
#include "model/enterprise_errors.hpp"

#include <chrono>

namespace clerk::instance {
namespace {

constexpr auto kind = registry::samlAssertion;
constexpr std::size_t handleLength = 43;
constexpr std::chrono::minutes handleLifetime{5};

// What goes on to the callback where a response was not taken: a word, so that no text of an address is shown.
constexpr std::string_view usedWord = "used";
constexpr std::string_view attributeWord = "attribute";
constexpr std::string_view domainWord = "domain";

/// What was found out about a response.
struct Judged {
  std::optional<Error> error{};
  std::string_view word{};  ///< of the error
  OidcProfile profile{};
  std::string assertionId{};
  Time validUntil{};
};

Judged judge(const Settings& settings, const EnterpriseConnection& connection, const std::optional<OauthState>& state,
             const std::string& response, Time now) {
  const auto requestId = state ? std::optional(state->nonce) : std::nullopt;
  const auto assertion = saml::verifyResponse(samlExpectedOf(settings, connection, requestId), response, now);
  if (!assertion) return {errors::samlResponseInvalid(describe(assertion.error())), nameOf(assertion.error())};
  auto profile = samlProfileOf(connection, *assertion);
  Judged judged{.assertionId = assertion->id, .validUntil = assertion->validUntil};
  if (profile) {
    judged.profile = *std::move(profile);
  } else {
    judged.error = profile.error().first();
    judged.word = judged.error->code == errors::samlAddressMismatch().code ? domainWord : attributeWord;
  }
  return judged;
}

/// A domain below one of the connection's may have a connection of its own: that one speaks for it.
async::Task<bool> isOwnAddress(Core& core, const EnterpriseConnection& connection, const std::string& emailAddress) {
  co_return co_await core.store().read([&](const Transaction& tx) {
    const auto owner = findSignInConnection(tx, emailAddress);
    return owner && owner->entry.id == connection.entry.id;
  });
}

boost::json::object documentOf(const OidcProfile& profile, std::string_view stateDigest) {
  return {{"state", stateDigest},
          {"subject", profile.subject},
          {"email_address", profile.emailAddress},
          {"first_name", profile.firstName},
          {"last_name", profile.lastName}};
}

/// Remembers the assertion until it is over for good; with a handle also who it was about. False when it was seen
/// before.
async::Task<bool> useOnce(Core& core, const EnterpriseConnection& connection, const Judged& judged,
                          const std::string& handle, const std::string& stateDigest) {
  auto row = newEntry(core, kind);
  row.owner = connection.entry.id;
  row.name = digestOfSecret(core, kind, connection.entry.id + "\n" + judged.assertionId);
  row.expiresAt = judged.validUntil;
  if (!handle.empty()) {
    row.digest = digestOfSecret(core, kind, handle);
    row.document = documentOf(judged.profile, stateDigest);
  }
  co_return co_await core.store().transact([&](Transaction& tx) { return tx.registry().insert(row); });
}

async::Task<Outcome<std::string>> finishTestRun(Core& core, const EnterpriseConnection& connection, SamlPost post,
                                                std::string digest) {
  const auto state =
      co_await core.store().transact([&](Transaction& tx) { return tx.oauthStates().take(digest, core.now()); });
  if (!state) co_return Failure(errors::samlRelayStateMissing());
  auto judged = judge(core.settings(), connection, state, post.response, core.now());
  if (!judged.assertionId.empty() && !co_await useOnce(core, connection, judged, "", "")) {
    judged.error = errors::samlAssertionUsed();
  }
  co_return co_await finishSamlTestRun(core, *state, std::move(judged.error), std::move(judged.profile),
                                       std::move(post.response), std::move(post.relayState));
}

}  // namespace

async::Task<Outcome<std::string>> consumeSamlResponse(Core& core, SamlPost post) {
  const auto connection = co_await getEnterpriseConnection(core, post.connectionId);
  if (!connection || connection->protocol() != EnterpriseProtocol::Saml) {
    co_return Failure(errors::samlConnectionActiveNotFound(post.connectionId));
  }
  const auto digest = post.relayState.empty() ? std::string() : oauthStateDigest(core, post.relayState);
  auto state =
      co_await core.store().read([&](const Transaction& tx) { return tx.oauthStates().find(digest, core.now()); });
  if (state && state->strategy != enterpriseProviderOf(*connection)) state.reset();
  if (state && state->ownerKind == DetourOwner::TestRun) {
    co_return co_await finishTestRun(core, *connection, std::move(post), digest);
  }
  if (!connection->active()) co_return Failure(errors::samlConnectionActiveNotFound(post.connectionId));
  if (!state && !connection->allowsIdpInitiated()) co_return Failure(errors::samlRelayStateMissing());

  auto judged = judge(core.settings(), *connection, state, post.response, core.now());
  if (!judged.error && !co_await isOwnAddress(core, *connection, judged.profile.emailAddress)) {
    judged.error = errors::samlAddressMismatch();
    judged.word = domainWord;
  }
  const auto handle = core.random().base62(handleLength);
  const auto journey = state ? digest : std::string();
  if (!judged.error && !co_await useOnce(core, *connection, judged, handle, journey)) {
    judged.error = errors::samlAssertionUsed();
    judged.word = usedWord;
  }
  if (judged.error && !state) co_return Failure(*judged.error);
  const auto outcome = judged.error ? "&error=" + std::string(judged.word) : "&code=" + handle;
  co_return oauthCallbackUrl(core.settings()) + "?state=" + (state ? percentEncoded(post.relayState) : "") + outcome;
}

Error samlErrorOf(std::string_view word) {
  if (const auto refusal = saml::refusalOf(word)) return errors::samlResponseInvalid(describe(*refusal));
  if (word == usedWord) return errors::samlAssertionUsed();
  if (word == domainWord) return errors::samlAddressMismatch();
  if (word == attributeWord) return errors::samlAttributeMissing("");
  return errors::samlResponseInvalid(describe(saml::Refusal::Malformed));
}

async::Task<std::optional<SamlIdentity>> takeSamlIdentity(Core& core, std::string handle, std::string stateDigest) {
  const auto digest = digestOfSecret(core, kind, handle);
  co_return co_await core.store().transact([&](Transaction& tx) -> std::optional<SamlIdentity> {
    auto row = tx.registry().findByDigest(kind, digest);
    if (!row || row->text("state") != stateDigest || row->createdAt + handleLifetime <= core.now()) return std::nullopt;
    SamlIdentity identity{row->owner,
                          {.subject = row->text("subject"),
                           .emailAddress = row->text("email_address"),
                           .emailAddressVerified = true,
                           .firstName = row->text("first_name"),
                           .lastName = row->text("last_name")}};
    // The row stays: the assertion's id must not come again.
    row->digest.clear();
    row->document = {};
    row->updatedAt = core.now();
    if (!tx.registry().update(*row)) return std::nullopt;
    return identity;
  });
}

}  // namespace clerk::instance
