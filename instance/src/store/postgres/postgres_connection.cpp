#include "store/postgres/postgres_connection.hpp"

#include "store/folded_text.hpp"
#include "store/reference_gone.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <stdexcept>

namespace clerk::instance {
namespace {

constexpr std::size_t builtStatementsKept = 32;
/// An SQLSTATE (PostgreSQL docs: "Error Codes").
constexpr std::string_view foreignKeyViolation = "23503";

/// All processes that write to the database take turns at this lock; the number is "clkd" and a version.
constexpr const char* beginWriting =
    "begin; set local lock_timeout = '10s'; select pg_advisory_xact_lock(7164773577916416001)";
constexpr const char* beginMigrationScript =
    "begin; set local lock_timeout = 0; set local statement_timeout = 0; "
    "set local idle_in_transaction_session_timeout = 0; select pg_advisory_xact_lock(7164773577916416001)";
constexpr const char* beginReadingScript = "begin isolation level repeatable read read only";

struct Fault {
  std::string_view state;  // the beginning of an SQLSTATE (PostgreSQL docs: "Error Codes")
  StoreError::Reason reason;
  std::string_view advice;
};

using Reason = StoreError::Reason;
constexpr std::array faults{
    Fault{"25006", Reason::ReadOnly, "it takes no writes (a standby?); connect to the primary server"},
    Fault{"42501", Reason::ReadOnly, "its user may not do this; grant it the database"},
    Fault{"53100", Reason::Full, "the server's disk is full; make room"},
    Fault{"53300", Reason::Busy, "it has no connections left; raise max_connections"},
    Fault{"55P03", Reason::Busy, "another process keeps writing; try again"},
    Fault{"57014", Reason::Busy, "a statement took too long"},
    Fault{"57P0", Reason::Busy, "the server is stopping or starting; try again"},
    Fault{"40", Reason::Busy, "others wrote at the same moment; try again"},
    Fault{"08", Reason::Busy, "the connection broke; try again"},
    Fault{"28", Reason::CannotOpen, "user or password are refused"},
    Fault{"3D000", Reason::CannotOpen, "it does not exist; make it with createdb"},
};

const Fault* faultOf(std::string_view state) noexcept {
  const auto found = std::ranges::find_if(faults, [&](const Fault& fault) { return state.starts_with(fault.state); });
  return found == faults.end() ? nullptr : &*found;
}

std::string firstLine(const char* text) {
  const std::string_view all = text ? text : "";
  return std::string(all.substr(0, all.find('\n')));
}

/// What is set for each connection, unless the connection string says otherwise.
struct Setting {
  const char* keyword;
  const char* value;
};
constexpr std::array settings{
    Setting{"application_name", "clerkd"},
    Setting{"connect_timeout", "5"},
    Setting{"client_encoding", "UTF8"},
    Setting{"tcp_user_timeout", "15000"},
    Setting{"keepalives_idle", "20"},
    Setting{"options",
            "-c statement_timeout=60s -c idle_in_transaction_session_timeout=30s -c client_min_messages=warning "
            "-c tcp_keepalives_idle=20"},
};

/// The parameters of one call, as libpq wants them; borrows the texts.
class Parameters {
 public:
  explicit Parameters(std::span<const sql::Value> values) {
    pointers_.reserve(values.size());
    texts_.reserve(values.size());
    for (const auto& value : values) {
      if (value.kind() == sql::Value::Kind::Null) {
        pointers_.push_back(nullptr);
      } else {
        texts_.push_back(value.kind() == sql::Value::Kind::Integer ? std::to_string(value.integer())
                                                                   : std::string(value.text()));
        // Texts go as C has them: the rest behind a NUL would be lost, and `id\0x` would pass for `id`.
        if (texts_.back().find('\0') != std::string::npos) {
          throw StoreError(StoreError::Reason::Failed, "a text for the database contains U+0000");
        }
        pointers_.push_back(texts_.back().c_str());
      }
    }
  }
  int count() const noexcept { return static_cast<int>(pointers_.size()); }
  const char* const* data() const noexcept { return pointers_.data(); }

