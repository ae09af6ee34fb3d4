#include "test_control/test_control.hpp"

#include "api/answer.hpp"
#include "api/text_fields.hpp"
#include "api/web_address.hpp"
#include "flows/outbox/outbox.hpp"
#include "settings/keys.hpp"
#include "wire/message.hpp"

#include <algorithm>

namespace clerk::instance::test_control {
namespace {

using fastify::Reply;
using fastify::Request;

constexpr std::int64_t messagesShown = 500;
constexpr auto farthest = std::chrono::days(3650);

/// Programs of this machine, and pages of it: no neighbour in the network, no page of somebody else's, not even one
/// whose name was made to lead here (DNS rebinding).
bool isFromHere(Request& request) {
  if (!api::isLoopbackHost(request.remoteAddress())) return false;
  const auto asked = api::WebAddress::parse("http://" + std::string(request.host()));
  if (!asked || !asked->isLoopback()) return false;
  const auto& headers = request.headers();
  if (headers["sec-fetch-site"].value_or("") == "cross-site") return false;
  const auto page = headers["origin"];
  if (!page) return true;
  const auto address = api::WebAddress::parse(*page);
  return address && address->isLoopback();
}

void onlyFromHere(Request& request, Reply& reply) {
  reply.header("cache-control", "no-store");
  if (!isFromHere(request)) {
    reply.code(403).send(fastify::Json{{"error", "The test control answers to this machine alone."}});
  }
}

std::string linkIn(const std::string& body) {
  const auto begin = std::min(body.find("http://"), body.find("https://"));
  if (begin == std::string::npos) return "";
  return body.substr(begin, body.find_first_of(" \r\n", begin) - begin);
}

wire::JsonObject shown(const Message& message) {
  auto json = wire::message(message);
  json["link"] = linkIn(message.body);
  return json;
}

void sendClock(Reply& reply, const ShiftedClock& clock) {
  api::sendJson(reply, 200,
                wire::JsonObject{{"now", toMilliseconds(clock.now())}, {"ahead_seconds", clock.ahead().count()}});
}

}  // namespace

void TestControl::record(fastify::Fastify& scope) {
  scope.addHook(fastify::onSend, [this](Request& request, Reply& reply, fastify::Payload& payload) {
    log_.add(request, reply, payload);
  });
}

boost::json::object TestControl::info() const {
  const auto& settings = core_.settings();
  return {{"pk", settings.publishableKey},
          {"sk", core_.secretKey()},
          {"pem", core_.tokens().publicKey().toPem()},
          {"suffix", cookieSuffixOf(settings.publishableKey)},
          {"origin", settings.portalUrl},
          {"mode", settings.isDevelopment() ? "test" : "live"},
          {"iss", settings.issuer()}};
}

void TestControl::setClock(Request& request, Reply& reply) {
  const auto& body = request.body();
  const auto* fields = body.isJson() ? body.json().if_object() : nullptr;
  const auto* ahead = fields ? fields->if_contains("ahead_seconds") : nullptr;
  const auto* seconds = ahead ? ahead->if_int64() : nullptr;
  if (!seconds || std::abs(*seconds) > std::chrono::seconds(farthest).count()) {
    return reply.code(400).send(
        fastify::Json{{"error", R"(Send {"ahead_seconds": n}: how far the clock is to be ahead, up to ten years.)"}});
  }
  clock_.setAhead(std::chrono::seconds(*seconds));
  sendClock(reply, clock_);
}

void TestControl::addRoutes(fastify::Fastify& scope) {
  scope.addHook(fastify::onRequest, onlyFromHere);
  scope.get("/info", [this](Request&, Reply& reply) { api::sendJson(reply, 200, info()); });
  scope.get("/log", [this](Request&, Reply& reply) { api::sendJson(reply, 200, log_.list()); });
  scope.route({.method = {"GET", "POST"}, .url = "/reset-log", .handler = [this](Request&, Reply& reply) {
                 log_.clear();
                 reply.send("ok");
               }});
  // Oldest first: the last one is what was sent just now.
  scope.get("/outbox", [this](Request& request, Reply& reply) -> fastify::Task<> {
    const auto to = api::TextFields(request.query()).text("to").value_or("");
    auto messages = co_await listMessages(core_, to, {.limit = messagesShown});
    std::ranges::reverse(messages);
    wire::JsonArray list;
    for (const auto& message : messages) list.push_back(shown(message));
    api::sendJson(reply, 200, list);
  });
  scope.post("/reset", [this](Request&, Reply& reply) -> fastify::Task<> {
    co_await core_.store().transact([](Transaction& tx) { tx.eraseEverybody(); });
    reply.send("ok");
  });
  scope.get("/clock", [this](Request&, Reply& reply) { sendClock(reply, clock_); });
  scope.post("/clock", [this](Request& request, Reply& reply) { setClock(request, reply); });
}

}  // namespace clerk::instance::test_control
