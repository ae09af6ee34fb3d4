#include <fastify/logger.hpp>

#include "logging/error_fields.hpp"
#include "logging/message_format.hpp"
#include "logging/redaction.hpp"
#include "logging/sink.hpp"

#include <ecmascript/date.hpp>
#include <ecmascript/json_text.hpp>

#include <array>
#include <chrono>
#include <stdexcept>

#include <unistd.h>

namespace fastify {
namespace {

struct LevelName {
  LogLevel level;
  std::string_view name;
};
constexpr std::array levelNames{LevelName{LogLevel::Trace, "trace"},  LevelName{LogLevel::Debug, "debug"},
                                LevelName{LogLevel::Info, "info"},    LevelName{LogLevel::Warn, "warn"},
                                LevelName{LogLevel::Error, "error"},  LevelName{LogLevel::Fatal, "fatal"},
                                LevelName{LogLevel::Silent, "silent"}};

JsonObject processFields() {
  char host[256] = {};
  if (gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
  return {{"pid", static_cast<std::int64_t>(getpid())}, {"hostname", host}};
}

// The members of an object's text as they stand in a line, each with a comma before it: `{"a":1}` becomes `,"a":1`.
void appendMembers(std::string& out, const JsonObject& object) {
  if (object.empty()) return;
  const auto start = out.size();
  ecmascript::appendJson(out, object);
  out[start] = ',';
  out.pop_back();
}

std::int64_t systemMilliseconds() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

// One line is put together here at a time; the memory stays for the next one unless a giant line has made it large.
class LineBuffer {
 public:
  LineBuffer() : outer_(current_) {
    if (outer_ == nullptr) kept_.clear();
    current_ = this;
  }
  ~LineBuffer() {
    current_ = outer_;
    if (outer_ == nullptr && kept_.capacity() > 65536) std::string().swap(kept_);
  }
  LineBuffer(const LineBuffer&) = delete;
  LineBuffer& operator=(const LineBuffer&) = delete;

  // A serializer may log while its own line is being made: then that line has memory of its own.
  std::string& text() noexcept { return outer_ == nullptr ? kept_ : own_; }

 private:
  static thread_local std::string kept_;
  static thread_local LineBuffer* current_;
  LineBuffer* outer_;
  std::string own_;
};
thread_local std::string LineBuffer::kept_;
thread_local LineBuffer* LineBuffer::current_ = nullptr;

}  // namespace

std::optional<LogLevel> findLogLevel(std::string_view name) noexcept {
  for (const auto& entry : levelNames) {
    if (entry.name == name) return entry.level;
  }
  return std::nullopt;
}

std::string_view nameOf(LogLevel level) noexcept {
  for (const auto& entry : levelNames) {
    if (entry.level == level) return entry.name;
  }
  return "custom";
}

struct Logger::Core {
  explicit Core(LoggerOptions given) : options(std::move(given)), sink(logging::openSink(options.destination)) {
    messageStart = ",";
    ecmascript::appendQuoted(messageStart, options.messageKey);
    messageStart += ':';
  }

  LoggerOptions options;
  std::shared_ptr<logging::Sink> sink;
  std::string messageStart;  // ,"msg":

  void appendStart(std::string& line, LogLevel level) const {
    line += R"({"level":)";
    if (options.levelLabels) {
      ecmascript::appendQuoted(line, nameOf(level));
    } else {
      ecmascript::appendJsonNumber(line, std::int64_t{static_cast<int>(level)});
    }
    appendTime(line);
  }

  void appendTime(std::string& line) const {
    if (options.timestamp == LogTimestamp::None) return;
    const auto now = options.millisecondsSinceEpoch ? options.millisecondsSinceEpoch() : systemMilliseconds();
    line += R"(,"time":)";
    switch (options.timestamp) {
      case LogTimestamp::Seconds: return ecmascript::appendJsonNumber(line, (now + 500) / 1000);  // pino rounds
      case LogTimestamp::Iso: return ecmascript::appendQuoted(line, ecmascript::toIsoString(now));
      default: return ecmascript::appendJsonNumber(line, now);
    }
  }

