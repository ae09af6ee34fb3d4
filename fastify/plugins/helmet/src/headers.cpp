#include "headers.hpp"

#include "content_security_policy.hpp"

#include <fastify/error.hpp>

#include <ecmascript/json_text.hpp>
#include <ecmascript/number.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace fastify::detail {
namespace {

const JsonObject noOptions;

[[noreturn]] void refuse(const std::string& message) { throw FastifyError(500, message); }

bool isOn(const JsonObject& options, std::string_view name, bool usual) {
  const auto* value = options.if_contains(name);
  return value && value->is_bool() ? value->get_bool() : usual;
}

/// `options[name]` when it is one of `allowed`, `usual` when there is none.
std::string wordOf(const JsonObject& options, std::string_view name, std::string_view usual,
                   std::span<const std::string_view> allowed, std::string_view complaint, std::string_view ending) {
  const auto* value = options.if_contains(name);
  if (!value) return std::string(usual);
  if (value->is_string() && std::ranges::find(allowed, std::string_view(value->get_string())) != allowed.end()) {
    return std::string(value->get_string());
  }
  refuse(std::string(complaint) + ecmascript::stringify(*value) + std::string(ending));
}

std::string embedderPolicy(const JsonObject& options) {
  constexpr std::string_view allowed[]{"require-corp", "credentialless", "unsafe-none"};
  return wordOf(options, "policy", "require-corp", allowed, "Cross-Origin-Embedder-Policy does not support the ",
                " policy");
}
std::string openerPolicy(const JsonObject& options) {
  constexpr std::string_view allowed[]{"same-origin", "same-origin-allow-popups", "noopener-allow-popups",
                                       "unsafe-none"};
  return wordOf(options, "policy", "same-origin", allowed, "Cross-Origin-Opener-Policy does not support the ",
                " policy");
}
std::string resourcePolicy(const JsonObject& options) {
  constexpr std::string_view allowed[]{"same-origin", "same-site", "cross-origin"};
  return wordOf(options, "policy", "same-origin", allowed, "Cross-Origin-Resource-Policy does not support the ",
                " policy");
}
std::string permittedPolicies(const JsonObject& options) {
  constexpr std::string_view allowed[]{"none", "master-only", "by-content-type", "all"};
  return wordOf(options, "permittedPolicies", "none", allowed, "X-Permitted-Cross-Domain-Policies does not support ",
                "");
}

std::string referrerPolicy(const JsonObject& options) {
  constexpr std::string_view allowed[]{"no-referrer",
                                       "no-referrer-when-downgrade",
                                       "same-origin",
                                       "origin",
                                       "strict-origin",
                                       "origin-when-cross-origin",
                                       "strict-origin-when-cross-origin",
                                       "unsafe-url",
                                       ""};
  const auto* policy = options.if_contains("policy");
  if (!policy) return "no-referrer";
  const JsonArray tokens = policy->is_array() ? policy->get_array() : JsonArray{*policy};
  if (tokens.empty()) refuse("Referrer-Policy received no policy tokens");
  std::set<std::string> seen;
  std::string text;
  for (const auto& token : tokens) {
    if (!token.is_string() || std::ranges::find(allowed, std::string_view(token.get_string())) == std::end(allowed)) {
      refuse("Referrer-Policy received an unexpected policy token " + ecmascript::stringify(token));
    }
    const std::string word(token.get_string());
    if (!seen.insert(word).second)
      refuse("Referrer-Policy received a duplicate policy token " + ecmascript::stringify(token));
    text += (seen.size() > 1 ? "," : "") + word;
  }
  return text;
}

std::string transportSecurity(const JsonObject& options) {
  double seconds = 365 * 24 * 60 * 60;
  if (const auto* age = options.if_contains("maxAge")) {
    seconds = age->is_number() ? age->to_number<double>() : -1;
    if (!(seconds >= 0) || !std::isfinite(seconds)) {
      refuse("Strict-Transport-Security: " + ecmascript::stringify(*age) +
             " is not a valid value for maxAge. Please choose a positive integer.");
    }
  }
  std::string text = "max-age=" + ecmascript::toString(std::floor(seconds));
  if (isOn(options, "includeSubDomains", true)) text += "; includeSubDomains";
  if (isOn(options, "preload", false)) text += "; preload";
  return text;
}

std::string frameOptions(const JsonObject& options) {
  const auto* action = options.if_contains("action");
  if (!action) return "SAMEORIGIN";
  std::string word(action->is_string() ? std::string_view(action->get_string()) : "");
  for (char& c : word) {
    if (c >= 'a' && c <= 'z') c -= 32;
  }
  if (word == "SAME-ORIGIN") word = "SAMEORIGIN";
  if (word != "DENY" && word != "SAMEORIGIN")
    refuse("X-Frame-Options received an invalid action " + ecmascript::stringify(*action));
  return word;
}

struct Header {
  const char* option;
  const char* olderName;  // may be null
  const char* header;
  bool usual;
  std::string (*value)(const JsonObject& options);
};

const Header headers[]{
    {"contentSecurityPolicy", nullptr, "content-security-policy", true, contentSecurityPolicy},
    {"crossOriginEmbedderPolicy", nullptr, "cross-origin-embedder-policy", false, embedderPolicy},
    {"crossOriginOpenerPolicy", nullptr, "cross-origin-opener-policy", true, openerPolicy},
    {"crossOriginResourcePolicy", nullptr, "cross-origin-resource-policy", true, resourcePolicy},
    {"originAgentCluster", nullptr, "origin-agent-cluster", true, [](const JsonObject&) { return std::string("?1"); }},
    {"referrerPolicy", nullptr, "referrer-policy", true, referrerPolicy},
    {"strictTransportSecurity", "hsts", "strict-transport-security", true, transportSecurity},
    {"xContentTypeOptions", "noSniff", "x-content-type-options", true,
     [](const JsonObject&) { return std::string("nosniff"); }},
    {"xDnsPrefetchControl", "dnsPrefetchControl", "x-dns-prefetch-control", true,
     [](const JsonObject& options) { return std::string(isOn(options, "allow", false) ? "on" : "off"); }},
    {"xDownloadOptions", "ieNoOpen", "x-download-options", true,
     [](const JsonObject&) { return std::string("noopen"); }},
    {"xFrameOptions", "frameguard", "x-frame-options", true, frameOptions},
    {"xPermittedCrossDomainPolicies", "permittedCrossDomainPolicies", "x-permitted-cross-domain-policies", true,
     permittedPolicies},
    {"xXssProtection", "xssFilter", "x-xss-protection", true, [](const JsonObject&) { return std::string("0"); }},
};

/// The option's value, null when it is not set.
const Json* optionOf(const JsonObject& options, const Header& header) {
  const auto* newer = options.if_contains(header.option);
  const auto* older = header.olderName ? options.if_contains(header.olderName) : nullptr;
  if (newer && !newer->is_null() && older && !older->is_null()) {
    refuse(std::string(header.option) + " option was specified twice. Remove the `" + header.olderName +
           "` option to fix this error.");
  }
  const auto* value = newer && !newer->is_null() ? newer : older;
  return value && !value->is_null() ? value : nullptr;
}

}  // namespace

HeaderPairs helmetHeaders(const JsonObject& options) {
  HeaderPairs pairs;
  for (const auto& each : headers) {
    const auto* value = optionOf(options, each);
    const bool on = !value ? each.usual : !value->is_bool() || value->get_bool();
    if (!on) continue;
    const auto& own = value && value->is_object() ? value->get_object() : noOptions;
    const bool reportOnly = std::string_view(each.option) == "contentSecurityPolicy" && isOn(own, "reportOnly", false);
    pairs.emplace_back(std::string(each.header) + (reportOnly ? "-report-only" : ""), each.value(own));
  }
  return pairs;
}

}  // namespace fastify::detail
