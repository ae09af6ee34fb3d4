#pragma once
// One connection to a SQLite file, with its prepared statements.

#include "store/store_error.hpp"
#include "store/writing_connection.hpp"

#include <filesystem>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

struct sqlite3;

namespace clerk::instance {

class SqliteStatement;

/// Used by one thread at a time.
class SqliteConnection final : public WritingConnection {
 public:
  enum class Mode { ReadOnly, ReadWrite, Create };

  /// Throws StoreError. Waits up to five seconds for other processes, here and later.
  SqliteConnection(const std::filesystem::path& file, Mode mode);
  ~SqliteConnection() override;

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

  /// Runs any number of statements without parameters; for pragmas and migrations.
  void runScript(const std::string& script);
  bool isReadOnly() const noexcept;

 private:
  friend class SqliteStatement;
  std::vector<std::string> idsMatching(std::string_view text, std::int64_t limit);
  /// What a few users' texts look like: enough to guess which groups of characters are common.
  std::vector<std::string> newestSearchTexts();
  SqliteStatement& kept(const char* text);
  SqliteStatement& built(const std::string& text);
  [[noreturn]] void fail(int code) const;

  std::filesystem::path file_;
  sqlite3* database_ = nullptr;
  // Literals are known by their address. The keys are never dereferenced.
  std::unordered_map<const char*, std::unique_ptr<SqliteStatement>> kept_;
  std::list<std::unique_ptr<SqliteStatement>> built_;  // the last one used comes first
};

}  // namespace clerk::instance