  void finish(std::string& line, LogLevel level) const {
    line += "}\n";
    sink->append(line);
    if (level >= LogLevel::Fatal) sink->flush();
  }
};

struct Logger::Rules {
  LogSerializers serializers;
  logging::Redaction redaction;
  std::string prefix;

  bool changeNothing() const noexcept { return serializers.empty() && redaction.empty(); }

  // What the line shows for a field; nullopt when it is left out.
  std::optional<Json> shown(std::string_view key, const Json& value) const {
    const auto serializer = serializers.find(key);
    Json result = serializer == serializers.end() ? value : serialized(serializer->second, value);
    if (redaction.concerns(key) && !redaction.apply(key, result)) return std::nullopt;
    return result;
  }

  // A line is not lost because a serializer fails, nor does the one who logs.
  static Json serialized(const LogSerializer& serializer, const Json& value) {
    try {
      return serializer(value);
    } catch (const std::exception& error) {
      return Json(std::string("[serializer failed: ") + error.what() + "]");
    }
  }

  void appendFields(std::string& line, const JsonObject& fields) const {
    if (changeNothing()) return appendMembers(line, fields);
    for (const auto& field : fields) appendField(line, field.key(), field.value());
  }

  void appendField(std::string& line, std::string_view key, const Json& value) const {
    if (changeNothing()) {
      appendText(line, key, value);
    } else if (const auto result = shown(key, value)) {
      appendText(line, key, *result);
    }
  }

  static void appendText(std::string& line, std::string_view key, const Json& value) {
    line += ',';
    ecmascript::appendQuoted(line, key);
    line += ':';
    ecmascript::appendJson(line, value);
  }

