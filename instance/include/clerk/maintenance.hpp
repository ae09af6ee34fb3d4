#pragma once
// What the operator of an instance does to its data: looking at the tables and the outbox, taking users over and along.
// For programs beside the servers; all of it blocks.

#include <clerk/instance.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk {

/// One step from an earlier version of the tables to a later one.
struct SchemaStep {
  int version = 0;
  std::string name;
  std::string sql;
};

struct SchemaState {
  std::string engine;  ///< `SQLite` or `PostgreSQL`
  std::string place;   ///< a file, or host, port and database
  int version = 0;     ///< 0: there are no tables yet
  int newest = 0;      ///< of this program
  std::vector<SchemaStep> pending;
};

/// Looks at the database of the options, and changes nothing. Throws std::runtime_error when it cannot be read.
SchemaState inspectSchema(const InstanceOptions& options);

/// The SQLite file of a data folder.
std::filesystem::path databaseFileOf(const InstanceOptions& options);

/// All that is wrong with a file of settings (docs/instance-settings.md), a line each.
std::vector<std::string> problemsOfSettingsFile(const std::filesystem::path& file);

/// What is wrong with how messages are to leave, a line each. Reads no network.
std::vector<std::string> problemsOfDelivery(const DeliveryOptions& options);

enum class UserFileFormat { Csv, Json };

/// What an import did. Of the users in the file, each is in one of the first three counts.
struct ImportReport {
  std::int64_t imported = 0;
  std::int64_t kept = 0;     ///< were there already, and stay as they are
  std::int64_t refused = 0;  ///< see `problem`
  /// What could not be taken over of users who were: a sentence, and of how many.
  std::map<std::string, std::int64_t> notes;
};

struct ImportOptions {
  UserFileFormat format = UserFileFormat::Json;
  /// Reads and judges, and writes nothing.
  bool dryRun = false;
  /// People whose password was hashed in a way that is unknown here are taken over without it, with a note.
  bool withoutUnknownPasswords = false;
  /// Told of each user who is refused: the line where he begins, and why. Holds no passwords.
  std::function<void(std::int64_t line, const std::string& why)> problem = [](std::int64_t, const std::string&) {};
  /// Told from time to time how many were read.
  std::function<void(std::int64_t read)> progress = [](std::int64_t) {};
};

struct ExportOptions {
  UserFileFormat format = UserFileFormat::Json;
  /// Password digests and authenticator secrets.
  bool secrets = true;
};

struct ExportReport {
  std::int64_t exported = 0;
  std::map<std::string, std::int64_t> notes;
};

struct OutboxQuery {
  bool messages = true;
  bool webhooks = true;
  std::string status{};  ///< `queued`, `delivered` or `failed`; empty: all
  std::int64_t limit = 20;
  std::int64_t offset = 0;
};

/// What is on its way in the database of the options, newest first: `id`, `kind` (`email`, `sms`, `webhook`),
/// `status`, `what`, `to`, `attempts`, `due_at`, `last_error`, `created_at`. What a message says (codes, links) is not
/// among it. These functions throw std::runtime_error when the database does not do its work.
boost::json::array outboxEntries(const InstanceOptions& options, const OutboxQuery& query);
std::optional<boost::json::object> findOutboxEntry(const InstanceOptions& options, std::string_view id);

enum class OutboxRetry { Done, NotFound, TooLate, Delivered, UnderWay };
/// Makes an entry due now. A message that was given up has forgotten what it said: TooLate.
OutboxRetry retryOutboxEntry(const InstanceOptions& options, std::string_view id);

struct OperatorFigures {
  std::int64_t users = 0;
  std::int64_t messagesQueued = 0;
  std::int64_t messagesFailed = 0;
  std::int64_t webhooksQueued = 0;
  std::int64_t webhooksFailed = 0;
};
OperatorFigures operatorFigures(const InstanceOptions& options);

/// Takes users over with their ids, addresses, digests and metadata: the CSV of Clerk's dashboard, the JSON of the
/// Backend API's user list, or what exportUsers() wrote. Users who are there already stay as they are, so an import
/// that was broken off is simply run again. No webhook is told. Throws std::runtime_error, which names the line, for a
/// file that cannot be read on; what was read before it is there.
ImportReport importUsers(const InstancePlugin& instance, std::istream& file, const ImportOptions& options);

/// Writes all users as they are at one moment, oldest first.
ExportReport exportUsers(const InstancePlugin& instance, std::ostream& file, const ExportOptions& options);

}  // namespace clerk
