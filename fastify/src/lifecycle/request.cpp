// Request: what handlers ask for is computed when they ask.

#include "decorations.hpp"
#include "headers_view.hpp"
#include "request_log.hpp"
#include "routing.hpp"
#include "state.hpp"
#include "validation.hpp"

#include "../router/query.hpp"
#include "content/media_type.hpp"

#include <fastify/options.hpp>
#include <fastify/request.hpp>

#include <charconv>

namespace fastify {

using State = Exchange::State;

namespace {

/// X-Forwarded-… of the last hop, believed when the peer is trusted.
std::optional<std::string_view> forwarded(const State& state, std::string_view header) {
  const auto& trust = state.application.trustProxy;
  if (!trust.enabled() || !trust.trusts(state.message.remoteAddress, 0)) return std::nullopt;
  const auto last = lastListElement(headerOf(state, header).value_or(""));
  if (last.empty()) return std::nullopt;
  return last;
}

}  // namespace

std::string_view Request::method() const noexcept { return http::nameOf(exchange_->state().message.method); }
std::string_view Request::url() const noexcept { return exchange_->state().url; }
std::string_view Request::originalUrl() const noexcept { return exchange_->state().message.target; }

std::optional<std::string_view> RequestHeaders::operator[](std::string_view name) const {
  return headerOf(exchange_->state(), name);
}

JsonObject& RequestHeaders::json() const {
  auto& state = exchange_->state();
  if (!state.headersJson) state.headersJson = allHeaders(state);
  return *state.headersJson;
}

JsonObject& Request::query() {
  auto& state = exchange_->state();
  if (!state.query) {
    const auto& parser = state.application.options.routerOptions.querystringParser;
    state.query = parser ? parser(state.queryString) : router::parseQuery(state.queryString, state.storage());
  }
  return *state.query;
}

JsonObject& Request::params() {
  auto& state = exchange_->state();
  if (!state.params) {
    state.params.emplace(state.storage());
    for (const auto& [name, value] : state.routeParams) (*state.params)[name] = value;
  }
  return *state.params;
}

std::optional<std::string_view> Request::param(std::string_view name) const {
  for (const auto& [key, value] : exchange_->state().routeParams) {
    if (key == name) return value;
  }
  return std::nullopt;
}

RequestBody& Request::body() noexcept { return exchange_->state().body; }
std::string_view Request::rawBody() const noexcept { return exchange_->state().rawBody; }
std::string_view Request::id() const noexcept { return idOf(exchange_->state()); }
Logger& Request::log() noexcept { return requestLogger(exchange_->state()); }

std::string_view Request::ip() const {
  auto& state = exchange_->state();
  const auto& trust = state.application.trustProxy;
  if (!trust.enabled()) return state.message.remoteAddress;
  if (!state.ips)
    state.ips = trust.addresses(state.message.remoteAddress, headerOf(state, "x-forwarded-for").value_or(""));
  return state.ips->back();
}

std::vector<std::string> Request::ips() const {
  auto& state = exchange_->state();
  if (!state.application.trustProxy.enabled()) return {};
  ip();
  return *state.ips;
}

std::string_view Request::host() const {
  const auto& state = exchange_->state();
  if (const auto host = forwarded(state, "x-forwarded-host")) return *host;
  return headerOf(state, "host").value_or("");
}

std::string_view Request::hostname() const {
  const auto all = host();
  const auto colon = all.rfind(':');
  // A colon inside brackets belongs to an IPv6 address.
  if (colon == all.npos || (all.find(']') != all.npos && colon < all.find(']'))) return all;
  return all.substr(0, colon);
}

std::optional<std::uint16_t> Request::port() const {
  const auto all = host();
  const auto name = hostname();
  if (name.size() + 1 >= all.size()) return std::nullopt;
  const auto digits = all.substr(name.size() + 1);
  std::uint16_t number = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (failed != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::string_view Request::protocol() const {
  const auto& state = exchange_->state();
  if (const auto protocol = forwarded(state, "x-forwarded-proto")) return *protocol;
  return state.message.secure ? "https" : "http";
}

std::string_view Request::remoteAddress() const noexcept { return exchange_->state().message.remoteAddress; }
std::uint16_t Request::remotePort() const noexcept { return exchange_->state().message.remotePort; }

RawRequest Request::raw() noexcept { return RawRequest(*exchange_); }

std::optional<std::string> Request::mediaType() const {
  return content::mediaTypeOf(headerOf(exchange_->state(), "content-type"));
}

std::optional<std::string_view> Request::upgrade() const {
  const auto& state = exchange_->state();
  const auto& message = state.message;
  if (message.version != 11 || message.chunked || message.contentLength.value_or(0) > 0) return std::nullopt;
  const auto protocol = headerOf(state, "upgrade");
  const auto connection = headerOf(state, "connection");
  if (!protocol || protocol->empty() || !connection || !hasListElement(*connection, "upgrade")) return std::nullopt;
  return protocol;
}

bool Request::is404() const noexcept { return exchange_->state().route->is404; }
const RouteInfo& Request::routeOptions() const noexcept { return exchange_->state().route->info; }
Fastify& Request::server() const noexcept { return *exchange_->state().route->server; }

std::stop_token Request::signal() const {
  auto& state = exchange_->state();
  if (!state.stopSource) {
    state.stopSource.emplace();
    if (state.closed) state.stopSource->request_stop();
  }
  return state.stopSource->get_token();
}

std::optional<FastifyError>& Request::validationError() noexcept { return exchange_->state().validationError; }

namespace {
bool isValid(const ValidatorFunction& validate, Json& data) {
  auto result = validate(data);
  if (result.ok && result.value) data = std::move(*result.value);
  return result.ok && !result.error;
}
}  // namespace

bool Request::validateInput(Json& data, const Json& schema, HttpPart part) {
  return isValid(compileValidationSchema(schema, part), data);
}

bool Request::validateInput(Json& data, HttpPart part) {
  const auto* validate = findValidator(exchange_->state(), part);
  if (!validate) {
    throw FastifyError(500, "FST_ERR_REQ_INVALID_VALIDATION_INVOCATION",
                       "Invalid validation invocation. Missing validation function for HTTP part \"" +
                           std::string(nameOf(part)) + "\" nor schema provided.");
  }
  return isValid(*validate, data);
}

ValidatorFunction Request::getValidationFunction(HttpPart part) const {
  const auto* validate = findValidator(exchange_->state(), part);
  return validate ? *validate : ValidatorFunction();
}

ValidatorFunction Request::getValidationFunction(const Json& schema) const {
  const auto& schemas = exchange_->state().route->onDemandSchemas;
  return schemas ? schemas->findValidator(schema) : ValidatorFunction();
}

ValidatorFunction Request::compileValidationSchema(const Json& schema, HttpPart part) const {
  return exchange_->state().route->onDemandSchemas->validator(schema, part);
}

void* Request::decoration(std::size_t id, const std::string& name) {
  auto& state = exchange_->state();
  return decorationOf(state, state.route->requestDecorations.get(), state.requestSlots, id, name);
}

// --- RawRequest
// -------------------------------------------------------------------------------------------------------

std::string_view RawRequest::method() const noexcept { return http::nameOf(exchange_->state().message.method); }
std::string_view RawRequest::url() const noexcept { return exchange_->state().message.target; }
std::optional<std::string_view> RawRequest::header(std::string_view name) const {
  return headerOf(exchange_->state(), name);
}
std::string_view RawRequest::httpVersion() const noexcept {
  const auto version = exchange_->state().message.version;
  return version == 20 ? "2.0" : version == 11 ? "1.1" : version == 10 ? "1.0" : "0.9";
}
std::string_view RawRequest::remoteAddress() const noexcept { return exchange_->state().message.remoteAddress; }

}  // namespace fastify
