#include <fastify/error.hpp>
#include <fastify/logger.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace fastify {
namespace {

using testing::ElementsAre;

// Lines without their line ends. `time`, pid and hostname are left out unless a test asks for them.
class Lines {
 public:
  LoggerOptions options(LoggerOptions given = {}) {
    given.destination = [this](std::string_view line) {
      ASSERT_TRUE(line.ends_with('\n'));
      line.remove_suffix(1);
      lines.emplace_back(line);
    };
    if (!given.base) given.base.emplace();
    if (!given.millisecondsSinceEpoch) given.timestamp = LogTimestamp::None;
    return given;
  }
  Logger logger(LoggerOptions given = {}) { return Logger(options(std::move(given))); }

  std::vector<std::string> lines;
};

TEST(Logger, a_line_has_level_time_pid_hostname_fields_and_message_in_this_order) {
  Lines out;
  auto options = out.options();
  options.base.reset();
  options.timestamp = LogTimestamp::Milliseconds;
  options.millisecondsSinceEpoch = [] { return 1709210096007; };
  Logger(options).child("reqId", "req-1").info({{"extra", 1}}, "with \"object\"");
  ASSERT_EQ(out.lines.size(), 1U);
  const auto line = boost::json::parse(out.lines[0]).as_object();
  std::vector<std::string> keys;
  for (const auto& member : line) keys.emplace_back(member.key());
  EXPECT_THAT(keys, ElementsAre("level", "time", "pid", "hostname", "reqId", "extra", "msg"));
  EXPECT_TRUE(out.lines[0].starts_with(R"({"level":30,"time":1709210096007,"pid":)"));
  EXPECT_TRUE(out.lines[0].ends_with(R"("reqId":"req-1","extra":1,"msg":"with \"object\""})"));
}

TEST(Logger, every_level_has_its_number_and_lower_ones_are_hidden) {
  Lines out;
  const auto log = out.logger();
  log.trace("t");
  log.debug("d");
  log.info("i");
  log.warn("w");
  log.error("e");
  log.fatal("f");
  EXPECT_THAT(out.lines, ElementsAre(R"({"level":30,"msg":"i"})", R"({"level":40,"msg":"w"})",
                                     R"({"level":50,"msg":"e"})", R"({"level":60,"msg":"f"})"));
}

TEST(Logger, silent_hides_all_and_a_level_can_change) {
  Lines out;
  auto log = out.logger({.level = "silent"});
  log.fatal("hidden");
  EXPECT_FALSE(log.isLevelEnabled(LogLevel::Fatal));
  log.setLevel("debug");
  log.debug("shown");
  log.log(LogLevel::Silent, "never");
  EXPECT_EQ(log.level(), LogLevel::Debug);
  EXPECT_THAT(out.lines, ElementsAre(R"({"level":20,"msg":"shown"})"));
}

TEST(Logger, made_without_options_it_does_nothing) {
  Logger log;
  log.setLevel(LogLevel::Info);
  log.fatal("nowhere");
  log.child({{"a", 1}}).fatal({{"b", 1}}, "nowhere");
  log.child("a", "b").fatal(std::runtime_error("nowhere"));
  log.flush();
  EXPECT_FALSE(log.isLevelEnabled(LogLevel::Fatal));
  EXPECT_TRUE(log.bindings().empty());
}

TEST(Logger, unknown_levels_are_refused) {
  EXPECT_THROW(Logger({.level = "nope"}), std::invalid_argument);
  Lines out;
  EXPECT_THROW(out.logger().child(JsonObject(), {.level = "nope"}), std::invalid_argument);
  EXPECT_EQ(findLogLevel("warn"), LogLevel::Warn);
  EXPECT_EQ(findLogLevel("Warn"), std::nullopt);
  EXPECT_EQ(nameOf(LogLevel::Silent), "silent");
}

TEST(Logger, message_is_left_out_only_when_none_is_given) {
  Lines out;
  const auto log = out.logger();
  log.info({{"a", 1}});
  log.info({{"a", 1}}, "");
  log.info(JsonObject{});
  log.info({{"msg", "in fields"}}, "x");
  EXPECT_THAT(out.lines, ElementsAre(R"({"level":30,"a":1})", R"({"level":30,"a":1,"msg":""})", R"({"level":30})",
                                     R"({"level":30,"msg":"in fields","msg":"x"})"));
}

TEST(Logger, arguments_stand_where_the_braces_are) {
  Lines out;
  const auto log = out.logger();
  const Json json{{"b", 1}};
  log.info("fmt {} {} {} {}", "a", 2, json, true);
  log.info("{:>4}|{:.2f}|{}", 7, 1.5, std::string("text"));
  log.info("no arguments: {}");
  log.info("too few {} {}", 1);
  EXPECT_EQ(out.lines[0], R"({"level":30,"msg":"fmt a 2 {\"b\":1} true"})");
  EXPECT_EQ(out.lines[1], R"({"level":30,"msg":"   7|1.50|text"})");
  EXPECT_EQ(out.lines[2], R"({"level":30,"msg":"no arguments: {}"})");
  EXPECT_EQ(out.lines[3], R"x({"level":30,"msg":"too few {} {} (bad format: argument not found)"})x");
}

TEST(Logger, an_error_is_shown_as_err_and_gives_the_message) {
  Lines out;
  const auto log = out.logger();
  FastifyError error;
  error.message = "client side";
  error.statusCode = 404;
  log.error(error);
  log.error(error, "m");
  log.info({{"res", {{"statusCode", 404}}}}, error);
  EXPECT_THAT(
      out.lines,
      ElementsAre(R"({"level":50,"err":{"type":"Error","message":"client side","statusCode":404},"msg":"client side"})",
                  R"({"level":50,"err":{"type":"Error","message":"client side","statusCode":404},"msg":"m"})",
                  R"({"level":30,"res":{"statusCode":404},"err":{"type":"Error","message":"client side",)"
                  R"("statusCode":404},"msg":"client side"})"));
}

TEST(Logger, what_was_thrown_is_shown_with_its_type) {
  Lines out;
  const auto log = out.logger();
  log.error(std::make_exception_ptr(std::out_of_range("too far")));
  log.error(std::make_exception_ptr(42));
  log.error(std::exception_ptr(), "none");
  EXPECT_THAT(out.lines,
              ElementsAre(R"({"level":50,"err":{"type":"std::out_of_range","message":"too far"},"msg":"too far"})",
                          R"({"level":50,"msg":"something that is no std::exception was thrown"})",
                          R"({"level":50,"msg":"none"})"));
}

TEST(Logger, children_add_their_fields) {
  Lines out;
  const auto log = out.logger({.name = "app"});
  const auto child = log.child({{"a", 1}, {"c", {{"d", 1}}}}).child("e", "x\"y");
  child.info({{"f", 1}}, "m");
  EXPECT_THAT(out.lines, ElementsAre(R"({"level":30,"name":"app","a":1,"c":{"d":1},"e":"x\"y","f":1,"msg":"m"})"));
  EXPECT_EQ(child.bindings(), (JsonObject{{"a", 1}, {"c", {{"d", 1}}}, {"e", "x\"y"}}));
  EXPECT_TRUE(log.bindings().empty());
}

TEST(Logger, a_childs_level_is_its_own) {
  Lines out;
  auto log = out.logger();
  const auto child = log.child(JsonObject(), {.level = "error"});
  log.setLevel(LogLevel::Debug);
  child.warn("hidden");
  child.error("shown");
  EXPECT_THAT(out.lines, ElementsAre(R"({"level":50,"msg":"shown"})"));
}

TEST(Logger, serializers_change_fields_and_bindings) {
  Lines out;
  const auto log = out.logger(
      {.serializers = {{"user", [](const Json& user) { return Json("U:" + std::string(user.as_string())); }}}});
  log.info({{"user", "u1"}, {"other", 2}}, "serialized");
  log.child({{"user", "u2"}}).info("bound");
  log.child("user", "u3").info("bound");
  log.child(JsonObject(), {.serializers = {{"w", [](const Json&) { return Json("W"); }}}})
      .info({{"user", "u4"}, {"w", 1}});
  log.info({{"user", 5}}, "kept");
  EXPECT_TRUE(log.hasSerializer("user"));
  EXPECT_FALSE(log.hasSerializer("w"));
  EXPECT_EQ(out.lines[0], R"({"level":30,"user":"U:u1","other":2,"msg":"serialized"})");
  EXPECT_EQ(out.lines[1], R"({"level":30,"user":"U:u2","msg":"bound"})");
  EXPECT_EQ(out.lines[2], R"({"level":30,"user":"U:u3","msg":"bound"})");
  EXPECT_EQ(out.lines[3], R"({"level":30,"user":"U:u4","w":"W"})");
  EXPECT_TRUE(out.lines[4].starts_with(R"({"level":30,"user":"[serializer failed: )")) << out.lines[4];
}

TEST(Logger, a_serializer_may_log) {
  Lines out;
  Logger inner = out.logger();
  const auto log = inner.child(JsonObject(), {.serializers = {{"x", [&inner](const Json& x) {
                                                                 inner.info("inside");
                                                                 return x;
                                                               }}}});
  log.info({{"x", 1}}, "outside");
  EXPECT_THAT(out.lines, ElementsAre(R"({"level":30,"msg":"inside"})", R"({"level":30,"x":1,"msg":"outside"})"));
}

TEST(Logger, redaction_hides_fields_bindings_errors_and_the_message) {
  Lines out;
  const auto log = out.logger({.redact = {"pw", "c.pw", "err.token", "req.headers.authorization"}});
  log.child({{"pw", 1}, {"c", {{"pw", 2}}}}).info({{"pw", 2}}, "m");
  FastifyError error;
  error.message = "x";
  error.properties["token"] = "secret";
  log.error(error);
  log.logText(LogLevel::Info, R"("req":{"headers":{"authorization":"Bearer x"}})", "incoming request");
  log.child(JsonObject(), {.redact = {"q"}}).info({{"pw", 1}, {"q", 1}});
  out.logger({.redact = {"msg"}}).info("secret");
  EXPECT_THAT(out.lines,
              ElementsAre(R"({"level":30,"pw":"[Redacted]","c":{"pw":"[Redacted]"},"pw":"[Redacted]","msg":"m"})",
                          R"({"level":50,"err":{"type":"Error","message":"x","token":"[Redacted]"},"msg":"x"})",
                          R"({"level":30,"req":{"headers":{"authorization":"[Redacted]"}},"msg":"incoming request"})",
                          R"({"level":30,"pw":"[Redacted]","q":"[Redacted]"})", R"({"level":30,"msg":"[Redacted]"})"));
}

TEST(Logger, options_shape_the_line) {
  Lines out;
  out.logger({.levelLabels = true, .messageKey = "message", .errorKey = "error"}).error(std::runtime_error("q"));
  out.logger({.nestedKey = "payload"}).child({{"z", 1}}).info({{"a", 1}}, "m");
  out.logger({.nestedKey = "payload"}).info("m");
  out.logger({.msgPrefix = "[p] "}).child(JsonObject(), {.msgPrefix = "q "}).info("x");
  out.logger({.mixin = [] { return JsonObject{{"m", 1}}; }}).info({{"a", 1}}, "x");
  out.logger({.base = JsonObject{{"b", 1}}}).info("x");
  const auto at = [](std::int64_t time) { return [time] { return time; }; };
  out.logger({.timestamp = LogTimestamp::Iso, .millisecondsSinceEpoch = at(1709210096007)}).info("x");
  out.logger({.timestamp = LogTimestamp::Seconds, .millisecondsSinceEpoch = at(1709210096507)}).info("x");
  EXPECT_THAT(
      out.lines,
      ElementsAre(R"({"level":"error","error":{"type":"std::runtime_error","message":"q"},"message":"q"})",
                  R"({"level":30,"z":1,"payload":{"a":1},"msg":"m"})", R"({"level":30,"msg":"m"})",
                  R"({"level":30,"msg":"[p] q x"})", R"({"level":30,"m":1,"a":1,"msg":"x"})",
                  R"({"level":30,"b":1,"msg":"x"})", R"({"level":30,"time":"2024-02-29T12:34:56.007Z","msg":"x"})",
                  R"({"level":30,"time":1709210097,"msg":"x"})"));
}

TEST(Logger, ready_members_are_written_as_they_are) {
  Lines out;
  const auto log = out.logger().child("reqId", "req-1");
  log.logText(LogLevel::Info, R"("res":{"statusCode":200},"responseTime":0.5)", "request completed");
  log.logText(LogLevel::Info, "", "bare");
  log.logText(LogLevel::Debug, "", "hidden");
  EXPECT_THAT(
      out.lines,
      ElementsAre(
          R"({"level":30,"reqId":"req-1","res":{"statusCode":200},"responseTime":0.5,"msg":"request completed"})",
          R"({"level":30,"reqId":"req-1","msg":"bare"})"));
}

TEST(Logger, copies_and_moves_keep_writing) {
  Lines out;
  auto log = out.logger();
  Logger copy = log;
  Logger moved = std::move(log);
  Logger assigned;
  assigned = copy;
  copy = std::move(moved);
  assigned.info("a");
  copy.info("b");
  EXPECT_THAT(out.lines, ElementsAre(R"({"level":30,"msg":"a"})", R"({"level":30,"msg":"b"})"));
}

}  // namespace
}  // namespace fastify
