#include "portal/portal.hpp"

#include "flows/user/profile_image.hpp"

#include "api/answer.hpp"
#include "api/text_fields.hpp"
#include "api/web_address.hpp"
#include "flows/outbox/outbox.hpp"
#include "portal/pages.hpp"
#include "settings/settings.hpp"
#include "wire/message.hpp"

#include <fastify/reply.hpp>
#include <fastify/request.hpp>

namespace clerk::instance::portal {
namespace {

using fastify::Reply;
using fastify::Request;

constexpr std::int64_t mailsShown = 50;

// Also what clients show for people without a picture; components load it across origins.
constexpr std::string_view avatar =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><rect width=\"64\" height=\"64\" "
    "fill=\"#6c47ff\"/>"
    "<circle cx=\"32\" cy=\"25\" r=\"11\" fill=\"#fff\"/><path d=\"M10 60a22 22 0 0 1 44 0z\" fill=\"#fff\"/></svg>";

void sendText(Reply& reply, std::string_view contentType, std::string_view text) {
  reply.header("content-type", contentType).header("x-content-type-options", "nosniff");
  reply.send(fastify::Buffer{std::string(text)});
}

void sendHtml(Reply& reply, std::string_view html) {
  // Nobody else may frame the sign-in page (click-jacking).
  reply.header("content-security-policy", "frame-ancestors 'self'").header("cache-control", "no-cache");
  sendText(reply, "text/html; charset=utf-8", html);
}

void sendScript(Reply& reply, std::string_view script) {
  reply.header("cache-control", "no-cache");
  sendText(reply, "application/javascript; charset=utf-8", script);
}

bool matches(std::string_view ifNoneMatch, std::string_view etag) noexcept {
  return ifNoneMatch == "*" || ifNoneMatch.find(etag) != std::string_view::npos;
}

/// Only by a name of this machine or of the portal: a page of somebody else's whose name was made to lead here (DNS
/// rebinding) must not read the mails.
bool cameByKnownName(Request& request, const Settings& settings) {
  const auto address = api::WebAddress::parse("http://" + std::string(request.host()));
  const auto portal = api::WebAddress::parse(settings.portalUrl);
  return address && (address->isLoopback() || (portal && portal->host() == address->host()));
}

}  // namespace

Portal::Portal(Core& core, PortalOptions options)
    : core_(core),
      options_(std::move(options)),
      files_(options_.packages),
      clerkJsVersion_(files_.version("clerk-js")),
      uiVersion_(files_.version("ui")) {}

void Portal::addPages(fastify::Fastify& scope) {
  const PageSetting setting{.applicationName = core_.settings().applicationName,
                            .publishableKey = core_.settings().publishableKey,
                            .prefix = scope.prefix(),
                            .clerkJsVersion = clerkJsVersion_,
                            .uiVersion = uiVersion_,
                            .hasDeveloperPage = options_.developerPages};
  for (const auto& page : pages()) {
    const auto html =
        hasPackages() ? pageHtml(page, setting) : missingPackagesHtml(setting, options_.packages.string());
    const auto show = [html, status = hasPackages() ? 200 : 503](Request&, Reply& reply) {
      reply.code(status);
      sendHtml(reply, html);
    };
    scope.get(page.path, show);
    if (page.hasSubPaths) scope.get(std::string(page.path) + "/*", show);
  }
  scope.get("/__portal.js", [](Request&, Reply& reply) { sendScript(reply, pageScript()); });
  scope.get("/__img/:id", [this](Request& request, Reply& reply) -> fastify::Task<> {
    const auto image = co_await findImage(core_, std::string(request.param("id").value_or("")));
    reply.header("access-control-allow-origin", "*").header("x-content-type-options", "nosniff");
    if (!image) {
      reply.code(404);
      co_return sendText(reply, "text/plain; charset=utf-8", "not found\n");
    }
    // A new picture has a new address.
    reply.header("cache-control", "public, max-age=31536000, immutable");
    sendText(reply, image->contentType, image->content);
  });
  scope.get("/__img/avatar.svg", [](Request&, Reply& reply) {
    reply.header("access-control-allow-origin", "*").header("cache-control", "public, max-age=86400");
    sendText(reply, "image/svg+xml", avatar);
  });
  if (options_.developerPages) addDeveloperPages(scope, setting.prefix);
}

void Portal::addDeveloperPages(fastify::Fastify& scope, const std::string& prefix) {
  const PageSetting setting{.applicationName = core_.settings().applicationName,
                            .publishableKey = core_.settings().publishableKey,
                            .prefix = prefix,
                            .hasDeveloperPage = true};
  const auto onlyHere = [this](Request& request, Reply& reply) {
    if (!cameByKnownName(request, core_.settings())) {
      reply.code(403);
      sendText(reply, "text/plain; charset=utf-8",
               "The developer pages answer to localhost and to the portal's own name alone.\n");
    }
  };
  scope.get("/__dev", {.onRequest = onlyHere},
            [html = developerHtml(setting)](Request&, Reply& reply) { sendHtml(reply, html); });
  scope.get("/__dev/outbox.js", [](Request&, Reply& reply) { sendScript(reply, developerScript()); });
  scope.get("/__dev/outbox", {.onRequest = onlyHere}, [this](Request& request, Reply& reply) -> fastify::Task<> {
    const auto to = api::TextFields(request.query()).text("to").value_or("");
    wire::JsonArray list;
    for (const auto& message : co_await listMessages(core_, to, {.limit = mailsShown})) {
      list.push_back(wire::message(message));
    }
    reply.header("cache-control", "no-store");
    api::sendJson(reply, 200, list);
  });
}

void Portal::addPackages(fastify::Fastify& scope) {
  scope.get("/npm/@clerk/*", [this](Request& request, Reply& reply) { sendPackage(request, reply); });
}

void Portal::sendPackage(Request& request, Reply& reply) {
  reply.header("access-control-allow-origin", "*");
  const auto wanted = parsePackagePath(request.param("*").value_or(""));
  const auto file = wanted ? files_.find(wanted->package, wanted->name) : nullptr;
  if (!file) {
    reply.code(404);
    return sendText(reply, "text/plain; charset=utf-8", "not found\n");
  }
  // One copy answers for every version; only under its own version it will never change.
  const auto& version = wanted->package == "ui" ? uiVersion_ : clerkJsVersion_;
  const bool exact = version && *version == wanted->version;
  reply.header("cache-control", exact ? "public, max-age=31536000, immutable" : "public, max-age=3600");
  reply.header("etag", file->etag);
  if (matches(request.headers()["if-none-match"].value_or(""), file->etag)) return reply.code(304).send();
  sendText(reply, file->contentType, file->bytes);
}

}  // namespace clerk::instance::portal
