#include "recorded_case.hpp"

#include <clerk/keys.hpp>
#include <clerk/redirect.hpp>
#include <ecmascript/json_text.hpp>

#include <functional>

namespace conformance {
namespace {

/// Runs `body` and puts its result or its exception into an outcome.
Outcome guarded(const std::function<json::value()>& body) {
  try {
    return {{"ok", body()}};
  } catch (...) {
    return {{"throws", describe(std::current_exception())}};
  }
}

template <class T>
T finished(async::Task<T> task) {
  if (!task.ready()) throw std::runtime_error("the task waits for something that this program does not give");
  return task.take();
}

json::object objectOf(const json::object& recorded, std::string_view name) {
  const auto* value = recorded.if_contains(name);
  return value && value->is_object() ? value->get_object() : json::object();
}

std::vector<std::pair<std::string, std::string>> headersOf(const json::object& request) {
  std::vector<std::pair<std::string, std::string>> headers;
  if (const auto* list = request.if_contains("headers")) {
    for (const auto& pair : list->as_array()) {
      // The recorder's header layer trims values.
      std::string value(pair.at(1).as_string());
      while (value.ends_with(' ') || value.ends_with('\t')) value.pop_back();
      while (value.starts_with(' ') || value.starts_with('\t')) value.erase(0, 1);
      headers.emplace_back(pair.at(0).as_string(), value);
    }
  }
  return headers;
}

// --- keys ------------------------------------------------------------------------------------------------------------

json::value keyOf(const std::optional<clerk::PublishableKey>& key) {
  if (!key) return nullptr;
  return {{"instanceType", key->instanceType == clerk::InstanceType::Production ? "production" : "development"},
          {"frontendApi", key->frontendApi}};
}

json::value keyFunction(const json::object& recorded) {
  const auto name = textOf(recorded, "name");
  const auto& arguments = recorded.at("args").as_array();
  const std::string first(arguments.empty() ? std::string_view() : std::string_view(arguments.at(0).as_string()));
  const auto options = arguments.size() > 1 && arguments[1].is_object() ? arguments[1].get_object() : json::object();
  if (name == "parsePublishableKey") {
    const auto domain = textOf(options, "domain"), proxyUrl = textOf(options, "proxyUrl");
    const clerk::ParsePublishableKeyOptions how{proxyUrl, domain, flagOf(options, "isSatellite")};
    return keyOf(flagOf(options, "fatal") ? clerk::requirePublishableKey(first, how)
                                          : clerk::parsePublishableKey(first, how));
  }
  if (name == "publishableKeyFromHost") {
    return json::value(
        clerk::publishableKeyFromHost(first, arguments.size() > 1 ? std::string_view(arguments[1].as_string()) : ""));
  }
  if (name == "stripTrailingSlashes") {
    auto text = first;
    while (text.ends_with('/')) text.pop_back();
    return json::value(text);
  }
  const std::map<std::string, std::function<json::value(const std::string&)>> functions{
      {"isPublishableKey", [](const auto& key) { return clerk::isPublishableKey(key); }},
      {"getCookieSuffix", [](const auto& key) { return json::value(clerk::getCookieSuffix(key)); }},
      {"isDevelopmentFromPublishableKey", [](const auto& key) { return clerk::isDevelopmentFromPublishableKey(key); }},
      {"isProductionFromPublishableKey", [](const auto& key) { return clerk::isProductionFromPublishableKey(key); }},
      {"isDevelopmentFromSecretKey", [](const auto& key) { return clerk::isDevelopmentFromSecretKey(key); }},
      {"isProductionFromSecretKey", [](const auto& key) { return clerk::isProductionFromSecretKey(key); }},
      {"buildPublishableKey", [](const auto& host) { return json::value(clerk::buildPublishableKey(host)); }},
      {"apiUrlFromPublishableKey", [](const auto& key) { return json::value(clerk::apiUrlFromPublishableKey(key)); }},
      {"fapiUrlFromPublishableKey", [](const auto& key) { return json::value(clerk::fapiUrlFromPublishableKey(key)); }},
      {"buildAccountsBaseUrl", [](const auto& host) { return json::value(clerk::buildAccountsBaseUrl(host)); }},
  };
  return functions.at(name)(first);
}

json::value createRedirect(const json::object& recorded) {
  const auto params = objectOf(recorded, "params");
  const auto argument = objectOf(recorded, "arg");
  const clerk::RedirectOptions options{textOf(params, "baseUrl"),         textOf(params, "publishableKey"),
                                       textOf(params, "devBrowserToken"), textOf(params, "signInUrl"),
                                       textOf(params, "signUpUrl"),       textOf(params, "sessionStatus"),
                                       flagOf(params, "isSatellite")};
  const auto back = textOf(argument, "returnBackUrl");
  return json::value(textOf(recorded, "method") == "redirectToSignUp" ? clerk::redirectToSignUp(options, back)
                                                                      : clerk::redirectToSignIn(options, back));
}

// --- tokens ----------------------------------------------------------------------------------------------------------

json::value verifyToken(const json::object& recorded, World& world) {
  const auto options = objectOf(recorded, "options");
  clerk::VerifyTokenOptions how;
  how.jwtKey = textOf(options, "jwtKey");
  how.secretKey = textOf(options, "secretKey");
  how.apiUrl = textOf(options, "apiUrl", how.apiUrl);
  how.apiVersion = textOf(options, "apiVersion", how.apiVersion);
  how.skipJwksCache = flagOf(options, "skipJwksCache");
  how.audience = textsOf(options, "audience");
  how.authorizedParties = textsOf(options, "authorizedParties");
  how.issuer = textsOf(options, "issuer");
  how.headerType = textsOf(options, "headerType");
  if (const auto* skew = options.if_contains("clockSkewInMs"))
    how.clockSkew = std::chrono::milliseconds(skew->to_number<std::int64_t>());
  how.keySetPolicy = world.keySetPolicy();
  how.strictness = world.strictness();
  how.runtime = world.runtime;
  return finished(clerk::verifyToken(textOf(recorded, "token"), how)).json();
}

json::value decodeJwt(const json::object& recorded, World& world) {
  const auto jwt = clerk::decodeJwt(textOf(recorded, "token"), world.strictness());
  std::string hex;
  for (unsigned char byte : jwt.signature) {
    constexpr std::string_view digits = "0123456789abcdef";
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return {{"header", jwt.header},
          {"payload", jwt.payload},
          {"signatureHex", hex},
          {"signatureLength", jwt.signature.size()}};
}

json::value signJwt(const CaseFile& file, const json::object& recorded, World& world) {
  const auto options = objectOf(recorded, "options");
  clerk::SignJwtOptions how{.algorithm = textOf(options, "algorithm"), .runtime = world.runtime};
  if (options.contains("header")) how.header = options.at("header").as_object();
  const auto& key = file.keys().at(textOf(recorded, "key")).at("privateJwk").as_object();
  return json::value(clerk::signJwt(objectOf(recorded, "payload"), key, how));
}

// --- requests --------------------------------------------------------------------------------------------------------

json::value nullIfEmpty(const std::string& text, bool isNull) {
  return isNull ? json::value(nullptr) : json::value(text);
}

Outcome authenticateRequest(const json::object& recorded, World& world) {
  const auto request = objectOf(recorded, "request");
  const clerk::HeaderList headers(headersOf(request));
  const auto method = textOf(request, "method", "GET"), url = textOf(request, "url");
  const clerk::RequestView view{.method = method, .url = url, .headers = headers};
  Outcome outcome;
  try {
    const auto state = finished(clerk::authenticateRequest(
        view, requestOptionsOf(objectOf(recorded, "clientOptions"), objectOf(recorded, "options"), world)));
    const bool in = state.isSignedIn();
    json::array list;
    for (const auto& [name, value] : state.headers) list.push_back(json::array{name, value});
    outcome = {{"status", clerk::toString(state.status)},
               {"reason", nullIfEmpty(state.reason, in)},
               {"message", nullIfEmpty(state.message, in)},
               {"isSignedIn", in},
               {"isAuthenticated", in},
               {"tokenType", state.tokenType ? json::value(clerk::toString(*state.tokenType)) : json::value(nullptr)},
               {"token", state.token ? json::value(*state.token) : json::value(nullptr)},
               {"headers", list},
               {"proxyUrl", state.proxyUrl},
               {"publishableKey", state.publishableKey},
               {"isSatellite", state.isSatellite},
               {"domain", state.domain},
               {"signInUrl", state.signInUrl},
               {"signUpUrl", state.signUpUrl},
               {"afterSignInUrl", state.afterSignInUrl},
               {"afterSignUpUrl", state.afterSignUpUrl}};
    const auto toAuth = objectOf(recorded, "toAuthOptions");
    addAuth(outcome, recorded, state.toAuth({flagOf(toAuth, "treatPendingAsSignedOut", true)}));
  } catch (...) {
    outcome = {{"throws", describe(std::current_exception())}};
  }
  return outcome;
}

Outcome clerkRequest(const json::object& recorded) {
  const auto request = objectOf(recorded, "request");
  const clerk::HeaderList headers(headersOf(request));
  const auto url = textOf(request, "url");
  json::object cookies;
  for (const auto& [name, value] : clerk::parseCookies(headers.get("cookie").value_or(""))) cookies[name] = value;
  return {{"clerkUrl", clerk::effectiveUrl({.url = url, .headers = headers})},
          {"cookies", cookies},
          {"method", textOf(request, "method", "GET")}};
}

// --- auth objects ----------------------------------------------------------------------------------------------------

clerk::AuthObjectOptions authOptionsOf(const json::object& recorded, World& world, const char* token) {
  const auto options = objectOf(recorded, "options");
  clerk::AuthObjectOptions out;
  out.token = token;
  out.treatPendingAsSignedOut = flagOf(options, "treatPendingAsSignedOut", true);
  out.request = requestOptionsOf(options, options, world);
  auto optional = [&](std::string_view name) {
    const auto text = textOf(options, name);
    return text.empty() ? std::optional<std::string>() : text;
  };
  out.tokenInHeader = optional("tokenInHeader");
  out.sessionTokenInCookie = optional("sessionTokenInCookie");
  out.refreshTokenInCookie = optional("refreshTokenInCookie");
  out.devBrowserToken = optional("devBrowserToken");
  out.handshakeToken = optional("handshakeToken");
  return out;
}

Outcome authFromClaims(const json::object& recorded, World& world) {
  Outcome outcome;
  try {
    addAuth(outcome, recorded,
            clerk::sessionAuthObject(objectOf(recorded, "claims"), authOptionsOf(recorded, world, "TOKEN")));
  } catch (...) {
    outcome = {{"throws", describe(std::current_exception())}};
  }
  return outcome;
}

Outcome acceptedToken(const json::object& recorded, World& world) {
  const auto machine = objectOf(recorded, "machine");
  const auto options = authOptionsOf(recorded, world, machine.empty() ? "TOKEN" : "TOK");
  const auto auth = machine.empty() ? clerk::sessionAuthObject(objectOf(recorded, "claims"), options)
                                    : clerk::machineAuthObject(*clerk::tokenTypeOf(textOf(machine, "tokenType")),
                                                               objectOf(machine, "data"), options);
  Outcome outcome;
  addAuth(outcome, recorded,
          clerk::getAuthObjectForAcceptedToken(auth, acceptsTokenOf(recorded.if_contains("acceptsToken"))));
  return outcome;
}

json::value verifyWebhook(const json::object& recorded, World& world) {
  const auto request = objectOf(recorded, "request");
  const clerk::HeaderList headers(headersOf(request));
  const auto options = objectOf(recorded, "options");
  clerk::VerifyWebhookOptions how{.runtime = world.runtime};
  if (options.contains("signingSecret") && options.at("signingSecret").is_string())
    how.signingSecret = textOf(options, "signingSecret");
  return clerk::verifyWebhook(headers, textOf(request, "body"), how);
}

}  // namespace

void addAuth(Outcome& outcome, const json::object& recorded, const std::optional<clerk::Auth>& auth) {
  outcome["auth"] = auth ? auth->toJson() : json::value(nullptr);
  if (!auth) return;
  if (const auto* questions = recorded.if_contains("has")) {
    json::array answers;
    for (const auto& question : questions->as_array()) answers.push_back(auth->has(question.as_object()));
    outcome["has"] = answers;
  }
  if (const auto* calls = recorded.if_contains("getToken")) {
    json::array tokens;
    for (const auto& call : calls->as_array()) {
      clerk::GetTokenOptions options;
      if (call.is_object()) {
        options.template_ = textOf(call.get_object(), "template");
        if (const auto* seconds = call.get_object().if_contains("expiresInSeconds"))
          options.expiresInSeconds = seconds->to_number<double>();
      }
      try {
        const auto token = finished(auth->getToken(options));
        tokens.push_back(token ? json::value(*token) : json::value(nullptr));
      } catch (...) {
        tokens.push_back(json::object{{"throws", describe(std::current_exception())}});
      }
    }
    outcome["getToken"] = tokens;
  }
  if (const auto* names = recorded.if_contains("debugKeys")) {
    const auto debug = auth->debug();
    json::object shown;
    for (const auto& name : names->as_array()) {
      if (const auto* value = debug.if_contains(name.as_string())) shown[name.as_string()] = *value;
    }
    outcome["debug"] = shown;
  }
}

std::optional<Outcome> run(const CaseFile& file, const json::object& recorded, World& world) {
  const auto function = textOf(recorded, "fn");
  if (const auto* now = recorded.if_contains("now")) world.now = now->to_number<std::int64_t>();
  if (const auto* environment = recorded.if_contains("env")) world.environment = environment->as_object();
  if (const auto* routes = recorded.if_contains("bapi")) world.setRoutes(routes->as_array());
  if (function == "keyFn") return guarded([&] { return keyFunction(recorded); });
  if (function == "createRedirect") return guarded([&] { return createRedirect(recorded); });
  if (function == "verifyToken") return guarded([&] { return verifyToken(recorded, world); });
  if (function == "decodeJwt") return guarded([&] { return decodeJwt(recorded, world); });
  if (function == "signJwt") return guarded([&] { return signJwt(file, recorded, world); });
  if (function == "authenticateRequest") return authenticateRequest(recorded, world);
  if (function == "clerkRequest") return clerkRequest(recorded);
  if (function == "authFromClaims") return authFromClaims(recorded, world);
  if (function == "acceptedToken") return acceptedToken(recorded, world);
  if (function == "verifyWebhook") return guarded([&] { return verifyWebhook(recorded, world); });
  if (function == "client" || function == "defaultClient") return runClientCase(recorded, world);
  return runServerCase(file, recorded, world);
}

}  // namespace conformance
