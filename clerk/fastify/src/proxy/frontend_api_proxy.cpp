#include "proxy/frontend_api_proxy.hpp"

#include "text/ascii.hpp"
#include "url/url.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace clerk::proxy {
namespace {

using fastify::Reply;
using fastify::Request;
using fastify::Stream;
using fastify::Task;

/// About one connection, not about what is sent over it (RFC 9110 §7.6.1).
constexpr std::array<std::string_view, 8> kHopByHop{"connection",          "keep-alive", "proxy-authenticate",
                                                    "proxy-authorization", "te",         "trailer",
                                                    "transfer-encoding",   "upgrade"};

bool contains(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What ends a request early: the proxy's own answer.
struct Refusal {
  int status;
  std::string code;
  std::string message;
};

void refuse(Reply& reply, const Refusal& refusal) {
  reply.code(refusal.status).header("cache-control", "no-store").header("content-type", "application/json");
  const boost::json::value body{{"errors", {{{"code", refusal.code}, {"message", refusal.message}}}}};
  reply.send(fastify::Buffer{boost::json::serialize(body)});
}

std::string_view firstOf(std::string_view list) {
  auto first = list.substr(0, list.find(','));
  while (first.starts_with(' ') || first.starts_with('\t')) first.remove_prefix(1);
  while (first.ends_with(' ') || first.ends_with('\t')) first.remove_suffix(1);
  return first;
}

std::vector<std::string> namesOf(std::string_view list) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= list.size();) {
    const auto end = std::min(list.find(',', at), list.size());
    names.push_back(text::toLowerAscii(firstOf(list.substr(at, end - at))));
    at = end + 1;
  }
  return names;
}

bool isLoopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

bool hasBody(std::string_view method) { return method == "POST" || method == "PUT" || method == "PATCH"; }

/// The target's path and query as a URL has them.
std::optional<url::Url> targetOf(std::string_view target) {
  if (!target.starts_with('/')) return url::Url::parse(target);
  return url::Url::parse("http://clerk-dummy" + std::string(target));
}

/// Where the Frontend API is.
url::Url upstreamOf(const Settings& settings, const std::string& publishableKey) {
  const auto configured = settings.runtime->environment("CLERK_FAPI_URL").value_or("");
  const auto text = configured.empty() ? fapiUrlFromPublishableKey(publishableKey) : configured;
  auto refusal = [](std::string message) { return Refusal{500, "proxy_configuration_error", std::move(message)}; };
  const auto colon = text.find(':');
  if (colon != std::string::npos && text.find('/') == colon + 1 && !text.starts_with("http")) {
    throw refusal("FAPI URL must use http or https");
  }
  auto url = url::Url::parse(text);
  if (!url) throw refusal("Invalid URL");
  if (!url->username.empty() || !url->password.empty() || url->query || url->fragment) {
    throw refusal("FAPI URL must not include credentials, a query string, or a hash");
  }
  while (url->path.ends_with('/')) url->path.pop_back();
  return *std::move(url);
}

Refusal tooLarge() { return {413, "request_body_too_large", "Request body is too large"}; }

/// The body as it comes, up to `limit` bytes. Throws Refusal beyond that.
fetch::BodySource limited(Stream stream, std::size_t limit) {
  return [stream = std::move(stream), left = limit]() mutable -> Task<std::optional<std::string>> {
    return [](Stream stream, std::size_t& left) -> Task<std::optional<std::string>> {
      auto piece = co_await stream->read();
      if (piece && piece->size() > left) {
        stream->destroy();
        throw tooLarge();
      }
      if (piece) left -= piece->size();
      co_return piece;
    }(stream, left);
  };
}

/// What the body's length is declared to be; absent when its end will tell.
std::optional<std::uint64_t> bodySizeOf(Request& request) {
  const auto declared = request.headers()["content-length"];
  if (!declared) {
    const bool hasEnd = request.headers()["transfer-encoding"] || request.raw().httpVersion().starts_with('2');
    return hasEnd ? std::nullopt : std::optional<std::uint64_t>(0);  // RFC 9112 §6.3: no body at all
  }
  std::uint64_t size = 0;
  const auto* end = declared->data() + declared->size();
  const auto read = std::from_chars(declared->data(), end, size);
  if (read.ec != std::errc() || read.ptr != end) return {};
  return size;
}

/// A Location that names the Frontend API leads around the proxy: it becomes the proxy's.
std::string throughProxy(std::string_view location, const url::Url& target, const std::string& proxyUrl) {
  const auto url = url::Url::parse(location, &target);
  if (!url || url->host() != target.host()) return std::string(location);
  return proxyUrl + url->path + url->search() + (url->fragment ? "#" + *url->fragment : "");
}

}  // namespace

FrontendApiProxy::FrontendApiProxy(Settings settings) : settings_(std::move(settings)), path_(settings_.options.path) {
  while (path_.ends_with('/')) path_.pop_back();
  if (path_.empty()) path_ = "/__clerk";
}

bool FrontendApiProxy::mayBeEnabled() const {
  const auto* always = std::get_if<bool>(&settings_.options.enabled);
  return !always || *always;
}

bool FrontendApiProxy::isEnabledFor(Request& request) const {
  if (const auto* always = std::get_if<bool>(&settings_.options.enabled)) return *always;
  const auto target = targetOf(request.url());
  if (!target) return false;
  return std::get<1>(settings_.options.enabled)(originOf(request) + target->path + target->search());
}

