#include "api/method_call.hpp"

#include "api/endpoints.hpp"
#include "api/multipart.hpp"
#include "api/resources.hpp"
#include "auth/machine_tokens.hpp"
#include "json/json_reader.hpp"
#include "request/join_paths.hpp"
#include "request/wire_names.hpp"

#include <ecmascript/uri.hpp>

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace clerk::api {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using Result = std::optional<value>;

/// The client that a method is called on, and what its caller wants of this call.
struct Context {
  std::shared_ptr<const ClientContext> client;
  CallOptions options;
  const ClientContext* operator->() const noexcept { return client.get(); }
};

constexpr std::string_view kUpdateUserWarning =
    "Clerk - DEPRECATION WARNING: \"updateUser(userId, { publicMetadata | privateMetadata | unsafeMetadata })\" is "
    "deprecated "
    "and will be removed in the next major release.\nUse updateUserMetadata for partial updates (merge) or "
    "replaceUserMetadata "
    "for full replacement.";
constexpr std::string_view kUpdateOrganizationWarning =
    "Clerk - DEPRECATION WARNING: \"updateOrganization(organizationId, { publicMetadata | privateMetadata })\" is "
    "deprecated "
    "and will be removed in the next major release.\nUse updateOrganizationMetadata for partial updates (merge) or "
    "replaceOrganizationMetadata for full replacement.";
constexpr std::string_view kProviderWarning =
    "Clerk - DEPRECATION WARNING: \"getUserOauthAccessToken(userId, provider)\" is deprecated and will be removed in "
    "the next "
    "major release.\nRemove the `oauth_` prefix from the `provider` argument.";

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    const auto at = text.find(separator);
    pieces.push_back(text.substr(0, at));
    if (at == std::string_view::npos) break;
    text.remove_prefix(at + 1);
  }
  return pieces;
}

const value& argumentOf(const array& arguments, std::size_t index) {
  static const value none;
  return index < arguments.size() ? arguments[index] : none;
}
object objectOf(const value& argument) { return argument.is_object() ? argument.get_object() : object(); }

/// Takes a member out of an object.
value take(object& from, std::string_view name) {
  const auto found = from.find(name);
  if (found == from.end()) return {};
  auto taken = std::move(found->value());
  from.stable_erase(found);
  return taken;
}

std::string idOf(const value& argument) {
  if (!argument.is_string() || argument.get_string().empty()) throw Error("A valid resource ID is required.");
  return std::string(argument.get_string());
}

/// Puts ids in the places of a path. What they contain cannot lead to another path: dots are refused, and unless the
/// reference is to be followed, everything else is encoded.
std::string pathOf(std::string_view pattern, const object& ids, Strictness strictness) {
  std::string raw, encoded;
  for (std::size_t at = 0; at < pattern.size();) {
    const auto open = pattern.find('{', at);
    raw += pattern.substr(at, open - at);
    encoded += pattern.substr(at, open - at);
    if (open == std::string_view::npos) break;
    const auto close = pattern.find('}', open);
    const auto id = idOf(ids.at(pattern.substr(open + 1, close - open - 1)));
    raw += id;
    encoded += ecmascript::encodeUriComponent(id);
    at = close + 1;
  }
  auto checked = request::joinPaths({raw});
  return strictness == Strictness::AsReference ? checked : encoded;
}

bool standsInPath(std::string_view pattern, std::string_view name) {
  return pattern.find("{" + std::string(name) + "}") != std::string_view::npos;
}

/// A method's request before it has its path.
request::Call callNamed(std::string_view name) {
  const auto& endpoint = *findEndpoint(name);
  return {.method = std::string(endpoint.method), .name = endpoint.name, .route = endpoint.path};
}

