#include <clerk/auth.hpp>

#include "auth/auth_context.hpp"
#include "auth/session_authorization.hpp"
#include "json/json_reader.hpp"
#include "jwt/decoded_jwt.hpp"
#include "request/join_paths.hpp"

#include <ecmascript/uri.hpp>

#include <algorithm>
#include <array>

namespace clerk {
namespace {

using boost::json::object;
using boost::json::value;

constexpr std::array<std::string_view, 4> kTokenTypes{"session_token", "api_key", "m2m_token", "oauth_token"};

const value& claimsOf(const Auth& auth) {
  static const value none;
  return auth.sessionClaims.payload() ? auth.sessionClaims.payload()->value() : none;
}

std::optional<std::string> textOf(const jwt::Field& field) {
  if (!field.isText()) return {};
  return std::string(field.text);
}
std::optional<std::string> textOf(const value& json) {
  if (!json.is_string()) return {};
  return std::string(json.get_string());
}

std::vector<std::string> textsOf(const value* list) {
  std::vector<std::string> texts;
  if (!list || !list->is_array()) return texts;
  for (const auto& item : list->get_array()) {
    if (item.is_string()) texts.emplace_back(item.get_string());
  }
  return texts;
}

/// Members that JavaScript has as undefined do not appear in its JSON.
void setIfPresent(object& json, std::string_view name, const std::optional<value>& member) {
  if (member) json[name] = *member;
}
std::optional<value> memberOf(const value& claims, std::string_view name) {
  const auto* found = json::member(claims, name);
  if (!found) return {};
  return *found;
}
value memberOrNull(const value& claims, std::string_view name) { return memberOf(claims, name).value_or(nullptr); }

object signedInJson(const Auth& auth) {
  const auto& claims = claimsOf(auth);
  const auto organization = auth::organizationOf(claims);
  object json{{"tokenType", "session_token"}};
  setIfPresent(json, "actor", memberOf(claims, "act"));
  json["sessionClaims"] = claims;
  setIfPresent(json, "sessionId", memberOf(claims, "sid"));
  json["sessionStatus"] = memberOrNull(claims, "sts");
  setIfPresent(json, "userId", memberOf(claims, "sub"));
  setIfPresent(json, "orgId", organization.id);
  setIfPresent(json, "orgRole", organization.role);
  setIfPresent(json, "orgSlug", organization.slug);
  setIfPresent(json, "orgPermissions", organization.permissions);
  json["factorVerificationAge"] = memberOrNull(claims, "fva");
  json["isAuthenticated"] = true;
  return json;
}

object signedOutJson(const Auth& auth) {
  object json{{"tokenType", "session_token"}, {"sessionClaims", nullptr}, {"sessionId", nullptr}};
  json["sessionStatus"] = auth.sessionStatus ? value(*auth.sessionStatus) : value(nullptr);
  for (auto name : {"userId", "actor", "orgId", "orgRole", "orgSlug", "orgPermissions", "factorVerificationAge"}) {
    json[name] = nullptr;
  }
  json["isAuthenticated"] = false;
  return json;
}

/// The subject when it names something of that kind: `user_…`, `org_…`.
value subjectIf(const value& subject, std::string_view prefix) {
  return subject.is_string() && std::string_view(subject.get_string()).starts_with(prefix) ? subject : value(nullptr);
}

object machineJson(const auth::MachineToken& token) {
  object json{
      {"id", token.id}, {"subject", token.subject}, {"isAuthenticated", true}, {"tokenType", toString(token.type)}};
  switch (token.type) {
    case TokenType::ApiKey:
      json["name"] = token.name;
      json["claims"] = token.claims;
      json["scopes"] = token.scopes;
      json["userId"] = subjectIf(token.subject, "user_");
      json["orgId"] = subjectIf(token.subject, "org_");
      break;
    case TokenType::M2MToken:
      json["claims"] = token.claims;
      json["scopes"] = token.scopes;
      json["machineId"] = token.subject;
      break;
    default:
      json["scopes"] = token.scopes;
      json["userId"] = token.subject;
      json["clientId"] = token.clientId;
  }
  return json;
}

object signedOutMachineJson(TokenType type) {
  object json{{"id", nullptr},
              {"subject", nullptr},
              {"scopes", nullptr},
              {"isAuthenticated", false},
              {"tokenType", toString(type)}};
  static const std::array<std::vector<std::string_view>, 4> members{
      {{}, {"name", "claims", "userId", "orgId"}, {"claims", "machineId"}, {"userId", "clientId"}}};
  for (auto name : members[static_cast<std::size_t>(type)]) json[name] = nullptr;
  return json;
}

/// The questions of has(), whether typed or not.
struct Questions {
  enum class Answer { NotAsked, Yes, No };
  Answer organization = Answer::NotAsked;
  Answer billing = Answer::NotAsked;
  Answer reverification = Answer::NotAsked;