  void appendMessage(std::string& line, const Core& core, std::string_view message) const {
    const auto& key = core.options.messageKey;
    if (redaction.concerns(key)) {
      Json text(prefix + std::string(message));
      if (redaction.apply(key, text)) appendText(line, key, text);
      return;
    }
    line += core.messageStart;
    line += '"';
    if (!prefix.empty()) ecmascript::appendEscaped(line, prefix);
    ecmascript::appendEscaped(line, message);
    line += '"';
  }
};

Logger::Logger(LoggerOptions options) {
  const auto level = findLogLevel(options.level);
  if (!level) throw std::invalid_argument("default level:" + options.level + " must be included in custom levels");
  auto rules = std::make_shared<Rules>();
  rules->serializers = options.serializers;
  rules->redaction = logging::Redaction(options.redact);
  rules->prefix = options.msgPrefix;
  core_ = std::make_shared<Core>(std::move(options));

  const auto& kept = core_->options;
  rules->appendFields(bindings_, kept.base ? *kept.base : processFields());
  if (!kept.name.empty()) rules->appendField(bindings_, "name", Json(kept.name));
  baseLength_ = bindings_.size();
  rules_ = std::move(rules);
  level_ = static_cast<int>(*level);
}

Logger::Logger(const Logger& other)
    : level_(static_cast<int>(other.level())),
      core_(other.core_),
      rules_(other.rules_),
      bindings_(other.bindings_),
      baseLength_(other.baseLength_) {}

Logger::Logger(Logger&& other) noexcept
    : level_(static_cast<int>(other.level())),
      core_(std::move(other.core_)),
      rules_(std::move(other.rules_)),
      bindings_(std::move(other.bindings_)),
      baseLength_(other.baseLength_) {
  other.level_ = static_cast<int>(LogLevel::Silent);
}

Logger& Logger::operator=(const Logger& other) {
  core_ = other.core_;
  rules_ = other.rules_;
  bindings_ = other.bindings_;
  baseLength_ = other.baseLength_;
  level_ = static_cast<int>(other.level());
  return *this;
}

Logger& Logger::operator=(Logger&& other) noexcept {
  core_ = std::move(other.core_);
  rules_ = std::move(other.rules_);
  bindings_ = std::move(other.bindings_);
  baseLength_ = other.baseLength_;
  level_ = other.level_.exchange(static_cast<int>(LogLevel::Silent));
  return *this;
}

Logger::~Logger() = default;

void Logger::setLevel(LogLevel level) noexcept {
  if (core_) level_.store(static_cast<int>(level), std::memory_order_relaxed);
}

void Logger::setLevel(std::string_view name) {
  const auto level = findLogLevel(name);
  if (!level) throw std::invalid_argument("unknown level " + std::string(name));
  setLevel(*level);
}

Logger Logger::child(const JsonObject& bindings, const ChildLoggerOptions& options) const {
  Logger child(*this);
  if (!core_) return child;
  if (!options.level.empty()) child.setLevel(options.level);
  if (!options.serializers.empty() || !options.redact.empty() || !options.msgPrefix.empty()) {
    auto rules = std::make_shared<Rules>(*rules_);
    for (const auto& [key, serializer] : options.serializers) rules->serializers[key] = serializer;
    rules->redaction.add(options.redact);
    rules->prefix += options.msgPrefix;
    child.rules_ = std::move(rules);
  }
  child.rules_->appendFields(child.bindings_, bindings);
  return child;
}

Logger Logger::child(std::string_view key, std::string_view value) const {
  Logger child(*this);
  if (!core_) return child;
  if (!rules_->changeNothing()) {
    rules_->appendField(child.bindings_, key, Json(value));
    return child;
  }
  child.bindings_ += ',';
  ecmascript::appendQuoted(child.bindings_, key);
  child.bindings_ += ':';
  ecmascript::appendQuoted(child.bindings_, value);
  return child;
}

JsonObject Logger::bindings() const {
  if (bindings_.size() == baseLength_) return {};
  return boost::json::parse("{" + bindings_.substr(baseLength_ + 1) + "}").as_object();
}

bool Logger::hasSerializer(std::string_view key) const noexcept { return rules_ && rules_->serializers.contains(key); }

void Logger::flush() const noexcept {
  if (core_) core_->sink->flush();
}

void Logger::write(LogLevel level, const JsonObject* fields, const std::exception* error,
                   const std::string_view* message) const {
  LineBuffer buffer;
  auto& line = buffer.text();
  const auto& options = core_->options;
  core_->appendStart(line, level);
  line += bindings_;

  const bool nested = !options.nestedKey.empty() && (fields || error);
  if (nested) {
    line += ',';
    ecmascript::appendQuoted(line, options.nestedKey);
    line += ":{";
  }
  const auto membersStart = line.size();
  if (options.mixin) rules_->appendFields(line, options.mixin());
  if (fields) rules_->appendFields(line, *fields);
  if (error) rules_->appendField(line, options.errorKey, Json(logging::errorFields(*error)));
  if (nested) {
    if (line.size() > membersStart) line.erase(membersStart, 1);  // the comma before the first member
    line += '}';
  }

  if (message) {
    rules_->appendMessage(line, *core_, *message);
  } else if (error) {
    rules_->appendMessage(line, *core_, error->what());
  }
  core_->finish(line, level);
}

void Logger::writeThrown(LogLevel level, std::exception_ptr error, const std::string_view* message) const {
  if (!error) return write(level, nullptr, nullptr, message);
  try {
    std::rethrow_exception(std::move(error));
  } catch (const std::exception& thrown) {
    write(level, nullptr, &thrown, message);
  } catch (...) {
    constexpr std::string_view unknown = "something that is no std::exception was thrown";
    write(level, nullptr, nullptr, message ? message : &unknown);
  }
}

void Logger::writeFormatted(LogLevel level, std::string_view format, const LogArgument* arguments,
                            std::size_t count) const {
  const auto text = logging::formatMessage(format, arguments, count);
  const std::string_view message = text;
  write(level, nullptr, nullptr, &message);
}

void Logger::writeMembers(LogLevel level, std::string_view members, std::string_view message) const {
  const auto& options = core_->options;
  if (!rules_->changeNothing() || options.mixin || !options.nestedKey.empty()) {
    const auto fields = boost::json::parse("{" + std::string(members) + "}").as_object();
    return write(level, &fields, nullptr, &message);
  }
  LineBuffer buffer;
  auto& line = buffer.text();
  core_->appendStart(line, level);
  line += bindings_;
  if (!members.empty()) line += ',';
  line += members;
  rules_->appendMessage(line, *core_, message);
  core_->finish(line, level);
}

}  // namespace fastify