/// The request of a method.
request::Call callOf(const ClientContext& context, const Endpoint& endpoint, const array& arguments) {
  request::Call call{.method = std::string(endpoint.method), .name = endpoint.name, .route = endpoint.path};
  call.versioned = !(endpoint.marks & kUnversioned);
  call.needsSecretKey = !(endpoint.marks & (kNoKey | kMachine));
  object ids, body;
  std::size_t index = 0;
  for (auto text : split(endpoint.arguments, ',')) {
    const auto name = argumentName(text);
    const auto& argument = argumentOf(arguments, index++);
    if (name == "options") continue;
    if (name.starts_with('=')) {
      if (!argument.is_null()) body[name.substr(1)] = argument;
    } else if (name == "body" && argument.is_array()) {
      call.body = request::toWire(argument);
    } else if (name == "query" || name == "body" || name == "path" || name == "multipart") {
      auto params = objectOf(argument);
      for (auto member = params.begin(); member != params.end();) {
        if (standsInPath(endpoint.path, member->key())) {
          ids[member->key()] = member->value();
          member = params.stable_erase(member);
        } else {
          ++member;
        }
      }
      if (endpoint.marks & kMachine) {
        const auto key = take(params, "machineSecretKey");
        call.bearer = key.is_string() ? std::string(key.get_string()) : context.options.machineSecretKey;
        if (call.bearer->empty()) call.bearer.reset();
      }
      if (name == "query") call.query = std::move(params);
      if (name == "body") body.insert(params.begin(), params.end());
      if (name == "multipart") call.rawBody = multipart(params);
    } else {
      ids[name] = argument;
    }
  }
  for (auto at = endpoint.path.find('{'); at != std::string_view::npos; at = endpoint.path.find('{', at + 1)) {
    const auto name = endpoint.path.substr(at + 1, endpoint.path.find('}', at) - at - 1);
    if (!ids.contains(name)) ids[name] = nullptr;
  }
  call.path = pathOf(endpoint.path, ids, context.connection.strictness);
  if (endpoint.marks & kPaginated) call.query["paginated"] = true;
  const auto depth = endpoint.marks & kAllLevels ? request::Depth::AllLevels : request::Depth::FirstLevel;
  if (!call.body) call.body = request::toWire(value(std::move(body)), depth);
  return call;
}

/// The SDK's result of an answer; an answer that is not what it should be is an error without a status, as in Clerk's
/// SDK.
Result resourceOfAnswer(const Result& answer) {
  if (!answer) return {};
  try {
    return resourceOf(*answer);
  } catch (const std::runtime_error& error) {
    ClerkAPIResponseError failure("");
    failure.errors.push_back({"unexpected_error", error.what(), {}, {}});
    throw failure;
  }
}

async::Task<Result> send(const Context& context, request::Call call) {
  call.options = context.options;
  return request::send(context->connection, std::move(call));
}

async::Task<Result> callEndpoint(Context context, std::string name, array arguments) {
  const auto* endpoint = findEndpoint(name);
  if (!endpoint) throw Error("The Backend API client has no method " + name + ".");
  const auto answer = co_await send(context, callOf(*context.client, *endpoint, arguments));
  co_return resourceOfAnswer(answer);
}

// --- Methods that are more than one request, or choose theirs
// ---------------------------------------------------------

async::Task<Result> getUserList(Context context, array arguments) {
  auto params = objectOf(argumentOf(arguments, 0));
  auto filters = params;
  for (auto name : {"limit", "offset", "orderBy"}) filters.stable_erase(name);
  auto list = callEndpoint(context, "users.getUserList", {params});
  auto count = callEndpoint(context, "users.getCount", {filters});
  auto users = co_await list;
  auto total = co_await count;
  co_return object{{"data", users ? *users : value(nullptr)}, {"totalCount", total ? *total : value(nullptr)}};
}

