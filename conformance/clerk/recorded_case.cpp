#include "recorded_case.hpp"

#include <ecmascript/date.hpp>
#include <ecmascript/json_text.hpp>
#include <ecmascript/text.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace conformance {
namespace {

/// The file's writer escapes surrogates only when they are lone; Boost.JSON takes them as bytes alone.
std::string withSurrogateBytes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 >= text.size()) {
      out += text[i];
    } else if (text.substr(i + 1, 2) == "ud" && text[i + 3] >= '8') {
      ecmascript::appendCodePoint(out,
                                  static_cast<char32_t>(std::stoul(std::string(text.substr(i + 2, 4)), nullptr, 16)));
      i += 5;
    } else {
      out += text.substr(i++, 2);
    }
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return result;
}

std::string pathOf(const std::string& url) {
  const auto host = url.find("://") + 3;
  const auto path = url.find('/', host);
  const auto end = url.find_first_of("?#", path);
  return url.substr(path, end == std::string::npos ? end : end - path);
}

json::value bodyOf(const fetch::Request& request) {
  if (request.body.empty()) return nullptr;
  boost::system::error_code failed;
  json::parse_options options;
  options.allow_invalid_utf8 = true;
  options.max_depth = 200;
  auto value = json::parse(withSurrogateBytes(request.body), failed, {}, options);
  return failed ? json::value(request.body) : value;
}

fetch::Headers headersOf(const json::object& route) {
  fetch::Headers headers;
  const auto* given = route.if_contains("headers");
  if (!given) return {{"content-type", "application/json"}};
  if (given->is_array()) {
    for (const auto& pair : given->get_array()) headers.emplace_back(pair.at(0).as_string(), pair.at(1).as_string());
  } else {
    for (const auto& [name, value] : given->get_object()) headers.emplace_back(name, value.as_string());
  }
  return headers;
}

}  // namespace

CaseFile CaseFile::load(const std::string& path) {
  std::ifstream input(path);
  if (!input) throw std::runtime_error("cannot read " + path);
  const std::string text{std::istreambuf_iterator<char>(input), {}};
  json::parse_options options;
  options.allow_invalid_utf8 = true;
  options.max_depth = 200;
  return {json::parse(withSurrogateBytes(text), {}, options).as_object()};
}

World::World(Mode how) : mode(how) {
  runtime = std::make_shared<clerk::Runtime>(clerk::RuntimeHooks{
      .now = [this] { return std::chrono::system_clock::time_point(std::chrono::milliseconds(now)); },
      .sleep = [this](std::chrono::milliseconds duration) -> async::Task<> {
        sleeps.push_back(duration.count());
        co_return;
      },
      .random = [] { return 0.0; },
      .fetch = [this](fetch::Request request) { return answer(std::move(request)); },
      .environment = [this](std::string_view name) -> std::optional<std::string> {
        const auto* value = environment.if_contains(name);
        if (!value) return {};
        return std::string(value->as_string());
      },
      .log =
          [this](clerk::LogLevel level, std::string_view text) {
            const char* name = level == clerk::LogLevel::Info   ? "log"
                               : level == clerk::LogLevel::Warn ? "warn"
                                                                : "error";
            console.push_back(json::array{name, text});
          }});
}

void World::setRoutes(const json::array& list) {
  routes = list;
  used.assign(list.size(), false);
}

clerk::KeySetPolicy World::keySetPolicy() const {
  if (mode == Mode::Product) return {};
  return {.staleWhileRevalidate = false, .cooldown = std::chrono::milliseconds(0)};
}

async::Task<fetch::Response> World::answer(fetch::Request request) {
  json::object headers;
  for (const auto& [name, value] : request.headers) headers[lower(name)] = value;
  requests.push_back(
      json::object{{"method", request.method}, {"url", request.url}, {"headers", headers}, {"body", bodyOf(request)}});
  const auto path = pathOf(request.url);
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const auto& route = routes[i].as_object();
    if (used[i] || textOf(route, "method", "GET") != request.method || textOf(route, "path") != path) continue;
    if (flagOf(route, "once")) used[i] = true;
    if (const auto* error = route.if_contains("networkError")) {
      throw fetch::Error(fetch::ErrorCode::Protocol, std::string(error->as_string()));
    }
    fetch::Response response{
        .status = static_cast<int>(route.if_contains("status") ? route.at("status").to_number<int>() : 200),
        .statusText = textOf(route, "statusText"),
        .headers = headersOf(route)};
    if (const auto* body = route.if_contains("body")) response.body = ecmascript::stringify(*body);
    if (const auto* text = route.if_contains("bodyText")) response.body = std::string(text->as_string());
    // The recorder's answers with a body have a content type, named or not.
    if ((route.contains("body") || route.contains("bodyText")) && !response.header("content-type"))
      response.headers.emplace_back("content-type", "text/plain;charset=UTF-8");
    co_return response;
  }
  throw fetch::Error(fetch::ErrorCode::Connect, "fetch failed");
}

