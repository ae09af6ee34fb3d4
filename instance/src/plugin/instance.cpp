#include "plugin/instance_state.hpp"
#include "plugin/operator_database.hpp"

#include "api/answer.hpp"
#include "api/web_address.hpp"
#include "backend_api/backend_api.hpp"
#include "delivery/smtp_sender.hpp"
#include "delivery/webhook_sender.hpp"
#include "settings/settings_file.hpp"
#include "webhooks/endpoints.hpp"
#include "webhooks/events.hpp"

#include <async/event_loop.hpp>
#include <fastify/instance.hpp>

#include <chrono>
#include <stdexcept>

namespace clerk {
namespace {

instance::CoreOptions coreOptions(const InstanceOptions& options) {
  const bool live = options.keyMode == KeyMode::Live;
  instance::CoreOptions core{
      .dataFolder = options.dataFolder, .database = options.database, .encryptionKey = options.encryptionKey};
  core.settings.environment = live ? instance::Environment::Production : instance::Environment::Development;
  core.settings.applicationName = options.applicationName;
  core.settings.portalUrl = options.origin;
  core.settings.frontendApiHost = options.frontendApiHost;
  if (options.frontendApiHost.empty()) {
    core.settings.frontendApiHost = live ? "clerk.localhost.test" : "local-clerk-1.clerk.accounts.dev";
  }
  core.settings.testMode = options.developerTools;
  if (!options.settingsFile.empty()) instance::applySettingsFile(core.settings, options.settingsFile);
  return core;
}

/// The clock that a test may move; null where nobody may, and the computer's own goes.
std::unique_ptr<instance::test_control::ShiftedClock> makeClock(const InstanceOptions& options) {
  if (!options.testControl) return nullptr;
  const auto origin = instance::api::WebAddress::parse(options.origin);
  if (!origin || !origin->isLoopback()) {
    throw std::runtime_error("the test control is for one's own machine: " + options.origin + " is not there");
  }
  return std::make_unique<instance::test_control::ShiftedClock>();
}

/// Opens the core, and tells it whom to tell of what happens.
std::unique_ptr<instance::Core> openCore(const InstanceOptions& options, const instance::Clock* clock) {
  if (options.purpose == Purpose::Manage) instance::requireUpToDate(instance::schemaReportOf(options));
  auto opened = coreOptions(options);
  opened.clock = clock;
  auto core = instance::Core::open(std::move(opened));
  std::vector<instance::webhooks::Endpoint> endpoints;
  for (const auto& endpoint : options.webhookEndpoints) {
    endpoints.push_back({endpoint.url, endpoint.signingSecret, endpoint.events});
  }
  const bool serves = options.purpose == Purpose::Serve;
  instance::webhooks::configureEndpoints(
      *core, endpoints, serves ? instance::webhooks::Others::Revoked : instance::webhooks::Others::Kept);
  instance::webhooks::recordEvents(*core);
  return core;
}

std::vector<std::unique_ptr<instance::Sender>> makeSenders(const DeliveryOptions& options) {
  std::vector<std::unique_ptr<instance::Sender>> senders;
  if (!options.smtpUrl.empty()) {
    senders.push_back(instance::makeSmtpSender({.url = options.smtpUrl, .from = options.mailFrom}));
  }
  if (!options.webhookUrl.empty()) {
    senders.push_back(instance::makeWebhookSender(
        {.url = options.webhookUrl, .signingSecret = options.webhookSecret, .mails = options.smtpUrl.empty()}));
  }
  return senders;
}

/// Nothing when nothing can be sent: messages wait in the outbox.
std::unique_ptr<instance::Courier> makeCourier(instance::Core& core, const DeliveryOptions& options) {
  auto senders = makeSenders(options);
  if (senders.empty()) return nullptr;
  instance::CourierOptions courier{.senders = std::move(senders)};
  if (options.report) courier.report = options.report;
  return std::make_unique<instance::Courier>(core.store(), core.clock(), std::move(courier));
}

/// Removes what is over.
bool tidy(instance::Core& core) {
  try {
    async::blockOn([&] { return core.tidy(); });
  } catch (const std::exception&) {
    // A busy or full disk: requests run into it and say so; what is left is removed the next time.
  }
  return false;
}

}  // namespace

InstancePlugin::State::State(const InstanceOptions& options)
    : clock(makeClock(options)),
      core(openCore(options, clock.get())),
      frontendApi(*core, options.allowedOrigins),
      portal(*core, {.packages = options.portalPackages, .developerPages = options.developerTools}),
      dashboard(options.dashboard ? std::make_unique<instance::dashboard::Dashboard>(*core) : nullptr),
      jwtKey(core->tokens().publicKey().toPem()) {
  if (clock) testControl.emplace(*core, *clock);
  if (options.purpose != Purpose::Serve) return;
  tidier.emplace(std::chrono::minutes(1), [this] { return tidy(*core); }, async::RepeatingThread::Begin::AfterPause);
  messages = makeCourier(*core, options.delivery);
  // Without endpoints nothing is ever due.
  if (!options.webhookEndpoints.empty()) courier.emplace(*core);
}

InstancePlugin::InstancePlugin(InstanceOptions options) : state_(std::make_shared<State>(options)) {}

void InstancePlugin::operator()(fastify::Fastify& app) const {
  using fastify::Fastify;
  auto* state = state_.get();
  // Routes borrow from the state: the app keeps it until it is closed.
  app.addHook(fastify::onClose, [kept = state_] {});
  for (const auto* mount : {"", "/__clerk"}) {
    app.registerPlugin(
        [state](Fastify& scope) {
          state->observe(scope);
          state->frontendApi.addOperations(scope);
        },
        {.prefix = std::string(mount) + "/v1"});
    app.registerPlugin(
        [state](Fastify& scope) {
          state->frontendApi.addWellKnown(scope);
          state->portal.addPackages(scope);
        },
        {.prefix = mount});
  }
  for (const auto* mount : {"", "/__clerk"}) {
    app.registerPlugin([state](Fastify& scope) { state->frontendApi.addUnversioned(scope); }, {.prefix = mount});
    app.registerPlugin([state](Fastify& scope) { state->frontendApi.addOAuthProvider(scope); }, {.prefix = mount});
  }
  app.registerPlugin(
      [state](Fastify& scope) {
        state->observe(scope);
        instance::backend_api::addBackendApi(scope, *state->core);
      },
      {.prefix = "/__bapi/v1"});
  if (state->testControl) {
    app.registerPlugin([state](Fastify& scope) { state->testControl->addRoutes(scope); }, {.prefix = "/__control"});
  }
  for (const auto* prefix : {"/__bapi/v1", "/__bapi"}) {
    app.registerPlugin([state](Fastify& scope) { instance::backend_api::addMachineApi(scope, *state->core); },
                       {.prefix = prefix});
  }
  app.registerPlugin([state](Fastify& scope) { state->portal.addPages(scope); });
  if (state->dashboard) app.registerPlugin([state](Fastify& scope) { state->dashboard->add(scope); });
}

const std::string& InstancePlugin::origin() const noexcept { return state_->core->settings().portalUrl; }
const std::string& InstancePlugin::publishableKey() const noexcept { return state_->core->settings().publishableKey; }
const std::string& InstancePlugin::secretKey() const noexcept { return state_->core->secretKey(); }
const std::string& InstancePlugin::jwtKey() const noexcept { return state_->jwtKey; }
bool InstancePlugin::isSecretKey(std::string_view presented) const noexcept {
  return state_->core->isSecretKey(presented);
}

async::Task<> InstancePlugin::probe() const {
  const auto state = state_;
  co_await state->core->store().read([](const instance::Transaction& tx) { return tx.identity().instanceId(); });
}

bool InstancePlugin::hasPortalPackages() const noexcept { return state_->portal.hasPackages(); }

std::string InstancePlugin::webhookSecret(const std::string& url) const {
  std::string secret;
  state_->core->store().readNow([&](const instance::Transaction& tx) {
    const auto endpoint = tx.registry().findByName(instance::registry::webhookEndpoint, url);
    if (endpoint) secret = instance::webhooks::secretOfEndpoint(*state_->core, *endpoint);
  });
  return secret;
}

std::vector<std::pair<std::string, std::string>> InstancePlugin::environment() const {
  return {{"CLERK_PUBLISHABLE_KEY", publishableKey()},
          {"CLERK_SECRET_KEY", secretKey()},
          {"CLERK_API_URL", origin() + "/__bapi"},
          {"CLERK_FAPI_URL", origin()},
          {"CLERK_JWT_KEY", jwtKey()}};
}

void answerFrameworkError(fastify::FastifyError&, fastify::Request&, fastify::Reply& reply) {
  instance::api::beginAnswer(reply);
  instance::api::sendFailure(reply, instance::wire::wrong::notFound());
}

}  // namespace clerk