/// Metadata is replaced by a request of its own; the rest goes before it.
async::Task<Result> updateWithMetadata(Context context, array arguments, std::string update, std::string replace,
                                       std::initializer_list<const char*> metadata, std::string_view warning) {
  const auto id = argumentOf(arguments, 0);
  auto params = objectOf(argumentOf(arguments, 1));
  object replaced;
  for (auto name : std::vector<const char*>(metadata)) {
    if (params.contains(name)) replaced[name] = take(params, name);
  }
  if (replaced.empty()) co_return co_await callEndpoint(context, update, {id, params});
  runtimeOr(context->connection.runtime)->warnOnce(warning);
  if (!params.empty()) co_await callEndpoint(context, update, {id, params});
  co_return co_await callEndpoint(context, replace, {id, replaced});
}

async::Task<Result> updateUser(Context context, array arguments) {
  return updateWithMetadata(std::move(context), std::move(arguments), "users.updateUser", "users.replaceUserMetadata",
                            {"publicMetadata", "privateMetadata", "unsafeMetadata"}, kUpdateUserWarning);
}
async::Task<Result> updateOrganization(Context context, array arguments) {
  return updateWithMetadata(std::move(context), std::move(arguments), "organizations.updateOrganization",
                            "organizations.replaceOrganizationMetadata", {"publicMetadata", "privateMetadata"},
                            kUpdateOrganizationWarning);
}

async::Task<Result> getUserOauthAccessToken(Context context, array arguments) {
  auto provider = idOf(argumentOf(arguments, 1));
  if (provider.starts_with("oauth_")) {
    runtimeOr(context->connection.runtime)->warnOnce(kProviderWarning);
    provider.erase(0, std::string_view("oauth_").size());
  }
  return callEndpoint(std::move(context), "users.getUserOauthAccessToken", {argumentOf(arguments, 0), value(provider)});
}

async::Task<Result> setPasswordCompromised(Context context, array arguments) {
  if (!argumentOf(arguments, 1).is_object())
    arguments = {argumentOf(arguments, 0), object{{"revokeAllSessions", false}}};
  return callEndpoint(std::move(context), "users.setPasswordCompromised", std::move(arguments));
}

async::Task<Result> getToken(Context context, array arguments) {
  const auto sessionId = idOf(argumentOf(arguments, 0));
  const auto& named = argumentOf(arguments, 1);
  const bool hasTemplate = named.is_string() && !named.get_string().empty();
  const auto strictness = context->connection.strictness;
  auto call = callNamed("sessions.getToken");
  call.path = hasTemplate ? pathOf("/sessions/{s}/tokens/{t}", {{"s", sessionId}, {"t", named}}, strictness)
                          : pathOf("/sessions/{s}/tokens", {{"s", sessionId}}, strictness);
  if (const auto& seconds = argumentOf(arguments, 2); !seconds.is_null())
    call.body = value{{"expires_in_seconds", seconds}};
  const auto answer = co_await send(context, std::move(call));
  co_return resourceOfAnswer(answer);
}

async::Task<Result> refreshSession(Context context, array arguments) {
  const auto sessionId = idOf(argumentOf(arguments, 0));
  auto params = objectOf(argumentOf(arguments, 1));
  auto call = callNamed("sessions.refreshSession");
  call.path = pathOf("/sessions/{s}/refresh", {{"s", sessionId}}, context->connection.strictness);
  if (params.contains("suffixed_cookies")) call.query["suffixed_cookies"] = take(params, "suffixed_cookies");
  call.body = value(std::move(params));
  const auto answer = co_await send(context, std::move(call));
  co_return resourceOfAnswer(answer);
}

async::Task<Result> getOrganization(Context context, array arguments) {
  auto params = objectOf(argumentOf(arguments, 0));
  if (const auto slug = take(params, "slug"); !json::isTruthy(params.if_contains("organizationId")))
    params["organizationId"] = slug;
  return callEndpoint(std::move(context), "organizations.getOrganization", {params});
}

async::Task<Result> createOrganizationDomain(Context context, array arguments) {
  auto params = objectOf(argumentOf(arguments, 0));
  auto verified = take(params, "verified");
  params["verified"] = verified.is_null() ? value(true) : verified;
  return callEndpoint(std::move(context), "organizations.createOrganizationDomain", {params});
}

