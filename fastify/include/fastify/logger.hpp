#pragma once
// Log lines as pino writes them: one JSON object a line. See pino's "API" page and Fastify's "Logging" page.

#include <fastify/json.hpp>

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace fastify {

enum class LogLevel : int {
  Trace = 10,
  Debug = 20,
  Info = 30,
  Warn = 40,
  Error = 50,
  Fatal = 60,
  Silent = std::numeric_limits<int>::max()
};

/// "trace", "debug", "info", "warn", "error", "fatal" or "silent"; nullopt for any other name.
std::optional<LogLevel> findLogLevel(std::string_view name) noexcept;
std::string_view nameOf(LogLevel level) noexcept;

/// Turns the value of a logged field into what the line shows. Called on the thread that logs.
using LogSerializer = std::function<Json(const Json& value)>;
/// By name of the field, e.g. `{{"user", [](const Json& user) { return user.at("id"); }}}`.
using LogSerializers = std::map<std::string, LogSerializer, std::less<>>;

/// Fields whose values must not reach a line: `req.headers.authorization`, `users[*].password`, `*.token`, `["a-b"].c`.
struct RedactOptions {
  /// The value to write instead, or nothing: the field is left out.
  using Censor = std::function<Json(const Json& value, const std::vector<std::string>& path)>;

  RedactOptions() = default;
  RedactOptions(std::initializer_list<std::string> paths) : paths(paths) {}
  RedactOptions(std::vector<std::string> paths) : paths(std::move(paths)) {}

  std::vector<std::string> paths;
  Json censor = "[Redacted]";
  /// Instead of `censor`.
  Censor censorFunction;
  /// Leaves the fields out.
  bool remove = false;
};

/// Where lines go: standard output, a file descriptor, a file (appended to, made when it is not there), or a function
/// that is given each line with its line end; it is never called by two threads at once, and must not log.
class LogDestination {
 public:
  using Function = std::function<void(std::string_view line)>;
  struct File {
    std::string path;
  };

  LogDestination() = default;
  LogDestination(int fileDescriptor) : target_(fileDescriptor) {}
  LogDestination(File file) : target_(std::move(file)) {}
  template <class F>
    requires std::is_invocable_v<F&, std::string_view>
  LogDestination(F function) : target_(Function(std::move(function))) {}

  const std::variant<int, File, Function>& target() const noexcept { return target_; }

 private:
  std::variant<int, File, Function> target_ = 1;
};

/// How `time` is written: milliseconds since 1970, seconds since 1970, "2024-01-02T03:04:05.006Z", or not at all.
enum class LogTimestamp { Milliseconds, Seconds, Iso, None };

struct LoggerOptions {
  /// The lowest level that is written.
  std::string level = "info";
  /// A `name` field of every line.
  std::string name;
  /// The fields of every line after `time`; absent: pid and hostname.
  std::optional<JsonObject> base;
  RedactOptions redact;
  LogSerializers serializers;
  LogDestination destination;
  LogTimestamp timestamp = LogTimestamp::Milliseconds;
  /// The time of a line; absent: the system's clock.
  std::function<std::int64_t()> millisecondsSinceEpoch;
  /// `"level":"info"` instead of `"level":30`.
  bool levelLabels = false;
  std::string messageKey = "msg";
  std::string errorKey = "err";
  /// When set, the fields of a line stand in an object of this name.
  std::string nestedKey;
  /// Stands before every message.
  std::string msgPrefix;
  /// Fields of every line, asked for each time.
  std::function<JsonObject()> mixin;
};

struct ChildLoggerOptions {
  /// Empty: the parent's.
  std::string level;
  /// Besides the parent's.
  LogSerializers serializers;
  /// Besides the parent's.
  std::vector<std::string> redact;
  /// Stands behind the parent's prefix.
  std::string msgPrefix;
};

/// What stands for `{}` in a message: a number, a text, a boolean, a character, or JSON (as its text). Borrows it.
class LogArgument {
 public:
  using Value = std::variant<bool, char, std::int64_t, std::uint64_t, double, std::string_view, const Json*>;

  LogArgument(bool value) noexcept : value_(value) {}
  LogArgument(char value) noexcept : value_(value) {}
  template <std::signed_integral T>
  LogArgument(T value) noexcept : value_(std::int64_t{value}) {}
  template <std::unsigned_integral T>
  LogArgument(T value) noexcept : value_(std::uint64_t{value}) {}
  template <std::floating_point T>
  LogArgument(T value) noexcept : value_(static_cast<double>(value)) {}
  LogArgument(const char* value) noexcept : value_(std::string_view(value ? value : "(null)")) {}
  LogArgument(std::string_view value) noexcept : value_(value) {}
  LogArgument(const std::string& value) noexcept : value_(std::string_view(value)) {}
  LogArgument(const boost::json::string& value) noexcept : value_(std::string_view(value)) {}
  template <std::same_as<Json> T>
  LogArgument(const T& value) noexcept : value_(&value) {}

  const Value& value() const noexcept { return value_; }

 private:
  Value value_;
};

/// Fields in braces: `log.info({{"userId", id}, {"count", 3}}, "logged in")`.
using LogFields = std::initializer_list<std::pair<boost::json::string_view, boost::json::value_ref>>;

/// Writes lines of its level and above. Cheap to copy: copies and children share destination and options. Logging is
/// safe from any thread, and lines of several threads are never mixed. Made without options it writes nothing.
///
/// For each level there are, shown for `info`:
///   info(message)                        the text as it is
///   info(format, arguments…)             `{}` stands for an argument, as in fmt
///   info(fields, message)                fields before the message; no message when it is left out
///   info(error, message)                 the error as `err`; its own text when the message is left out
///   info(fields, error, message)
/// A line that cannot be written (full disk, closed pipe) never throws and never ends the program; what could not be
/// written is kept, within bounds, for the next try.
class Logger {
 public:
  Logger() noexcept = default;
  /// Throws std::invalid_argument for an unknown level or a malformed redaction path, std::system_error when the file
  /// cannot be opened.
  explicit Logger(LoggerOptions options);
  Logger(const Logger& other);
  Logger(Logger&& other) noexcept;
  Logger& operator=(const Logger& other);
  Logger& operator=(Logger&& other) noexcept;
  ~Logger();

  bool isLevelEnabled(LogLevel level) const noexcept {
    return static_cast<int>(level) >= level_.load(std::memory_order_relaxed) && level != LogLevel::Silent;
  }
  LogLevel level() const noexcept { return static_cast<LogLevel>(level_.load(std::memory_order_relaxed)); }
  /// For this logger and the children it makes from now on.
  void setLevel(LogLevel level) noexcept;
  /// Throws std::invalid_argument for an unknown name.
  void setLevel(std::string_view name);

  /// A logger whose lines have `bindings` as well.
  Logger child(const JsonObject& bindings, const ChildLoggerOptions& options = {}) const;
  /// The same with one text: what a request's logger is made with.
  Logger child(std::string_view key, std::string_view value) const;
  /// The fields that children of it were given so far.
  JsonObject bindings() const;

// The six levels differ in nothing but their name.
#define FASTIFY_LOG_METHODS(method, level)                                                                         \
  void method(std::string_view message) const { log(level, message); }                                             \
  template <class First, class... Rest>                                                                            \
    requires(std::constructible_from<LogArgument, const First&> &&                                                 \
             (std::constructible_from<LogArgument, const Rest&> && ...))                                           \
  void method(std::string_view format, const First& first, const Rest&... rest) const {                            \
    log(level, format, first, rest...);                                                                            \
  }                                                                                                                \
  void method(LogFields fields, std::string_view message) const { log(level, fields, message); }                   \
  void method(LogFields fields) const { log(level, fields); }                                                      \
  void method(const JsonObject& fields, std::string_view message) const { log(level, fields, message); }           \
  void method(const JsonObject& fields) const { log(level, fields); }                                              \
  void method(const std::exception& error) const { log(level, error); }                                            \
  void method(const std::exception& error, std::string_view message) const { log(level, error, message); }         \
  void method(std::exception_ptr error) const { log(level, std::move(error)); }                                    \
  void method(std::exception_ptr error, std::string_view message) const { log(level, std::move(error), message); } \
  void method(const JsonObject& fields, const std::exception& error) const { log(level, fields, error); }          \
  void method(const JsonObject& fields, const std::exception& error, std::string_view message) const {             \
    log(level, fields, error, message);                                                                            \
  }

  FASTIFY_LOG_METHODS(trace, LogLevel::Trace)
  FASTIFY_LOG_METHODS(debug, LogLevel::Debug)
  FASTIFY_LOG_METHODS(info, LogLevel::Info)
  FASTIFY_LOG_METHODS(warn, LogLevel::Warn)
  FASTIFY_LOG_METHODS(error, LogLevel::Error)
  FASTIFY_LOG_METHODS(fatal, LogLevel::Fatal)
#undef FASTIFY_LOG_METHODS

  // The same with the level as an argument.

  void log(LogLevel level, std::string_view message) const {
    if (isLevelEnabled(level)) write(level, nullptr, nullptr, &message);
  }
  template <class First, class... Rest>
    requires(std::constructible_from<LogArgument, const First&> &&
             (std::constructible_from<LogArgument, const Rest&> && ...))
  void log(LogLevel level, std::string_view format, const First& first, const Rest&... rest) const {
    if (!isLevelEnabled(level)) return;
    const LogArgument arguments[] = {LogArgument(first), LogArgument(rest)...};
    writeFormatted(level, format, arguments, 1 + sizeof...(rest));
  }
  void log(LogLevel level, LogFields fields, std::string_view message) const {
    if (isLevelEnabled(level)) log(level, JsonObject(fields), message);
  }
  void log(LogLevel level, LogFields fields) const {
    if (isLevelEnabled(level)) log(level, JsonObject(fields));
  }
  void log(LogLevel level, const JsonObject& fields, std::string_view message) const {
    if (isLevelEnabled(level)) write(level, &fields, nullptr, &message);
  }
  void log(LogLevel level, const JsonObject& fields) const {
    if (isLevelEnabled(level)) write(level, &fields, nullptr, nullptr);
  }
  void log(LogLevel level, const std::exception& error) const {
    if (isLevelEnabled(level)) write(level, nullptr, &error, nullptr);
  }
  void log(LogLevel level, const std::exception& error, std::string_view message) const {
    if (isLevelEnabled(level)) write(level, nullptr, &error, &message);
  }
  void log(LogLevel level, std::exception_ptr error) const {
    if (isLevelEnabled(level)) writeThrown(level, std::move(error), nullptr);
  }
  void log(LogLevel level, std::exception_ptr error, std::string_view message) const {
    if (isLevelEnabled(level)) writeThrown(level, std::move(error), &message);
  }
  void log(LogLevel level, const JsonObject& fields, const std::exception& error) const {
    if (isLevelEnabled(level)) write(level, &fields, &error, nullptr);
  }
  void log(LogLevel level, const JsonObject& fields, const std::exception& error, std::string_view message) const {
    if (isLevelEnabled(level)) write(level, &fields, &error, &message);
  }

  /// A line whose fields are JSON text already: `"a":1,"b":{"c":2}`; empty for none. The fast way for lines of a fixed
  /// shape. Serializers and redaction apply as to any other line.
  void logText(LogLevel level, std::string_view members, std::string_view message) const {
    if (isLevelEnabled(level)) writeMembers(level, members, message);
  }

  /// Whether a serializer was given for fields of this name.
  bool hasSerializer(std::string_view key) const noexcept;

  /// Writes what waits in the destination's buffer.
  void flush() const noexcept;

 private:
  struct Core;
  struct Rules;

  void write(LogLevel level, const JsonObject* fields, const std::exception* error,
             const std::string_view* message) const;
  void writeThrown(LogLevel level, std::exception_ptr error, const std::string_view* message) const;
  void writeFormatted(LogLevel level, std::string_view format, const LogArgument* arguments, std::size_t count) const;
  void writeMembers(LogLevel level, std::string_view members, std::string_view message) const;

  std::atomic<int> level_ = static_cast<int>(LogLevel::Silent);
  std::shared_ptr<Core> core_;          // shared by a logger and all its children
  std::shared_ptr<const Rules> rules_;  // serializers, redaction, prefix; shared by children that add none
  std::string bindings_;                // JSON text: ,"pid":1,"hostname":"h","reqId":"req-1"
  std::size_t baseLength_ = 0;          // how much of it are the fields of `base` and `name`
};

class RawRequest;

/// Makes a request's logger: the server's with `bindings` (the request's id) at the route's level. Called for each
/// request that logs, on its worker's thread.
using ChildLoggerFactory = std::function<Logger(const Logger& logger, const JsonObject& bindings,
                                                const ChildLoggerOptions& options, const RawRequest& request)>;

}  // namespace fastify