 private:
  std::vector<std::string> texts_;  // reserved: they stay where they are
  std::vector<const char*> pointers_;
};

}  // namespace

/// A prepared statement; runs once at a time.
class PostgresStatement final : public sql::Rows::Source {
 public:
  PostgresStatement(PostgresConnection& connection, std::string_view text)
      : connection_(connection), text_(text), name_("s" + std::to_string(++connection.statements_)) {
    connection_.checked(PQprepare(connection_.connection_, name_.c_str(), text_.c_str(), 0, nullptr));
  }
  PostgresStatement(const PostgresStatement&) = delete;
  PostgresStatement& operator=(const PostgresStatement&) = delete;
  ~PostgresStatement() override = default;

  void run(std::span<const sql::Value> values) {
    if (running_) throw std::logic_error("a statement was started again before its rows were gone");
    const Parameters parameters(values);
    result_ = connection_.checked(PQexecPrepared(connection_.connection_, name_.c_str(), parameters.count(),
                                                 parameters.data(), nullptr, nullptr, 0));
    row_ = -1;
    running_ = true;
  }

  bool next() override { return ++row_ < PQntuples(result_.get()); }
  bool isNull(int column) const override { return PQgetisnull(result_.get(), row_, column) == 1; }
  std::int64_t integer(int column) const override {
    const auto digits = text(column);
    if (digits == "t") return 1;  // a truth that was computed; those of tables are 0 and 1
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  }
  std::string_view text(int column) const override {
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
  }
  void finish() noexcept override {
    result_.reset();
    running_ = false;
  }

  std::int64_t changedRows() const noexcept {
    const std::string_view digits = PQcmdTuples(result_.get());
    std::int64_t count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
  }
  const std::string& sqlText() const noexcept { return text_; }
  const std::string& name() const noexcept { return name_; }

