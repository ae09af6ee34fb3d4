#include <fastify/cors.hpp>

#include "../../support/named_hook.hpp"
#include "../../support/route_config.hpp"
#include "vary.hpp"

#include <fastify/instance.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>

#include <re2/re2.h>

#include <map>
#include <mutex>
#include <shared_mutex>

namespace fastify::detail {
namespace {

using Entries = std::vector<CorsOrigin::Entry>;
using Function = std::shared_ptr<const CorsOrigin::Function>;

const Decorator<bool> preflightEnabled{"corsPreflightEnabled"};

/// The regular expressions that options name; compiled once, from any worker.
class Expressions {
 public:
  /// Throws FastifyError for a text that is no regular expression.
  const RE2& compiled(const std::string& text) {
    {
      std::shared_lock lock(mutex_);
      if (const auto known = known_.find(text); known != known_.end()) return *known->second;
    }
    RE2::Options quiet;
    quiet.set_log_errors(false);
    auto expression = std::make_unique<RE2>(text, quiet);
    if (!expression->ok()) throw FastifyError(500, "@fastify/cors: not a regular expression: " + text);
    std::unique_lock lock(mutex_);
    return *known_.try_emplace(text, std::move(expression)).first->second;
  }

 private:
  std::shared_mutex mutex_;
  std::map<std::string, std::unique_ptr<RE2>> known_;
};

struct Cors {
  CorsOptions options;
  bool dynamic = false;
  std::shared_ptr<Expressions> expressions;
};

bool allows(const Cors& cors, const Entries& entries, std::string_view origin) {
  for (const auto& entry : entries) {
    if (const auto* pattern = std::get_if<Pattern>(&entry.value())) {
      if (RE2::PartialMatch(origin, cors.expressions->compiled(pattern->expression))) return true;
    } else if (std::get<std::string>(entry.value()) == origin) {
      return true;
    }
  }
  return false;
}

bool hasStar(const Entries& entries) {
  for (const auto& entry : entries) {
    if (const auto* text = std::get_if<std::string>(&entry.value()); text && *text == "*") return true;
  }
  return false;
}

/// The value of Access-Control-Allow-Origin; absent when the origin is not allowed.
std::optional<std::string> allowedOrigin(const Cors& cors, const CorsOrigin& allowed,
                                         std::optional<std::string_view> origin) {
  if (const auto* fixed = std::get_if<std::string>(&allowed.value())) return *fixed;
  if (const auto* entries = std::get_if<Entries>(&allowed.value())) {
    if (hasStar(*entries)) return "*";
    if (!origin || origin->empty() || !allows(cors, *entries, *origin)) return std::nullopt;
  }
  if (!origin || origin->empty()) return std::nullopt;
  return std::string(*origin);
}

void addVary(Reply& reply, std::string_view name) {
  reply.header("vary", withVary(reply.getHeader("vary").value_or(""), name));
}

void addHeaders(const Cors& cors, const CorsOrigin& origin, Request& request, Reply& reply) {
  if (const auto allowed = allowedOrigin(cors, origin, request.headers()["origin"])) {
    reply.header("access-control-allow-origin", *allowed);
  }
  if (cors.options.credentials) reply.header("access-control-allow-credentials", "true");
  if (cors.options.exposedHeaders) reply.header("access-control-expose-headers", cors.options.exposedHeaders->text());
}

void addPreflightHeaders(const CorsOptions& options, Request& request, Reply& reply) {
  reply.header("access-control-allow-methods", options.methods.text());
  if (options.allowedHeaders) {
    reply.header("access-control-allow-headers", options.allowedHeaders->text());
  } else {
    addVary(reply, "Access-Control-Request-Headers");
    if (const auto wanted = request.headers()["access-control-request-headers"]) {
      reply.header("access-control-allow-headers", *wanted);
    }
  }
  if (options.maxAge) reply.header("access-control-max-age", std::to_string(*options.maxAge));
  if (!options.cacheControl) return;
  const auto* seconds = std::get_if<std::int64_t>(&*options.cacheControl);
  const auto text = seconds ? "max-age=" + std::to_string(*seconds) : std::get<std::string>(*options.cacheControl);
  if (!text.empty()) reply.header("cache-control", text);
}

/// The CORS headers of one request, and the answer to a preflight.
void respond(const Cors& cors, const CorsOrigin& origin, Request& request, Reply& reply) {
  if (const bool* on = std::get_if<bool>(&origin.value()); on && !*on) return;
  if (const auto* text = std::get_if<std::string>(&origin.value()); text && text->empty()) {
    throw FastifyError(500, "Invalid CORS origin option");
  }
  const auto& options = cors.options;
  addHeaders(cors, origin, request, reply);
  if (request.method() != "OPTIONS" || !options.preflight) return;
  const auto asked = [&](std::string_view name) { return !request.headers()[name].value_or("").empty(); };
  if (options.strictPreflight && !(asked("origin") && asked("access-control-request-method"))) {
    reply.code(400).header("content-type", "text/plain").send("Invalid Preflight Request");
    return;
  }
  request[preflightEnabled] = true;
  addPreflightHeaders(options, request, reply);
  // Safari waits for a body unless the length is 0.
  if (!options.preflightContinue) reply.code(options.optionsSuccessStatus).header("content-length", "0").send();
}

// What a route's `config.cors` changes: a line for each option.

CorsOrigin originFrom(const Json& value) {
  if (value.is_bool()) return value.get_bool();
  if (value.is_string()) return std::string(value.get_string());
  if (const auto* list = value.if_array()) {
    Entries entries;
    for (const auto& each : *list) entries.emplace_back(std::string(each.as_string()));
    return entries;
  }
  throw FastifyError(500, "Invalid CORS origin option");
}

CorsList listFrom(const Json& value) {
  if (value.is_string()) return std::string(value.get_string());
  std::vector<std::string> names;
  for (const auto& each : value.as_array()) names.emplace_back(each.as_string());
  return names;
}

std::optional<CorsList> optionalListFrom(const Json& value) {
  if (value.is_null()) return std::nullopt;
  return listFrom(value);
}

using Setter = void (*)(CorsOptions&, const Json&);
const std::map<std::string_view, Setter> setters{
    {"origin", [](CorsOptions& o, const Json& v) { o.origin = originFrom(v); }},
    {"methods", [](CorsOptions& o, const Json& v) { o.methods = listFrom(v); }},
    {"preflightContinue", [](CorsOptions& o, const Json& v) { o.preflightContinue = v.as_bool(); }},
    {"optionsSuccessStatus", [](CorsOptions& o, const Json& v) { o.optionsSuccessStatus = v.to_number<int>(); }},
    {"credentials", [](CorsOptions& o, const Json& v) { o.credentials = v.as_bool(); }},
    {"exposedHeaders", [](CorsOptions& o, const Json& v) { o.exposedHeaders = optionalListFrom(v); }},
    {"allowedHeaders", [](CorsOptions& o, const Json& v) { o.allowedHeaders = optionalListFrom(v); }},
    {"maxAge", [](CorsOptions& o, const Json& v) { o.maxAge = v.to_number<std::int64_t>(); }},
    {"cacheControl",
     [](CorsOptions& o, const Json& v) {
       if (v.is_string())
         o.cacheControl = std::string(v.get_string());
       else
         o.cacheControl = v.to_number<std::int64_t>();
     }},
    {"preflight", [](CorsOptions& o, const Json& v) { o.preflight = v.as_bool(); }},
    {"strictPreflight", [](CorsOptions& o, const Json& v) { o.strictPreflight = v.as_bool(); }},
};

Cors changedBy(Cors cors, const Json& config) {
  for (const auto& [name, value] : config.as_object()) {
    if (const auto setter = setters.find(name); setter != setters.end()) setter->second(cors.options, value);
  }
  return cors;
}

Task<> respondAs(Cors cors, Function function, Request& request, Reply& reply) {
  const auto origin = co_await (*function)(request.headers()["origin"].value_or(""));
  respond(cors, origin, request, reply);
}

Task<> handle(const Cors& common, Request& request, Reply& reply) {
  const auto* config = findRouteConfig(request, "cors");
  if (config && config->is_bool() && !config->get_bool()) return Task<>();
  std::optional<Cors> own;
  if (config && config->is_object()) own = changedBy(common, *config);
  const auto& cors = own ? *own : common;
  const auto& origin = cors.options.origin;
  const bool* on = std::get_if<bool>(&origin.value());
  const bool fixed = std::holds_alternative<std::string>(origin.value()) || (on && !*on);
  // Whatever is not fixed depends on who asks, and caches must know (Fetch standard, "CORS protocol and HTTP caches").
  if (!fixed || cors.dynamic) addVary(reply, "Origin");
  if (const auto* function = std::get_if<Function>(&origin.value())) return respondAs(cors, *function, request, reply);
  respond(cors, origin, request, reply);
  return Task<>();
}

Task<> handleDelegated(std::shared_ptr<const Cors> cors, Request& request, Reply& reply) {
  auto options = co_await cors->options.delegator(request);
  options.delegator = nullptr;
  const Cors chosen{std::move(options), true, cors->expressions};
  if (auto task = handle(chosen, request, reply); task.valid()) co_await task;
}

void compileExpressions(const CorsOptions& options, Expressions& expressions) {
  const auto* entries = std::get_if<Entries>(&options.origin.value());
  if (!entries) return;
  for (const auto& entry : *entries) {
    if (const auto* pattern = std::get_if<Pattern>(&entry.value())) expressions.compiled(pattern->expression);
  }
}

}  // namespace

Task<> startCors(Fastify& instance, const CorsOptions& options) {
  auto cors = std::make_shared<const Cors>(Cors{options, false, std::make_shared<Expressions>()});
  compileExpressions(options, *cors->expressions);
  if (const auto* entries = std::get_if<Entries>(&options.origin.value()); entries && hasStar(*entries)) {
    auto starred = *cors;
    starred.options.origin = "*";
    cors = std::make_shared<const Cors>(std::move(starred));
  }
  instance.decorateRequest(preflightEnabled, false);
  auto hook = [cors](Request& request, Reply& reply) -> Task<> {
    return cors->options.delegator ? handleDelegated(cors, request, reply) : handle(*cors, request, reply);
  };
  if (!addNamedHook(instance, options.hook, std::move(hook))) {
    throw FastifyError(500, "@fastify/cors: Invalid hook option provided.");
  }
  // The hook answers preflights; this route only makes the router take them, so that hooks run at all.
  RouteOptions route{.logLevel = options.logLevel};
  route.schema.documentation["hide"] = options.hideOptionsRoute;
  instance.options("*", std::move(route), [](Request& request, Reply& reply) {
    if (request[preflightEnabled])
      reply.send();
    else
      reply.callNotFound();
  });
  return Task<>();
}

}  // namespace fastify::detail