async::Task<Result> createM2MToken(Context context, array arguments) {
  auto params = objectOf(argumentOf(arguments, 0));
  object body;
  if (params.contains("machineSecretKey")) body["machineSecretKey"] = params.at("machineSecretKey");
  for (const auto& [name, fallback] :
       object{{"secondsUntilExpiration", nullptr}, {"claims", nullptr}, {"tokenFormat", "opaque"}}) {
    body[name] = params.contains(name) ? params.at(name) : fallback;
  }
  if (params.contains("minRemainingTtlSeconds")) body["minRemainingTtlSeconds"] = params.at("minRemainingTtlSeconds");
  return callEndpoint(std::move(context), "m2m.createToken", {body});
}

async::Task<Result> withRevocationReason(Context context, std::string method, array arguments) {
  auto params = objectOf(argumentOf(arguments, 0));
  if (!params.contains("revocationReason")) params["revocationReason"] = nullptr;
  return callEndpoint(std::move(context), std::move(method), {params});
}

/// A JWT is verified here, an opaque token by the API.
async::Task<Result> verifyM2MToken(Context context, array arguments) {
  auto params = objectOf(argumentOf(arguments, 0));
  const auto token = std::string(json::textMember(value(params), "token").value_or(""));
  const auto decoded = jwt::decode(token, context->connection.strictness);
  if (!decoded || auth::machineJwtTypeOf((*decoded)->header, (*decoded)->payload) != TokenType::M2MToken) {
    co_return co_await callEndpoint(context, "m2m.verify", {params});
  }
  const VerifyTokenOptions defaults;
  const auto payload =
      co_await auth::verifyM2MJwt(token, context->keys, {context->options.audience, defaults.clockSkew});
  co_return value(resourceOf(
      "M2MToken", value(auth::resourceOfM2MJwt(*payload, context->keys.runtime()->now(), defaults.clockSkew))));
}

async::Task<Result> verifyOAuthToken(Context context, array arguments) {
  std::vector<std::string> audience;
  const auto options = argumentOf(arguments, 1);
  if (const auto* wanted = json::member(options, "audience")) {
    if (wanted->is_string()) audience.emplace_back(wanted->get_string());
    if (const auto* list = wanted->if_array()) {
      for (const auto& item : *list) audience.emplace_back(item.as_string());
    }
  }
  const auto token = co_await callEndpoint(context, "idPOAuthAccessToken.verify", {argumentOf(arguments, 0)});
  if (token) auth::checkOAuthAudience(json::member(*token, "aud"), audience);
  co_return token;
}

void checkIdempotencyKey(const value* key) {
  if (!key || key->is_null()) return;
  const std::string_view text = key->is_string() ? std::string_view(key->get_string()) : std::string_view();
  const bool valid = !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  if (!valid) {
    throw Error(
        "Idempotency key must contain only ASCII letters, digits, underscores, and hyphens and cannot exceed 255 "
        "characters.");
  }
}

async::Task<Result> createEmail(Context context, array arguments) {
  const auto options = argumentOf(arguments, 1);
  const auto* key = json::member(options, "idempotencyKey");
  checkIdempotencyKey(key);
  auto call = callOf(*context.client, *findEndpoint("emails.create"), arguments);
  if (key && key->is_string()) call.headers.emplace_back("Idempotency-Key", key->get_string());
  const auto answer = co_await send(context, std::move(call));
  co_return resourceOfAnswer(answer);
}