  static void ask(Answer& answer, bool holds) {
    if (!holds) answer = Answer::No;
    if (answer == Answer::NotAsked) answer = Answer::Yes;
  }
  bool hold() const {
    const auto all = {organization, billing, reverification};
    return std::any_of(all.begin(), all.end(), [](Answer a) { return a == Answer::Yes; }) &&
           std::none_of(all.begin(), all.end(), [](Answer a) { return a == Answer::No; });
  }
};

std::string_view view(const boost::json::string& text) { return {text.data(), text.size()}; }

/// The session's token: of the context, or the one that the claims came in.
std::string tokenOf(const auth::AuthContext& context, const SessionClaims& claims) {
  if (!context.token.empty() || !claims.payload()) return context.token;
  return std::string(claims.payload()->token());
}

}  // namespace

std::string_view toString(TokenType type) noexcept { return kTokenTypes[static_cast<std::size_t>(type)]; }

std::optional<TokenType> tokenTypeOf(std::string_view text) noexcept {
  const auto found = std::find(kTokenTypes.begin(), kTokenTypes.end(), text);
  if (found == kTokenTypes.end()) return {};
  return static_cast<TokenType>(found - kTokenTypes.begin());
}

bool AcceptsToken::contains(TokenType type) const noexcept {
  return std::find(types_.begin(), types_.end(), toString(type)) != types_.end();
}

Auth Auth::signedIn(SessionClaims claims, std::shared_ptr<const auth::AuthContext> context) {
  Auth auth;
  auth.isAuthenticated = true;
  auth.sessionClaims = std::move(claims);
  auth.context_ = std::move(context);
  const auto* payload = auth.sessionClaims.payload().get();
  if (!payload) return auth;
  auth.userId = textOf(payload->sub);
  auth.sessionId = textOf(payload->sid);
  auth.sessionStatus = textOf(payload->sts);
  const auto& organization = auth::organizationTextsOf(*payload);
  auth.orgId = organization.id;
  auth.orgRole = organization.role;
  auth.orgSlug = organization.slug;
  auth.orgPermissions = organization.permissions;
  return auth;
}

Auth Auth::signedOut(std::shared_ptr<const auth::AuthContext> context, std::optional<std::string> sessionStatus) {
  Auth auth;
  auth.sessionStatus = std::move(sessionStatus);
  if (context) auth.reason = context->reason;
  auth.context_ = std::move(context);
  return auth;
}

Auth Auth::ofMachine(std::shared_ptr<const auth::MachineToken> token,
                     std::shared_ptr<const auth::AuthContext> context) {
  Auth auth;
  auth.tokenType = token->type;
  auth.isAuthenticated = true;
  auth.id = textOf(token->id);
  auth.subject = textOf(token->subject);
  auth.scopes = textsOf(&token->scopes);
  switch (token->type) {
    case TokenType::ApiKey:
      auth.userId = textOf(subjectIf(token->subject, "user_"));
      auth.orgId = textOf(subjectIf(token->subject, "org_"));
      break;
    case TokenType::M2MToken: auth.machineId = auth.subject; break;
    default: auth.userId = auth.subject; auth.clientId = textOf(token->clientId);
  }
  auth.machine_ = std::move(token);
  auth.context_ = std::move(context);
  return auth;
}

Auth Auth::signedOutMachine(TokenType type, std::shared_ptr<const auth::AuthContext> context) {
  auto auth = signedOut(std::move(context));
  auth.tokenType = type;
  return auth;
}

Auth Auth::invalidType(std::shared_ptr<const auth::AuthContext> context) {
  auto auth = signedOut(std::move(context));
  auth.tokenType.reset();
  return auth;
}

value Auth::actor() const { return memberOrNull(claimsOf(*this), "act"); }
value Auth::factorVerificationAge() const { return memberOrNull(claimsOf(*this), "fva"); }
value Auth::claims() const { return machine_ ? machine_->claims : value(nullptr); }

bool Auth::has(const AuthorizationParams& params) const {
  object json;
  if (params.role) json["role"] = *params.role;
  if (params.permission) json["permission"] = *params.permission;
  if (params.feature) json["feature"] = *params.feature;
  if (params.plan) json["plan"] = *params.plan;
  if (params.reverification) {
    const auto& asked = *params.reverification;
    json["reverification"] = asked.preset.empty() ? value{{"level", asked.level}, {"afterMinutes", asked.afterMinutes}}
                                                  : value(asked.preset);
  }
  return has(json);
}

bool Auth::has(const object& params) const {
  if (tokenType != TokenType::SessionToken || !isAuthenticated || !userId || userId->empty()) return false;
  const auto& claims = claimsOf(*this);
  Questions questions;
  if (const auto* role = params.if_contains("role")) {
    Questions::ask(questions.organization, role->is_string() && orgId && orgRole && !orgId->empty() &&
                                               auth::isSameRole(*orgRole, view(role->get_string())));
  }
  if (const auto* permission = params.if_contains("permission")) {
    const auto* payload = sessionClaims.payload().get();
    Questions::ask(questions.organization, permission->is_string() && orgId && !orgId->empty() && payload &&
                                               auth::hasPermission(auth::organizationTextsOf(*payload).permissions,
                                                                   view(permission->get_string())));
  }
  for (const auto& [name, claim] : {std::pair{"feature", "fea"}, std::pair{"plan", "pla"}}) {
    if (const auto* asked = params.if_contains(name)) {
      Questions::ask(questions.billing,
                     asked->is_string() && auth::hasScopedItem(json::member(claims, claim), view(asked->get_string())));
    }
  }
  if (const auto* asked = params.if_contains("reverification")) {
    Reverification config("");
    if (asked->is_string()) {
      config.preset = view(asked->get_string());
    } else {
      config.level = json::textMember(*asked, "level").value_or("");
      const auto* minutes = json::member(*asked, "afterMinutes");
      config.afterMinutes = minutes ? json::numberOf(*minutes).value_or(0) : 0;
    }
    Questions::ask(questions.reverification, auth::isReverified(json::member(claims, "fva"), config));
  }
  return questions.hold();
}

async::Task<std::optional<std::string>> Auth::getToken(GetTokenOptions options) const {
  if (!isAuthenticated || !context_) co_return std::nullopt;
  if (tokenType != TokenType::SessionToken) co_return machine_->token;
  if (!sessionId || sessionId->empty()) co_return std::nullopt;
  if (options.template_.empty() && !options.expiresInSeconds) co_return tokenOf(*context_, sessionClaims);

  const auto context = context_;
  request::Call call{.method = "POST"};
  call.options = std::move(options.call);
  call.name = "sessions.getToken";
  call.route = options.template_.empty() ? "/sessions/{sessionId}/tokens" : "/sessions/{sessionId}/tokens/{template}";
  const bool encode = context->connection->strictness == Strictness::Strict;
  auto piece = [&](const std::string& text) {
    request::joinPaths({"/sessions", text});  // refuses dots
    return encode ? ecmascript::encodeUriComponent(text) : text;
  };
  call.path = request::joinPaths({"/sessions", *sessionId, "tokens", options.template_});
  if (encode) {
    call.path = "/sessions/" + piece(*sessionId) + "/tokens" +
                (options.template_.empty() ? "" : "/" + piece(options.template_));
  }
  if (options.expiresInSeconds) call.body = value{{"expires_in_seconds", *options.expiresInSeconds}};
  const auto answer = co_await request::send(*context->connection, std::move(call));
  const auto jwt = answer ? json::textMember(*answer, "jwt") : std::nullopt;
  if (!jwt) co_return std::nullopt;
  co_return std::string(*jwt);
}

object Auth::debug() const {
  object json;
  if (!context_) return json;
  const auto& context = *context_;
  auto secret = [&](std::string_view name, const std::optional<std::string>& text) {
    if (text && !text->empty()) json[name] = auth::beginningOf(*text);
  };
  secret("secretKey", context.options->secretKey);
  secret("machineSecretKey", context.options->machineSecretKey);
  secret("jwtKey", context.options->jwtKey);
  const auto token = tokenOf(context, sessionClaims);
  secret("sessionToken", token);
  secret("tokenInHeader", context.tokenIsInHeader ? token : context.tokenInHeader);
  secret("sessionTokenInCookie", context.sessionTokenInCookie);
  secret("refreshTokenInCookie", context.refreshTokenInCookie);
  secret("devBrowserToken", context.devBrowserToken);
  secret("handshakeToken", context.handshakeToken);
  json["apiUrl"] = context.connection->apiUrl;
  json["apiVersion"] = context.connection->apiVersion;
  json["publishableKey"] = context.options->publishableKey;
  if (!reason.empty()) json["reason"] = reason;
  return json;
}

value Auth::toJson() const {
  if (!tokenType) return object{{"isAuthenticated", false}, {"tokenType", nullptr}};
  if (*tokenType == TokenType::SessionToken) return isAuthenticated ? signedInJson(*this) : signedOutJson(*this);
  return machine_ ? machineJson(*machine_) : signedOutMachineJson(*tokenType);
}

namespace {
std::shared_ptr<const auth::AuthContext> contextOf(const AuthObjectOptions& options) {
  auto context = std::make_shared<auth::AuthContext>();
  context->token = options.token;
  auto request = std::make_shared<AuthenticateRequestOptions>(options.request);
  auto connection = std::make_shared<request::Connection>();
  connection->secretKey = request->secretKey;
  if (!request->apiUrl.empty()) connection->apiUrl = request->apiUrl;
  connection->apiVersion = request->apiVersion;
  connection->policy = request->requestPolicy;
  connection->observer = request->onCall;
  connection->strictness = request->strictness;
  connection->runtime = runtimeOr(request->runtime);
  context->connection = std::move(connection);
  context->options = std::move(request);
  context->tokenInHeader = options.tokenInHeader;
  context->sessionTokenInCookie = options.sessionTokenInCookie;
  context->refreshTokenInCookie = options.refreshTokenInCookie;
  context->devBrowserToken = options.devBrowserToken;
  context->handshakeToken = options.handshakeToken;
  return context;
}
}  // namespace

Auth sessionAuthObject(object claims, const AuthObjectOptions& options) {
  const auto payload = std::make_shared<const jwt::Payload>(value(std::move(claims)));
  auto auth = Auth::signedIn(SessionClaims(payload), contextOf(options));
  if (options.treatPendingAsSignedOut && auth.sessionStatus == "pending") {
    return Auth::signedOut(contextOf(options), "pending");
  }
  return auth;
}

Auth machineAuthObject(TokenType type, const object& data, const AuthObjectOptions& options) {
  auto token = std::make_shared<auth::MachineToken>();
  auto member = [&](std::string_view name) { return memberOrNull(value(data), name); };
  *token = {type,           options.token,    member("id"),     member("subject"),
            member("name"), member("claims"), member("scopes"), member("clientId")};
  return Auth::ofMachine(std::move(token), contextOf(options));
}

Auth getAuthObjectForAcceptedToken(Auth auth, const AcceptsToken& acceptsToken) {
  if (acceptsToken.isAny()) return auth;
  if (acceptsToken.isList()) {
    if (auth.tokenType && acceptsToken.contains(*auth.tokenType)) return auth;
    auto invalid = Auth::invalidType(nullptr);
    invalid.reason = auth.reason;
    return invalid;
  }
  const auto asked = tokenTypeOf(acceptsToken.single());
  if (asked && asked == auth.tokenType) return auth;
  auto other =
      asked && *asked != TokenType::SessionToken ? Auth::signedOutMachine(*asked, nullptr) : Auth::signedOut(nullptr);
  other.reason = auth.isAuthenticated ? "token-type-mismatch" : auth.reason;
  return other;
}

object reverificationError(const Reverification& config) {
  const value asked = config.preset.empty() ? value{{"level", config.level}, {"afterMinutes", config.afterMinutes}}
                                            : value(config.preset);
  return {{"clerk_error",
           {{"type", "forbidden"}, {"reason", "reverification-error"}, {"metadata", {{"reverification", asked}}}}}};
}

}  // namespace clerk
