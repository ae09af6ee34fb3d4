#include "auth/request_context.hpp"

#include "json/json_reader.hpp"
#include "text/ascii.hpp"

#include <ecmascript/number.hpp>
#include <ecmascript/uri.hpp>

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace clerk::auth {
namespace {

std::string_view trimBlanks(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::string_view> firstOf(std::optional<std::string_view> list) {
  if (list) list = list->substr(0, list->find(','));
  return list;
}

/// The claims that the table of cookies looks at.
struct CookieToken {
  bool decodes = false;
  bool hasIssuer = false;
  std::string issuer;
  double iat = 0;
  double exp = 0;
};

CookieToken read(const BegunVerification& begun) {
  if (!begun) return {};
  const auto& payload = begun->payload();
  CookieToken read{.decodes = true, .iat = payload.iat.number, .exp = payload.exp.number};
  using Kind = jwt::Field::Kind;
  read.hasIssuer = payload.iss.kind == Kind::String
                       ? !payload.iss.text.empty()
                       : payload.iss.kind != Kind::Undefined && payload.iss.kind != Kind::Null;
  read.issuer = payload.iss.text;
  return read;
}

std::string withoutScheme(std::string_view issuer) {
  for (auto scheme : {"https://", "http://"}) {
    if (text::equalsIgnoringCase(issuer.substr(0, std::string_view(scheme).size()), scheme)) {
      return std::string(issuer.substr(std::string_view(scheme).size()));
    }
  }
  return std::string(issuer);
}

/// Calls `visit(name, value)` for each cookie of a header, undecoded. RFC 6265's grammar is not asked for: pieces
/// without
/// `=` are skipped, everything else is taken.
template <class Visit>
void eachCookie(std::string_view header, Visit visit) {
  if (header.size() < 2) return;
  for (;;) {
    const auto semicolon = header.find(';');
    const auto piece = header.substr(0, semicolon);
    if (const auto equals = piece.find('='); equals != std::string_view::npos) {
      visit(trimBlanks(piece.substr(0, equals)), trimBlanks(piece.substr(equals + 1)));
    }
    if (semicolon == std::string_view::npos) return;
    header.remove_prefix(semicolon + 1);
  }
}

}  // namespace

url::Url effectiveUrlOf(const RequestView& request, bool trustForwardedHeaders) {
  // A path is put behind a host of no meaning first, so that two slashes at its start do not name another one.
  std::string text(request.url);
  if (text.starts_with('/')) text = std::string(request.protocol) + "://clerk-dummy" + text;
  auto initial = url::Url::parse(text);
  if (!initial) throw Error("Invalid URL");

  auto host = request.headers.get("host");
  std::optional<std::string_view> protocol = initial->scheme;
  if (trustForwardedHeaders) {
    if (auto forwarded = firstOf(request.headers.get("x-forwarded-host"))) host = forwarded;
    if (auto forwarded = firstOf(request.headers.get("x-forwarded-proto"))) protocol = forwarded;
  }
  if (!host || host->empty() || !protocol || protocol->empty()) return *std::move(initial);
  const auto origin = std::string(*protocol) + "://" + std::string(*host);
  if (origin == initial->origin()) return *std::move(initial);
  auto url = url::Url::parse(origin);
  if (!url) return *std::move(initial);
  url->path = initial->path;
  url->query = initial->query && !initial->query->empty() ? initial->query : std::nullopt;
  url->fragment.reset();
  return *std::move(url);
}

std::optional<std::string_view> tokenOf(std::string_view authorization) {
  if (authorization.empty()) return {};
  const auto blank = authorization.find(' ');
  const auto scheme = authorization.substr(0, blank);
  std::string_view token;
  if (blank != std::string_view::npos) {
    token = authorization.substr(blank + 1);
    token = token.substr(0, token.find(' '));
  }
  if (token.empty()) return scheme;
  if (scheme == "Bearer") return token;
  return {};
}

double integerOf(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r')))
    text.remove_prefix(1);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  if (hexadecimal) text.remove_prefix(2);
  double number = 0;
  for (char c : text) {
    const char lower = text::toLowerAscii(c);
    const int digit = c >= '0' && c <= '9'                          ? c - '0'
                      : hexadecimal && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10
                                                                    : -1;
    if (digit < 0) break;
    number = number * (hexadecimal ? 16 : 10) + digit;
  }
  return negative ? -number : number;
}

RequestContext::RequestContext(const RequestView& request, std::shared_ptr<const Configuration> configuration)
    : request_(request), configuration_(std::move(configuration)), headerToken_(tokenOf(header("authorization"))) {
  if (headerToken_ && headerToken_->empty()) headerToken_.reset();
}

std::string_view RequestContext::header(std::string_view lowerCaseName) const {
  return request_.headers.get(lowerCaseName).value_or("");
}

const url::Url& RequestContext::url() const {
  if (!url_) url_ = effectiveUrlOf(request_, options().trustForwardedHeaders);
  return *url_;
}

const url::SearchParams& RequestContext::query() const {
  if (!query_) query_.emplace(url().search());
  return *query_;
}

const std::string& RequestContext::proxyUrl() const {
  if (!proxyUrl_) {
    proxyUrl_ = options().proxyUrl;
    if (proxyUrl_->starts_with('/')) proxyUrl_ = url().origin() + *proxyUrl_;
    if (configuration_->proxiesByItself) proxyUrl_ = url().origin() + "/__clerk";
  }
  return *proxyUrl_;
}

std::string RequestContext::frontendApi() const {
  return proxyUrl().empty() ? configuration_->publishableKey->frontendApi : proxyUrl();
}

SessionChecks RequestContext::sessionChecks() const {
  static const std::vector<std::string> anyType;
  const auto* issuers = &configuration_->issuers;
  // Behind a proxy of this app the instance may call itself by the proxy's URL, which the request tells.
  const bool proxied = options().proxyUrl.starts_with('/') || configuration_->proxiesByItself;
  if (proxied && configuration_->areInstanceIssuers && !issuers->empty()) {
    if (issuers_.empty()) {
      issuers_ = *issuers;
      issuers_.push_back(proxyUrl());
    }
    issuers = &issuers_;
  }
  return {options().audience,  options().authorizedParties,       *issuers, anyType,
          options().clockSkew, configuration_->areInstanceIssuers};
}

const RequestContext::Cookies& RequestContext::cookies() const {
  if (!cookies_) {
    cookies_.emplace();
    eachCookie(header("cookie"), [this](std::string_view name, std::string_view value) {
      if (name.starts_with("__")) cookies_->emplace_back(name, value);
    });
  }
  return *cookies_;
}

std::optional<std::string_view> RequestContext::cookie(std::string_view name) const {
  for (const auto& [key, value] : cookies()) {
    if (key != name) continue;
    if (value.empty()) return {};
    if (value.find('%') == std::string_view::npos) return value;
    auto decoded = ecmascript::decodeUriComponent(value);
    if (!decoded) return value;
    if (decoded->empty()) return {};
    return decoded_.emplace_front(*std::move(decoded));
  }
  return {};
}

/// False when the target cannot have the parameter: then its URL need not be parsed. Names may be percent-encoded.
bool RequestContext::mayHaveQuery(std::string_view name) const {
  const auto question = request_.url.find('?');
  if (question == std::string_view::npos) return false;
  const auto rest = request_.url.substr(question);
  return rest.find(name) != std::string_view::npos || rest.find('%') != std::string_view::npos;
}

std::optional<std::string_view> RequestContext::queryOrCookie(std::string_view name) const {
  if (mayHaveQuery(name)) {
    if (const auto value = query().get(name); value && !value->empty()) return value;
  }
  return cookie(name);
}

bool RequestContext::decideSuffixed() const {
  const auto plain = cookie("__session");
  const auto suffixed = cookie(configuration_->sessionCookie);
  const auto plainUat = cookie("__client_uat");
  const auto suffixedUat = cookie(configuration_->clientUatCookie);

  std::optional<CookieToken> plainToken;
  if (plain) {
    plainToken = read(begin(*plain));
    if (!plainToken->decodes || !plainToken->hasIssuer) return false;
    if (withoutScheme(plainToken->issuer) != configuration_->publishableKey->frontendApi) return true;
  }
  if (!suffixedUat && !suffixed) return false;
  const auto suffixedToken = suffixed ? read(begin(*suffixed)) : CookieToken();
  const bool suffixedActive = suffixedUat != "0", plainActive = plainUat != "0";
  if (suffixedActive && plainActive && plainToken && plainToken->iat > suffixedToken.iat) return false;
  if (!suffixedActive && plainActive) return false;
  const double now = std::floor(std::chrono::duration<double>(runtime().now().time_since_epoch()).count());
  const bool suffixedExpired = suffixedToken.decodes && suffixedToken.exp <= now;
  if (configuration_->isDevelopment() && suffixedActive && !plainActive && suffixedExpired) return false;
  if (!suffixedUat && suffixed) return false;
  return true;
}

bool RequestContext::usesSuffixedCookies() const {
  if (!suffixed_) suffixed_ = decideSuffixed();
  return *suffixed_;
}

std::optional<std::string_view> RequestContext::sessionCookie() const {
  return cookie(usesSuffixedCookies() ? std::string_view(configuration_->sessionCookie) : "__session");
}

double RequestContext::clientUat() const {
  return integerOf(
      cookie(usesSuffixedCookies() ? std::string_view(configuration_->clientUatCookie) : "__client_uat").value_or(""));
}

std::optional<std::string_view> RequestContext::refreshCookie() const { return cookie(configuration_->refreshCookie); }

std::optional<std::string_view> RequestContext::devBrowserToken() const {
  if (mayHaveQuery("__clerk_db_jwt")) {
    if (const auto value = query().get("__clerk_db_jwt"); value && !value->empty()) return value;
  }
  return cookie(usesSuffixedCookies() ? std::string_view(configuration_->devBrowserCookie) : "__clerk_db_jwt");
}

double RequestContext::redirectCount() const {
  const double count = ecmascript::toNumber(cookie("__clerk_redirect_count").value_or(""));
  return std::isnan(count) ? 0 : count;
}

const BegunVerification& RequestContext::begin(std::string_view token) const {
  for (const auto& [known, begun] : begun_) {
    if (known.data() == token.data() && known.size() == token.size()) return begun;
  }
  return begun_.emplace_front(token, configuration_->keys.begin(token)).second;
}

std::shared_ptr<const AuthContext> RequestContext::authContext(std::string token, std::string reason) const {
  auto context = std::make_shared<AuthContext>();
  // Both live in the configuration, which they keep alive.
  context->connection = {configuration_, &configuration_->connection};
  context->options = {configuration_, &configuration_->options};
  context->reason = std::move(reason);
  context->token = std::move(token);
  if (headerToken_) {
    context->tokenInHeader = beginningOf(*headerToken_);
    return context;
  }
  auto beginning = [](std::optional<std::string_view> text) {
    return text ? std::optional<std::string>(beginningOf(*text)) : std::nullopt;
  };
  if (configuration_->publishableKey) {
    context->sessionTokenInCookie = beginning(sessionCookie());
    context->refreshTokenInCookie = beginning(refreshCookie());
    if (const auto token = devBrowserToken()) context->devBrowserToken = *token;
  }
  return context;
}

std::shared_ptr<const AuthContext> RequestContext::authContextOfSession(std::string_view token) const {
  if (headerToken_ == token) return {configuration_, &configuration_->inHeader};
  return authContext("", "");
}

}  // namespace clerk::auth

namespace clerk {

std::string effectiveUrl(const RequestView& request, bool trustForwardedHeaders) {
  return auth::effectiveUrlOf(request, trustForwardedHeaders).href();
}

std::vector<std::pair<std::string, std::string>> parseCookies(std::string_view header) {
  std::vector<std::pair<std::string, std::string>> cookies;
  std::unordered_set<std::string_view> known;
  auth::eachCookie(header, [&](std::string_view name, std::string_view value) {
    if (!known.insert(name).second) return;
    const bool encoded = value.find('%') != std::string_view::npos;
    auto decoded = encoded ? ecmascript::decodeUriComponent(value) : std::nullopt;
    cookies.emplace_back(name, decoded ? *std::move(decoded) : std::string(value));
  });
  return cookies;
}

HeaderList::HeaderList(const std::vector<std::pair<std::string, std::string>>& headers) {
  for (const auto& [name, value] : headers) {
    auto lower = text::toLowerAscii(name);
    const auto known =
        std::find_if(headers_.begin(), headers_.end(), [&](const auto& header) { return header.first == lower; });
    if (known == headers_.end()) {
      headers_.emplace_back(std::move(lower), value);
    } else {
      known->second += (lower == "cookie" ? "; " : ", ") + value;
    }
  }
}

std::optional<std::string_view> HeaderList::get(std::string_view lowerCaseName) const {
  for (const auto& [name, value] : headers_) {
    if (name == lowerCaseName) return value;
  }
  return {};
}

void HeaderList::each(const std::function<void(std::string_view, std::string_view)>& visit) const {
  for (const auto& [name, value] : headers_) visit(name, value);
}

}  // namespace clerk
