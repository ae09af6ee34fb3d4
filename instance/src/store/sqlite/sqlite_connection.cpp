#include "store/sqlite/sqlite_connection.hpp"

#include "store/reference_gone.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace clerk::instance {
namespace {

constexpr int busyTimeoutMilliseconds = 5000;
constexpr std::size_t builtStatementsKept = 32;

StoreError::Reason reasonOf(int code) noexcept {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return StoreError::Reason::Busy;
    case SQLITE_READONLY: return StoreError::Reason::ReadOnly;
    case SQLITE_FULL: return StoreError::Reason::Full;
    case SQLITE_CANTOPEN:
    case SQLITE_NOTADB:
    case SQLITE_AUTH:
    case SQLITE_PERM: return StoreError::Reason::CannotOpen;
    default: return StoreError::Reason::Failed;
  }
}

std::string adviceFor(StoreError::Reason reason) {
  switch (reason) {
    case StoreError::Reason::Busy: return "another process keeps it locked; stop that one first";
    case StoreError::Reason::ReadOnly: return "it cannot be written; change its permissions or choose another folder";
    case StoreError::Reason::Full: return "the disk is full; make room";
    case StoreError::Reason::CannotOpen: return "it cannot be opened; check the path and its permissions";
    default: return "";
  }
}

int openFlags(SqliteConnection::Mode mode) noexcept {
  constexpr int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (mode) {
    case SqliteConnection::Mode::ReadOnly: return common | SQLITE_OPEN_READONLY;
    case SqliteConnection::Mode::ReadWrite: return common | SQLITE_OPEN_READWRITE;
    default: return common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  }
}

/// The characters of a UTF-8 text, each one a view into it.
std::vector<std::string_view> charactersOf(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t start = 0; start < text.size();) {
    std::size_t end = start + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
    characters.push_back(text.substr(start, end - start));
    start = end;
  }
  return characters;
}

std::string_view span(const std::vector<std::string_view>& characters, std::size_t from, std::size_t count) {
  const auto* begin = characters[from].data();
  const auto& last = characters[from + count - 1];
  return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
}

/// The piece of up to five characters whose groups of three occur in the fewest of the texts.
std::string_view rarestPiece(const std::vector<std::string_view>& characters, const std::vector<std::string>& texts) {
  constexpr std::size_t pieceLength = 5;
  constexpr std::size_t group = 3;
  if (characters.size() <= pieceLength) return span(characters, 0, characters.size());
  std::vector<std::ptrdiff_t> frequency;
  for (std::size_t i = 0; i + group <= characters.size(); ++i) {
    const auto text = span(characters, i, group);
    frequency.push_back(
        std::ranges::count_if(texts, [&](const auto& each) { return each.find(text) != std::string::npos; }));
  }
  std::size_t best = 0;
  std::ptrdiff_t lowest = PTRDIFF_MAX;
  for (std::size_t i = 0; i + pieceLength <= characters.size(); ++i) {
    const auto sum = frequency[i] + frequency[i + 1] + frequency[i + 2];
    if (sum < lowest) {
      lowest = sum;
      best = i;
    }
  }
  return span(characters, best, pieceLength);
}

}  // namespace