 private:
  PostgresConnection& connection_;
  std::string text_;
  std::string name_;
  PostgresConnection::Result result_{nullptr, PQclear};
  int row_ = -1;
  bool running_ = false;
};

PostgresConnection::PostgresConnection(std::string where) : where_(std::move(where)) { connect(); }
PostgresConnection::~PostgresConnection() { disconnect(); }

void PostgresConnection::connect() {
  // libpq expands a connection string in `dbname`; what follows would override it.
  std::vector<const char*> names{"dbname"};
  std::vector<const char*> texts{where_.c_str()};
  for (const auto& [keyword, value] : settings) {
    if (where_.find(keyword) != std::string::npos) continue;
    names.push_back(keyword);
    texts.push_back(value);
  }
  names.push_back(nullptr);
  texts.push_back(nullptr);
  connection_ = PQconnectdbParams(names.data(), texts.data(), 1);
  if (PQstatus(connection_) == CONNECTION_OK) {
    PQsetNoticeProcessor(connection_, [](void*, const char*) {}, nullptr);
    return;
  }
  // libpq's text names host, user and database, never the password.
  const auto detail = firstLine(PQerrorMessage(connection_));
  disconnect();
  const bool refused = detail.find("does not exist") != std::string::npos ||
                       detail.find("authentication failed") != std::string::npos ||
                       detail.find("no password supplied") != std::string::npos;
  throw StoreError(refused ? Reason::CannotOpen : Reason::Busy,
                   "database PostgreSQL: no connection; check the address, the user and that the server runs (" +
                       (detail.empty() ? "out of memory" : detail) + ")");
}

void PostgresConnection::disconnect() noexcept {
  kept_.clear();
  built_.clear();
  PQfinish(connection_);
  connection_ = nullptr;
}

bool PostgresConnection::isUsable() const noexcept { return connection_ && PQstatus(connection_) == CONNECTION_OK; }

std::string PostgresConnection::name() const {
  const auto part = [](const char* text) { return std::string(text ? text : ""); };
  if (!connection_) return "PostgreSQL";
  return part(PQhost(connection_)) + ":" + part(PQport(connection_)) + "/" + part(PQdb(connection_));
}

sql::Rows PostgresConnection::query(const char* text, std::span<const sql::Value> parameters) {
  auto& statement = kept(text);
  statement.run(parameters);
  return sql::Rows(statement);
}

sql::Rows PostgresConnection::queryBuilt(const std::string& text, std::span<const sql::Value> parameters) {
  auto& statement = built(text);
  statement.run(parameters);
  return sql::Rows(statement);
}

std::int64_t PostgresConnection::execute(const char* text, std::span<const sql::Value> parameters) {
  auto& statement = kept(text);
  statement.run(parameters);
  const sql::Rows rows(statement);
  const auto changed = statement.changedRows();
  changes.countRows(changed);
  return changed;
}

std::optional<std::vector<std::string>> PostgresConnection::searchUsers(std::string_view part, std::int64_t limit) {
  // The index holds groups of three characters of a word: shorter texts have none.
  constexpr std::size_t group = 3;
  const auto characters =
      std::ranges::count_if(part, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
  if (static_cast<std::size_t>(characters) < group) return std::nullopt;
  std::vector<std::string> ids;
  auto rows =
      query("select id from users where search_text like $1 escape '\\' limit $2", {containsPattern(part), limit});
  while (rows.next()) ids.push_back(rows.string(0));
  return ids;
}

void PostgresConnection::begin() { start(beginWriting); }
void PostgresConnection::beginMigration() { start(beginMigrationScript); }
void PostgresConnection::beginReading() { start(beginReadingScript); }
void PostgresConnection::commit() {
  const auto result = checked(PQexec(connection_, "commit"));
  // In a transaction that failed, `commit` succeeds by rolling back.
  if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0) {
    throw StoreError(Reason::Failed, "database " + name() + ": the transaction was rolled back");
  }
}
void PostgresConnection::rollBack() { runScript("rollback"); }

bool PostgresConnection::inTransaction() const noexcept {
  const auto status = PQtransactionStatus(connection_);
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

void PostgresConnection::start(const char* script) {
  if (isUsable()) {
    try {
      return runScript(script);
    } catch (const StoreError&) {
      // Nothing was done yet: a connection that broke while it was idle (a server that was started anew) is replaced.
      if (isUsable()) {
        if (inTransaction()) rollBack();
        throw;
      }
    }
  }
  disconnect();
  connect();
  runScript(script);
}

void PostgresConnection::runScript(const std::string& script) { checked(PQexec(connection_, script.c_str())); }

PostgresStatement& PostgresConnection::kept(const char* text) {
  auto found = kept_.find(text);
  if (found == kept_.end()) found = kept_.emplace(text, std::make_unique<PostgresStatement>(*this, text)).first;
  return *found->second;
}

PostgresStatement& PostgresConnection::built(const std::string& text) {
  auto found = std::ranges::find_if(built_, [&](const auto& statement) { return statement->sqlText() == text; });
  if (found != built_.end()) {
    built_.splice(built_.begin(), built_, found);
    return *built_.front();
  }
  built_.push_front(std::make_unique<PostgresStatement>(*this, text));
  if (built_.size() > builtStatementsKept) {
    const auto name = built_.back()->name();
    built_.pop_back();
    runScript("deallocate " + name);
  }
  return *built_.front();
}

PostgresConnection::Result PostgresConnection::checked(PGresult* result) const {
  Result owned(result, PQclear);
  switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY: return owned;
    default: fail(result);
  }
}

void PostgresConnection::fail(const PGresult* result) const {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  // The first line names tables, columns and constraints; the values stand in the detail, which is left out.
  const char* primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const auto detail = firstLine(primary ? primary : PQerrorMessage(connection_));
  if (state && state == foreignKeyViolation) throw ReferenceGone("database " + name() + ": " + detail);
  const Fault* fault = state ? faultOf(state) : isUsable() ? nullptr : faultOf("08");
  if (!fault) throw StoreError(Reason::Failed, "database " + name() + ": " + detail);
  throw StoreError(fault->reason, "database " + name() + ": " + std::string(fault->advice) + " (" + detail + ")");
}

}  // namespace clerk::instance
