#pragma once
// The account portal: pages with Clerk's components, the components themselves, and the developer's page.

#include "flows/core.hpp"
#include "portal/package_files.hpp"

#include <fastify/instance.hpp>

#include <filesystem>

namespace clerk::instance::portal {

struct PortalOptions {
  std::filesystem::path packages;  ///< a `node_modules` with @clerk/clerk-js and @clerk/ui
  bool developerPages = false;     ///< the outbox: never where strangers come
};

/// Adds itself to an app. Lives as long as the app; `core` outlives it.
class Portal {
 public:
  Portal(Core& core, PortalOptions options);

  void addPages(fastify::Fastify& scope);
  /// `/npm/@clerk/…`: where Clerk's script loaders look, below the portal and below the Frontend API.
  void addPackages(fastify::Fastify& scope);
  bool hasPackages() const { return clerkJsVersion_ && uiVersion_; }

 private:
  void addDeveloperPages(fastify::Fastify& scope, const std::string& prefix);
  void sendPackage(fastify::Request& request, fastify::Reply& reply);

  Core& core_;
  PortalOptions options_;
  PackageFiles files_;
  std::optional<std::string> clerkJsVersion_;
  std::optional<std::string> uiVersion_;
};

}  // namespace clerk::instance::portal
