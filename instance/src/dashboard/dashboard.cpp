#include "dashboard/dashboard.hpp"

#include "dashboard/operations.hpp"

#include <fastify/reply.hpp>
#include <fastify/request.hpp>

namespace clerk::instance::dashboard {
namespace {

using fastify::Fastify;
using fastify::Reply;
using fastify::Request;

/// Nothing but our own files, nobody's frame, and no text that a script could turn into markup.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'";

void protect(Reply& reply) {
  reply.header("content-security-policy", policy)
      .header("x-content-type-options", "nosniff")
      .header("x-frame-options", "DENY")
      .header("referrer-policy", "no-referrer")
      .header("cross-origin-opener-policy", "same-origin")
      .header("cross-origin-resource-policy", "same-origin");
}

void sendText(Reply& reply, std::string_view contentType, std::string_view text) {
  reply.header("content-type", contentType);
  reply.send(fastify::Buffer{std::string(text)});
}

}  // namespace

void Dashboard::add(Fastify& scope) {
  const auto path = std::string(scope.prefix()) + "/dashboard";
  scope.registerPlugin(
      [this, path](Fastify& below) {
        below.addHook(fastify::onRequest, [](Request&, Reply& reply) { protect(reply); });
        addPage(below, path);
        below.registerPlugin([this, path](Fastify& api) { door_.addSession(api, path); }, {.prefix = "/api"});
        below.registerPlugin(
            [this, path](Fastify& api) {
              door_.guard(api, path);
              addOperations(api, core_, [this](Request& request) { return door_.identify(request); });
            },
            {.prefix = "/api"});
      },
      {.prefix = "/dashboard"});
}

void Dashboard::addPage(Fastify& scope, const std::string& path) {
  const auto show = [html = pageHtml(path)](Request& request, Reply& reply) {
    if (request.param("*").value_or("").starts_with("api/")) return reply.callNotFound();
    reply.header("cache-control", "no-cache");
    sendText(reply, "text/html; charset=utf-8", html);
  };
  scope.get("/", show);
  scope.get("/*", show);  // the page finds its way by its address
  scope.get("/assets/:name", [this](Request& request, Reply& reply) {
    const auto* asset = assets_.find(request.param("name").value_or(""));
    if (!asset) {
      reply.code(404);
      return sendText(reply, "text/plain; charset=utf-8", "not found\n");
    }
    reply.header("cache-control", "no-cache").header("etag", asset->etag);
    if (request.headers()["if-none-match"].value_or("").find(asset->etag) != std::string_view::npos) {
      return reply.code(304).send();
    }
    sendText(reply, asset->contentType, asset->bytes);
  });
}

}  // namespace clerk::instance::dashboard
