#include "metrics_server.hpp"

#include <clerk/maintenance.hpp>
#include <fastify/fastify.hpp>
#include <fastify/metrics.hpp>

#include <string>
#include <utility>

namespace clerkd {
namespace {

void addGauge(std::string& text, const std::string& name, const std::string& help, std::int64_t value) {
  text += "# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n" + name + " " + std::to_string(value) + "\n";
}

/// Without them, and with a 0 for `clerkd_database_up`, when the database does not answer.
void addFigures(std::string& text, const clerk::InstanceOptions& database) {
  bool up = true;
  try {
    const auto figures = clerk::operatorFigures(database);
    addGauge(text, "clerkd_users", "users", figures.users);
    addGauge(text, "clerkd_messages_queued", "mails and text messages that wait", figures.messagesQueued);
    addGauge(text, "clerkd_messages_failed", "mails and text messages that were given up", figures.messagesFailed);
    addGauge(text, "clerkd_webhooks_queued", "webhooks that wait", figures.webhooksQueued);
    addGauge(text, "clerkd_webhooks_failed", "webhooks that were given up", figures.webhooksFailed);
  } catch (const std::exception&) {
    up = false;
  }
  addGauge(text, "clerkd_database_up", "whether the database answers", up);
}

}  // namespace

MetricsServer::MetricsServer(fastify::Fastify& served, clerk::InstanceOptions database)
    : app_(std::make_unique<fastify::Fastify>(fastify::FastifyOptions{.logger = false})) {
  app_->get("/metrics", [&served, database = std::move(database)](fastify::Request&, fastify::Reply& reply) {
    auto text = fastify::metricsText(served);
    addFigures(text, database);
    reply.type("text/plain; version=0.0.4; charset=utf-8").send(std::move(text));
  });
}

MetricsServer::~MetricsServer() { app_->close(); }

}  // namespace clerkd