async::Task<Result> createEmailBatch(Context context, array arguments) {
  const auto& messages = argumentOf(arguments, 0);
  const auto* list = messages.if_array();
  if (!list || list->empty() || list->size() > 100) throw Error("A batch must contain between 1 and 100 messages.");
  for (const auto& message : *list) checkIdempotencyKey(json::member(message, "idempotencyKey"));
  auto call = callNamed("emails.createBatch");
  call.path = call.route;
  call.body = value{{"messages", request::toWire(messages)}};
  const auto answer = co_await send(context, std::move(call));
  if (!answer || !answer->is_array()) co_return answer;
  array results;
  for (const auto& item : answer->get_array()) results.push_back(resourceOf("BatchEmailResult", item));
  co_return results;
}

async::Task<Result> accountless(Context context, std::string method, array arguments) {
  auto params = objectOf(argumentOf(arguments, 0));
  const auto headers = take(params, "requestHeaders");
  auto call = callOf(*context.client, *findEndpoint(method), {params});
  if (const auto* given = headers.if_object()) {
    for (const auto& [name, text] : *given) {
      if (text.is_string()) call.headers.emplace_back(name, text.get_string());
    }
  }
  const auto answer = co_await send(context, std::move(call));
  co_return resourceOfAnswer(answer);
}

using Method = std::function<async::Task<Result>(Context, array)>;

const std::unordered_map<std::string_view, Method>& methods() {
  static const std::unordered_map<std::string_view, Method> made{
      {"users.getUserList", getUserList},
      {"users.updateUser", updateUser},
      {"users.getUserOauthAccessToken", getUserOauthAccessToken},
      {"users.setPasswordCompromised", setPasswordCompromised},
      {"sessions.getToken", getToken},
      {"sessions.refreshSession", refreshSession},
      {"organizations.updateOrganization", updateOrganization},
      {"organizations.getOrganization", getOrganization},
      {"organizations.createOrganizationDomain", createOrganizationDomain},
      {"m2m.createToken", createM2MToken},
      {"m2m.verify", verifyM2MToken},
      {"m2m.revokeToken",
       [](Context c, array a) { return withRevocationReason(std::move(c), "m2m.revokeToken", std::move(a)); }},
      {"apiKeys.revoke",
       [](Context c, array a) { return withRevocationReason(std::move(c), "apiKeys.revoke", std::move(a)); }},
      {"idPOAuthAccessToken.verify", verifyOAuthToken},
      {"emails.create", createEmail},
      {"emails.createBatch", createEmailBatch},
      {"__experimental_accountlessApplications.createAccountlessApplication",
       [](Context c, array a) {
         return accountless(std::move(c), "__experimental_accountlessApplications.createAccountlessApplication",
                            std::move(a));
       }},
      {"__experimental_accountlessApplications.completeAccountlessApplicationOnboarding",
       [](Context c, array a) {
         return accountless(std::move(c),
                            "__experimental_accountlessApplications.completeAccountlessApplicationOnboarding",
                            std::move(a));
       }},
  };
  return made;
}

request::Connection connectionOf(const ClerkOptions& options) {
  request::Connection connection;
  connection.secretKey = options.secretKey;
  if (options.apiUrl) connection.apiUrl = *options.apiUrl;
  connection.apiVersion = options.apiVersion;
  if (!options.userAgent.empty()) connection.userAgent = options.userAgent;
  connection.policy = options.requestPolicy;
  connection.strictness = options.strictness;
  connection.runtime = runtimeOr(options.runtime);
  connection.observer = options.onCall;
  return connection;
}

}  // namespace

ClientContext::ClientContext(ClerkOptions given)
    : options(std::move(given)),
      connection(connectionOf(options)),
      keys(options.jwtKey, {connection.apiUrl, connection.apiVersion, options.secretKey, options.strictness}, {}, false,
           connection.runtime) {}

async::Task<Result> callMethod(std::shared_ptr<const ClientContext> client, std::string name, array arguments,
                               CallOptions options) {
  Context context{std::move(client), std::move(options)};
  const auto special = methods().find(name);
  if (special != methods().end()) return special->second(std::move(context), std::move(arguments));
  return callEndpoint(std::move(context), std::move(name), std::move(arguments));
}

}  // namespace clerk::api