json::object describe(std::exception_ptr error) {
  try {
    std::rethrow_exception(error);
  } catch (const clerk::TokenVerificationError& e) {
    json::object out{{"class", "TokenVerificationError"}, {"message", e.what()}, {"reason", e.reason}};
    if (!e.action.empty()) out["action"] = e.action;
    if (!e.tokenCarrier.empty()) out["tokenCarrier"] = e.tokenCarrier;
    return out;
  } catch (const clerk::MachineTokenVerificationError& e) {
    json::object out{{"class", "MachineTokenVerificationError"}, {"message", e.what()}, {"code", e.code}};
    if (e.status) out["status"] = *e.status;
    return out;
  } catch (const clerk::ClerkAPIResponseError& e) {
    json::object out{{"class", "ClerkAPIResponseError"}, {"message", e.what()}, {"code", e.code}};
    if (e.status) out["status"] = *e.status;
    out["clerkTraceId"] = e.clerkTraceId;
    if (e.retryAfter) out["retryAfter"] = *e.retryAfter;
    json::array errors;
    for (const auto& item : e.errors) errors.push_back(item.toJson());
    out["errors"] = errors;
    return out;
  } catch (const std::exception& e) {
    return {{"class", "Error"}, {"message", e.what()}};
  }
}

std::string textOf(const json::object& object, std::string_view name, std::string_view fallback) {
  const auto* value = object.if_contains(name);
  return std::string(value && value->is_string() ? std::string_view(value->get_string()) : fallback);
}

bool flagOf(const json::object& object, std::string_view name, bool fallback) {
  const auto* value = object.if_contains(name);
  return value && value->is_bool() ? value->get_bool() : fallback;
}

std::vector<std::string> textsOf(const json::object& object, std::string_view name) {
  std::vector<std::string> texts;
  const auto* value = object.if_contains(name);
  if (!value) return texts;
  if (value->is_string()) return {std::string(value->get_string())};
  if (value->is_array()) {
    for (const auto& item : value->get_array()) texts.emplace_back(item.as_string());
  }
  return texts;
}

json::value member(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value ? *value : json::value(nullptr);
}

clerk::AcceptsToken acceptsTokenOf(const json::value* value) {
  if (!value) return clerk::TokenType::SessionToken;
  if (value->is_string()) return std::string(value->get_string());
  std::vector<std::string> types;
  for (const auto& item : value->as_array()) types.emplace_back(item.as_string());
  return types;
}

clerk::AuthenticateRequestOptions requestOptionsOf(const json::object& client, const json::object& options,
                                                   const World& world) {
  // Of some options the client's count when the request gives none; the others are the request's alone.
  auto inherited = [&](std::string_view name) {
    auto text = textOf(options, name);
    return text.empty() ? textOf(client, name) : text;
  };
  clerk::AuthenticateRequestOptions out;
  out.secretKey = inherited("secretKey");
  out.machineSecretKey = inherited("machineSecretKey");
  out.publishableKey = inherited("publishableKey");
  out.jwtKey = inherited("jwtKey");
  out.apiUrl = textOf(client, "apiUrl");
  out.apiVersion = textOf(client, "apiVersion", "v1");
  out.proxyUrl = inherited("proxyUrl");
  out.domain = inherited("domain");
  out.isSatellite = flagOf(options, "isSatellite") || flagOf(client, "isSatellite");
  out.satelliteAutoSync = flagOf(options, "satelliteAutoSync");
  out.signInUrl = textOf(options, "signInUrl");
  out.signUpUrl = textOf(options, "signUpUrl");
  out.afterSignInUrl = textOf(options, "afterSignInUrl");
  out.afterSignUpUrl = textOf(options, "afterSignUpUrl");
  out.audience = options.contains("audience") ? textsOf(options, "audience") : textsOf(client, "audience");
  out.authorizedParties = textsOf(options, "authorizedParties");
  out.issuer = textsOf(options, "issuer");
  if (const auto* skew = options.if_contains("clockSkewInMs"))
    out.clockSkew = std::chrono::milliseconds(skew->to_number<std::int64_t>());
  out.acceptsToken = acceptsTokenOf(options.if_contains("acceptsToken"));
  if (const auto* sync = options.if_contains("organizationSyncOptions")) {
    out.organizationSyncOptions = {textsOf(sync->as_object(), "organizationPatterns"),
                                   textsOf(sync->as_object(), "personalAccountPatterns")};
  }
  out.requireInstanceIssuer = world.mode == Mode::Product;
  out.keySetPolicy = world.keySetPolicy();
  out.strictness = world.strictness();
  out.runtime = world.runtime;
  return out;
}

}  // namespace conformance