/// A prepared statement; runs once at a time.
class SqliteStatement final : public sql::Rows::Source {
 public:
  SqliteStatement(SqliteConnection& connection, std::string_view text) : connection_(connection), text_(text) {
    const int code = sqlite3_prepare_v3(connection.database_, text.data(), static_cast<int>(text.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    if (code != SQLITE_OK) connection.fail(code);
    mapParameters();
  }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement() override { sqlite3_finalize(statement_); }

  void bind(std::span<const sql::Value> parameters) {
    if (running_) throw std::logic_error("a statement was started again before its rows were gone");
    if (parameters.size() != indexOf_.size())
      throw std::logic_error("a statement has other parameters than were given");
    for (std::size_t i = 0; i < parameters.size(); ++i) bind(indexOf_[i], parameters[i]);
    running_ = true;
  }

  bool next() override {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    connection_.fail(code);
  }
  bool isNull(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) const override {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                 : std::string_view();
  }
  void finish() noexcept override {
    // An unfinished statement would keep its read transaction open and the log from being checkpointed.
    sqlite3_reset(statement_);
    running_ = false;
  }

  const std::string& sqlText() const noexcept { return text_; }

 private:
  // `$2` is a name to SQLite, numbered by where it first occurs.
  void mapParameters() {
    const int count = sqlite3_bind_parameter_count(statement_);
    indexOf_.assign(static_cast<std::size_t>(count), 0);
    for (int index = 1; index <= count; ++index) {
      const std::string_view name = sqlite3_bind_parameter_name(statement_, index);
      std::size_t number = 0;
      std::from_chars(name.data() + 1, name.data() + name.size(), number);
      if (number == 0 || number > indexOf_.size()) throw std::logic_error("parameters are not numbered from $1 on");
      indexOf_[number - 1] = index;
    }
  }

  void bind(int index, const sql::Value& value) {
    int code = SQLITE_OK;
    switch (value.kind()) {
      case sql::Value::Kind::Null: code = sqlite3_bind_null(statement_, index); break;
      case sql::Value::Kind::Integer: code = sqlite3_bind_int64(statement_, index, value.integer()); break;
      case sql::Value::Kind::Text:
        // An empty view may hold a null pointer, which SQLite would read as NULL.
        code = sqlite3_bind_text64(statement_, index, value.text().empty() ? "" : value.text().data(),
                                   value.text().size(), SQLITE_TRANSIENT, SQLITE_UTF8);
        break;
    }
    if (code != SQLITE_OK) connection_.fail(code);
  }

  SqliteConnection& connection_;
  std::string text_;
  sqlite3_stmt* statement_ = nullptr;
  std::vector<int> indexOf_;
  bool running_ = false;
};

SqliteConnection::SqliteConnection(const std::filesystem::path& file, Mode mode) : file_(file) {
  const int code = sqlite3_open_v2(file.c_str(), &database_, openFlags(mode), nullptr);
  if (code == SQLITE_OK) {
    sqlite3_busy_timeout(database_, busyTimeoutMilliseconds);
    return;
  }
  try {
    fail(code);
  } catch (...) {
    sqlite3_close_v2(database_);
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  kept_.clear();
  built_.clear();
  sqlite3_close_v2(database_);
}

sql::Rows SqliteConnection::query(const char* text, std::span<const sql::Value> parameters) {
  auto& statement = kept(text);
  statement.bind(parameters);
  return sql::Rows(statement);
}

sql::Rows SqliteConnection::queryBuilt(const std::string& text, std::span<const sql::Value> parameters) {
  auto& statement = built(text);
  statement.bind(parameters);
  return sql::Rows(statement);
}

std::int64_t SqliteConnection::execute(const char* text, std::span<const sql::Value> parameters) {
  auto rows = query(text, parameters);
  while (rows.next()) {
  }
  const auto changed = sqlite3_changes64(database_);
  changes.countRows(changed);
  return changed;
}

std::optional<std::vector<std::string>> SqliteConnection::searchUsers(std::string_view part, std::int64_t limit) {
  const auto characters = charactersOf(part);
  // The index holds groups of three characters: shorter texts have none.
  if (characters.size() < 3) return std::nullopt;
  // Common groups, such as those of a mail provider, have long lists: the rarest piece alone finds few users fast.
  const auto piece = rarestPiece(characters, newestSearchTexts());
  auto ids = idsMatching(piece, limit);
  const bool narrowed = piece.size() < part.size();
  return narrowed && static_cast<std::int64_t>(ids.size()) == limit ? idsMatching(part, limit) : ids;
}

std::vector<std::string> SqliteConnection::idsMatching(std::string_view text, std::int64_t limit) {
  std::string phrase = "\"";
  for (char c : text) phrase.append(c == '"' ? 2 : 1, c);
  phrase += '"';
  std::vector<std::string> ids;
  auto rows = query(
      "select users.id from user_search join users on users.rowid = user_search.rowid "
      "where user_search match $1 limit $2",
      {phrase, limit});
  while (rows.next()) ids.push_back(rows.string(0));
  return ids;
}

std::vector<std::string> SqliteConnection::newestSearchTexts() {
  std::vector<std::string> texts;
  auto rows = query("select search_text from users order by rowid desc limit 100", {});
  while (rows.next()) texts.push_back(rows.string(0));
  return texts;
}

void SqliteConnection::begin() { execute("begin immediate", {}); }
void SqliteConnection::commit() { execute("commit", {}); }
void SqliteConnection::rollBack() { execute("rollback", {}); }

void SqliteConnection::runScript(const std::string& script) {
  const int code = sqlite3_exec(database_, script.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

bool SqliteConnection::isReadOnly() const noexcept { return sqlite3_db_readonly(database_, "main") == 1; }
bool SqliteConnection::inTransaction() const noexcept { return sqlite3_get_autocommit(database_) == 0; }

SqliteStatement& SqliteConnection::kept(const char* text) {
  auto& statement = kept_[text];
  if (!statement) {
    try {
      statement = std::make_unique<SqliteStatement>(*this, text);
    } catch (...) {
      kept_.erase(text);
      throw;
    }
  }
  return *statement;
}

SqliteStatement& SqliteConnection::built(const std::string& text) {
  auto found = std::ranges::find_if(built_, [&](const auto& statement) { return statement->sqlText() == text; });
  if (found != built_.end()) {
    built_.splice(built_.begin(), built_, found);
    return *built_.front();
  }
  built_.push_front(std::make_unique<SqliteStatement>(*this, text));
  if (built_.size() > builtStatementsKept) built_.pop_back();
  return *built_.front();
}

void SqliteConnection::fail(int code) const {
  const auto reason = reasonOf(code);
  const auto advice = adviceFor(reason);
  // The engine's text names tables and columns, never values.
  const std::string detail = database_ ? sqlite3_errmsg(database_) : sqlite3_errstr(code);
  if (code == SQLITE_CONSTRAINT_FOREIGNKEY) throw ReferenceGone("database " + file_.string() + ": " + detail);
  throw StoreError(reason,
                   "database " + file_.string() + ": " + (advice.empty() ? detail : advice + " (" + detail + ")"));
}

}  // namespace clerk::instance
