#include <clerk/maintenance.hpp>

#include "delivery/smtp_sender.hpp"
#include "delivery/webhook_sender.hpp"
#include "plugin/instance_state.hpp"
#include "plugin/operator_database.hpp"
#include "settings/settings_file.hpp"
#include "store/operator_outbox.hpp"
#include "transfer/transfer.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <utility>

namespace clerk {
namespace {

using boost::json::object;
using instance::MessageStatus;
using instance::OperatorOutbox;
using instance::toMilliseconds;

/// One word for both kinds.
std::string_view spokenStatus(std::string_view deliveryStatus) {
  return deliveryStatus == instance::delivery_status::waiting ? "queued" : deliveryStatus;
}
std::string_view deliveryStatusOf(std::string_view spoken) {
  return spoken == "queued" ? instance::delivery_status::waiting : spoken;
}

object entryOf(const instance::MessageProgress& progress) {
  const auto& message = progress.message;
  return {{"id", message.id},
          {"kind", instance::nameOf(message.channel)},
          {"status", instance::nameOf(message.status)},
          {"what", message.slug},
          {"to", message.to},
          {"user_id", message.userId},
          {"attempts", progress.attempts},
          {"due_at", toMilliseconds(progress.dueAt)},
          {"last_error", progress.lastError},
          {"created_at", toMilliseconds(message.createdAt)}};
}

object entryOf(const instance::DeliveryProgress& progress) {
  const auto& delivery = progress.delivery;
  return {{"id", delivery.id},
          {"kind", "webhook"},
          {"status", spokenStatus(delivery.status)},
          {"what", progress.eventType},
          {"to", progress.url},
          {"event_id", delivery.eventId},
          {"attempts", delivery.attempts},
          {"due_at", toMilliseconds(delivery.dueAt)},
          {"last_status", delivery.lastStatus},
          {"last_error", delivery.lastError},
          {"created_at", toMilliseconds(delivery.createdAt)}};
}

OutboxRetry retryMessage(OperatorOutbox& outbox, const instance::MessageProgress& found, instance::Time now) {
  if (found.message.status == MessageStatus::Delivered) return OutboxRetry::Delivered;
  if (found.message.status == MessageStatus::Failed) return OutboxRetry::TooLate;
  return outbox.retryMessage(found.message.id, now) ? OutboxRetry::Done : OutboxRetry::UnderWay;
}

OutboxRetry retryDelivery(OperatorOutbox& outbox, const instance::DeliveryProgress& found, instance::Time now) {
  if (found.delivery.status == instance::delivery_status::delivered) return OutboxRetry::Delivered;
  return outbox.retryDelivery(found.delivery.id, now) ? OutboxRetry::Done : OutboxRetry::UnderWay;
}

instance::transfer::Format formatOf(UserFileFormat format) {
  return format == UserFileFormat::Csv ? instance::transfer::Format::Csv : instance::transfer::Format::Json;
}

}  // namespace

SchemaState inspectSchema(const InstanceOptions& options) {
  auto report = instance::schemaReportOf(options);
  SchemaState state{.engine = std::move(report.engine),
                    .place = std::move(report.place),
                    .version = report.version,
                    .newest = report.newest,
                    .pending = {}};
  for (auto& step : report.pending) state.pending.push_back({step.version, std::move(step.name), std::move(step.sql)});
  return state;
}

std::filesystem::path databaseFileOf(const InstanceOptions& options) { return instance::databaseFileOf(options); }

std::vector<std::string> problemsOfSettingsFile(const std::filesystem::path& file) {
  instance::Settings settings;
  return instance::readSettingsFile(settings, file);
}

std::vector<std::string> problemsOfDelivery(const DeliveryOptions& options) {
  std::vector<std::string> problems;
  const auto attempt = [&](const char* where, auto make) {
    try {
      make();
    } catch (const std::exception& error) {
      problems.push_back(std::string(where) + ": " + error.what());
    }
  };
  if (!options.smtpUrl.empty()) {
    attempt("--smtp-url, --mail-from",
            [&] { instance::makeSmtpSender({.url = options.smtpUrl, .from = options.mailFrom}); });
  }
  if (!options.webhookUrl.empty()) {
    attempt("--message-webhook", [&] {
      instance::makeWebhookSender({.url = options.webhookUrl, .signingSecret = options.webhookSecret, .mails = false});
    });
  }
  return problems;
}

boost::json::array outboxEntries(const InstanceOptions& options, const OutboxQuery& query) {
  std::vector<object> entries;
  // Of each kind as many as may be wanted: together they are put in order.
  const instance::PageRequest page{.limit = query.limit + query.offset, .offset = 0};
  instance::readOperatorDatabase(options, [&](instance::sql::Connection& connection) {
    const OperatorOutbox outbox(connection);
    const auto status = instance::messageStatusOf(query.status);
    if (query.messages && (status || query.status.empty())) {
      for (const auto& each : outbox.messages(status, page)) entries.push_back(entryOf(each));
    }
    if (query.webhooks) {
      for (const auto& each : outbox.deliveries(deliveryStatusOf(query.status), page)) entries.push_back(entryOf(each));
    }
  });
  // Ids are in the order of time as well, within a second.
  std::ranges::sort(entries, std::greater(), [](const object& entry) {
    return std::pair(entry.at("created_at").as_int64(), std::string_view(entry.at("id").as_string()));
  });
  boost::json::array shown;
  for (auto i = static_cast<std::size_t>(query.offset); i < entries.size(); ++i) {
    if (static_cast<std::int64_t>(shown.size()) == query.limit) break;
    shown.push_back(std::move(entries[i]));
  }
  return shown;
}

std::optional<boost::json::object> findOutboxEntry(const InstanceOptions& options, std::string_view id) {
  std::optional<boost::json::object> entry;
  instance::readOperatorDatabase(options, [&](instance::sql::Connection& connection) {
    const OperatorOutbox outbox(connection);
    if (const auto message = outbox.findMessage(id)) {
      entry = entryOf(*message);
    } else if (const auto delivery = outbox.findDelivery(id)) {
      entry = entryOf(*delivery);
    }
  });
  return entry;
}

OutboxRetry retryOutboxEntry(const InstanceOptions& options, std::string_view id) {
  auto outcome = OutboxRetry::NotFound;
  const auto now = instance::SystemClock().now();
  instance::inOperatorTransaction(options, [&](instance::sql::Connection& connection) {
    OperatorOutbox outbox(connection);
    if (const auto message = outbox.findMessage(id)) {
      outcome = retryMessage(outbox, *message, now);
    } else if (const auto delivery = outbox.findDelivery(id)) {
      outcome = retryDelivery(outbox, *delivery, now);
    }
  });
  return outcome;
}

OperatorFigures operatorFigures(const InstanceOptions& options) {
  OperatorFigures figures;
  instance::readOperatorDatabase(options, [&](instance::sql::Connection& connection) {
    const OperatorOutbox outbox(connection);
    figures = {.users = outbox.countUsers(),
               .messagesQueued = outbox.countMessages(MessageStatus::Queued),
               .messagesFailed = outbox.countMessages(MessageStatus::Failed),
               .webhooksQueued = outbox.countDeliveries(instance::delivery_status::waiting),
               .webhooksFailed = outbox.countDeliveries(instance::delivery_status::failed)};
  });
  return figures;
}

ImportReport importUsers(const InstancePlugin& instance, std::istream& file, const ImportOptions& options) {
  auto counts = instance::transfer::importUsers(InstanceAccess::core(instance), file,
                                                {.format = formatOf(options.format),
                                                 .dryRun = options.dryRun,
                                                 .withoutUnknownPasswords = options.withoutUnknownPasswords,
                                                 .refused = options.problem,
                                                 .progress = options.progress});
  return {counts.imported, counts.kept, counts.refused, std::move(counts.notes)};
}

ExportReport exportUsers(const InstancePlugin& instance, std::ostream& file, const ExportOptions& options) {
  auto counts =
      instance::transfer::exportUsers(InstanceAccess::core(instance), file, formatOf(options.format), options.secrets);
  return {counts.exported, std::move(counts.notes)};
}

}  // namespace clerk
