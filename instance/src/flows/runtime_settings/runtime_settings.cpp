#include "flows/runtime_settings/runtime_settings.hpp"

#include "flows/registry/registry.hpp"
#include "flows/runtime_settings/social_secrets.hpp"
#include "model/errors.hpp"
#include "model/registry_errors.hpp"
#include "settings/settings_file.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace clerk::instance {
namespace {

constexpr std::size_t longestRecord = 64 * 1024;

std::string secretOf(const Settings& settings, std::string_view strategy) {
  const auto& all = settings.socialProviders;
  const auto found = std::ranges::find(all, strategy, &SocialProvider::strategy);
  return found == all.end() ? std::string() : found->clientSecret;
}

/// Gives providers that came without a secret the one that they have.
void keepSecrets(const Settings& settings, boost::json::value& social) {
  if (!social.is_array()) return;
  for (auto& provider : social.get_array()) {
    auto* object = provider.if_object();
    const auto* strategy = object ? object->if_contains("strategy") : nullptr;
    if (!strategy || !strategy->is_string() || object->contains("client_secret")) continue;
    if (const auto secret = secretOf(settings, strategy->get_string()); !secret.empty()) {
      (*object)["client_secret"] = secret;
    }
  }
}

/// Whether the members can be understood, on top of what the process was started with.
Outcome<> check(const Settings& configured, const boost::json::object& members) {
  for (const auto& member : members) {
    if (!isChangeableSetting(member.key())) return Failure(errors::formParamUnknown(member.key()));
  }
  if (boost::json::serialize(members).size() > longestRecord) {
    return Failure(errors::formParamMaxLengthExceeded("social", longestRecord));
  }
  try {
    auto probe = configured;
    applySettings(probe, members);
  } catch (const SettingError& error) {
    return Failure(errors::formParamFormatInvalid(error.name(), error.what()));
  }
  return {};
}

}  // namespace

async::Task<RuntimeSettings> readRuntimeSettings(Core& core) {
  co_return co_await core.store().read([&](const Transaction& tx) { return core.runtimeSettings(tx); });
}

async::Task<Outcome<RuntimeSettings>> changeRuntimeSettings(Core& core, SettingsChange change) {
  auto changed = co_await core.store().transact([&](Transaction& tx) -> Outcome<RuntimeSettings> {
    auto settings = core.runtimeSettings(tx);
    const auto before = settings;
    if (auto done = change(tx, settings); !done) return done.error();
    const auto fixed = fixedAmong(core.configured(), before, settings);
    if (!fixed.empty()) return Failure(errors::settingFixed(fixed.front()));
    core.setRuntimeSettings(tx, settings);
    return settings;
  });
  if (changed) co_await core.refreshSettings();
  co_return changed;
}

async::Task<Outcome<>> changeSignInSettings(Core& core, boost::json::object changes) {
  if (auto* social = changes.if_contains("social")) keepSecrets(core.settings(), *social);
  boost::json::object given;
  for (const auto& member : changes) {
    if (!member.value().is_null()) given[member.key()] = member.value();
  }
  if (auto checked = check(core.configured(), given); !checked) co_return checked;
  changeSocialSecrets(changes, [&](std::string_view secret) { return sealText(core, socialSecretPlace, secret); });
  const auto changed =
      co_await changeRuntimeSettings(core, [&](const Transaction&, RuntimeSettings& settings) -> Outcome<> {
        for (const auto& member : changes) {
          if (!isChangeableSetting(member.key())) return Failure(errors::formParamUnknown(member.key()));
          if (member.value().is_null()) {
            settings.signIn.erase(member.key());
          } else {
            settings.signIn[member.key()] = member.value();
          }
        }
        return {};
      });
  if (!changed) co_return changed.error();
  co_return Outcome<>();
}

}  // namespace clerk::instance
