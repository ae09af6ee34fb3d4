#pragma once
// One connection to a PostgreSQL database, with its prepared statements.

#include "store/store_error.hpp"
#include "store/writing_connection.hpp"

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;

namespace clerk::instance {

class PostgresStatement;

/// Used by one thread at a time. A connection that broke is made anew by the next `begin` or `beginReading`; what was
/// under way fails. Errors never hold values or the password.
class PostgresConnection final : public WritingConnection {
 public:
  /// Connects to a libpq connection string or URI (PostgreSQL docs: "Connection Strings"). Throws StoreError.
  explicit PostgresConnection(std::string where);
  ~PostgresConnection() override;

  sql::Rows query(const char* text, std::span<const sql::Value> parameters) override;
  sql::Rows queryBuilt(const std::string& text, std::span<const sql::Value> parameters) override;
  std::int64_t execute(const char* text, std::span<const sql::Value> parameters) override;
  std::optional<std::vector<std::string>> searchUsers(std::string_view part, std::int64_t limit) override;
  using sql::Connection::execute;
  using sql::Connection::query;

  void begin() override;
  void commit() override;
  void rollBack() override;
  bool inTransaction() const noexcept override;

  /// Like `begin`, for changes of tables: they, and the wait for the turn, take as long as they take, whatever limits
  /// are set.
  void beginMigration();
  /// Starts a transaction that sees one picture of the data and writes nothing.
  void beginReading();

  /// Runs any number of statements without parameters.
  void runScript(const std::string& script);
  /// False when the connection broke.
  bool isUsable() const noexcept;
  /// Where it leads, for messages: host, port and database.
  std::string name() const;

 private:
  friend class PostgresStatement;
  using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

  void connect();
  void disconnect() noexcept;
  /// Runs `script` to start a transaction; on a connection that broke, once more on a new one.
  void start(const char* script);
  PostgresStatement& kept(const char* text);
  PostgresStatement& built(const std::string& text);
  Result checked(PGresult* result) const;
  [[noreturn]] void fail(const PGresult* result) const;

  std::string where_;
  PGconn* connection_ = nullptr;
  std::uint64_t statements_ = 0;
  // Literals are known by their address. The keys are never dereferenced.
  std::unordered_map<const char*, std::unique_ptr<PostgresStatement>> kept_;
  std::list<std::unique_ptr<PostgresStatement>> built_;  // the last one used comes first
};

}  // namespace clerk::instance