bool FrontendApiProxy::serves(Request& request) const {
  const auto raw = request.url();
  // Most paths need no parser: what starts differently and has nothing to resolve is somebody else's.
  if (raw.substr(0, path_.size()) != path_ && raw.find_first_of(".%\\\t\r\n") == std::string_view::npos) return false;
  const auto target = targetOf(raw);
  if (!target) return false;
  const std::string_view path = target->path;
  if (path != path_ && !(path.starts_with(path_) && path.substr(path_.size()).starts_with('/'))) return false;
  return isEnabledFor(request);
}

std::string FrontendApiProxy::originOf(Request& request) const {
  auto forwarded = [&](std::string_view name) { return firstOf(request.headers()[name].value_or("")); };
  auto host = std::string(request.host());
  auto protocol = std::string(request.protocol());
  if (settings_.believesForwardedHeaders) {
    const auto otherHost = forwarded("x-forwarded-host"), otherProtocol = forwarded("x-forwarded-proto");
    if (settings_.strictness == Strictness::AsReference) host = std::string(request.hostname());
    if (!otherHost.empty()) host = otherHost;
    if (!otherProtocol.empty()) protocol = otherProtocol;
  }
  return protocol + "://" + host;
}

fetch::Headers FrontendApiProxy::headersFor(Request& request, const std::string& host) const {
  const auto dropped = namesOf(request.headers()["connection"].value_or(""));
  static constexpr std::array<std::string_view, 7> own{
      "host", "accept-encoding", "clerk-proxy-url", "clerk-secret-key", "expect", "content-length", "x-forwarded-for"};
  fetch::Headers headers;
  for (const auto& [name, value] : request.headers().json()) {
    const std::string_view key = name;
    if (contains(kHopByHop, key) || contains(dropped, key) || contains(own, key) || !value.is_string()) continue;
    headers.emplace_back(key, value.get_string());
  }
  auto value = [&](std::string_view name) { return request.headers()[name].value_or(""); };
  auto set = [&](std::string_view name, std::string text) {
    std::erase_if(headers, [&](const auto& header) { return header.first == name; });
    headers.emplace_back(name, std::move(text));
  };
  set("clerk-proxy-url", originOf(request) + path_);
  set("host", host);
  set("accept-encoding", "identity");
  const auto origin = originOf(request);
  const auto scheme = origin.substr(0, origin.find("://"));
  const bool believes = settings_.believesForwardedHeaders;
  if (!believes || value("x-forwarded-host").empty()) set("x-forwarded-host", origin.substr(scheme.size() + 3));
  if (!believes || value("x-forwarded-proto").empty()) set("x-forwarded-proto", scheme);

  // Whose request it is: the framework's word for a peer that is not this machine; a proxy on this machine says it in
  // one of three headers.
  std::string address(believes || isLoopback(request.ip()) ? "" : request.ip());
  if (address.empty()) {
    for (auto name : {"cf-connecting-ip", "x-real-ip", "x-forwarded-for"}) {
      if (address.empty()) address = firstOf(value(name));
    }
  }
  if (!address.empty()) set("x-forwarded-for", address);
  return headers;
}

Task<> FrontendApiProxy::forward(Request& request, Reply& reply, Stream body) const {
  std::optional<Refusal> refusal;
  try {
    auto key = [&](const std::string& option, std::string_view variable) {
      return option.empty() ? settings_.runtime->environment(variable).value_or("") : option;
    };
    const auto publishableKey = key(settings_.publishableKey, "CLERK_PUBLISHABLE_KEY");
    const auto secretKey = key(settings_.secretKey, "CLERK_SECRET_KEY");
    auto require = [](const std::string& text, std::string_view option, std::string_view variable) {
      if (!text.empty()) return;
      throw Refusal{500, "proxy_configuration_error",
                    "Missing " + std::string(option) + ". Provide it in options or set " + std::string(variable) +
                        " environment variable."};
    };
    require(publishableKey, "publishableKey", "CLERK_PUBLISHABLE_KEY");
    require(secretKey, "secretKey", "CLERK_SECRET_KEY");

    auto target = upstreamOf(settings_, publishableKey);
    const auto asked = targetOf(request.url());
    const auto rest = asked->path.substr(path_.size());
    target.path += rest.empty() ? "/" : rest;
    target.query = asked->query;

    const bool sendsBody = hasBody(request.method());
    fetch::Request outgoing{.method = std::string(request.method()), .url = target.href()};
    outgoing.headers = headersFor(request, target.host());
    outgoing.headers.emplace_back("clerk-secret-key", secretKey);
    outgoing.decompress = false;
    outgoing.stop = request.signal();
    if (sendsBody) {
      const auto limit = settings_.options.bodyLimit;
      outgoing.bodySize = bodySizeOf(request);
      if (outgoing.bodySize > limit) throw tooLarge();
      outgoing.bodySource = limited(body, limit);
    }

    auto answer = co_await settings_.runtime->open(std::move(outgoing));
    const auto dropped = namesOf(answer.head.header("connection").value_or(""));
    reply.code(answer.head.status);
    for (const auto& [name, value] : answer.head.headers) {
      const auto key = text::toLowerAscii(name);
      if (contains(kHopByHop, key) || contains(dropped, key) || key == "content-encoding" || key == "content-length")
        continue;
      if (key == "location") {
        reply.header(key, throughProxy(value, target, originOf(request) + path_));
      } else {
        reply.header(key, value);
      }
    }
    reply.send(fastify::Readable::from(std::move(answer.read)));
  } catch (const Refusal& thrown) {
    refusal = thrown;
  } catch (const fetch::Error& error) {
    refusal = {502, "proxy_request_failed", std::string("Failed to proxy request to Clerk FAPI: ") + error.what()};
  }
  if (refusal) refuse(reply, *refusal);
}

}  // namespace clerk::proxy
