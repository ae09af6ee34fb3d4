#include <clerk/keys.hpp>

#include "keys/guidance.hpp"

#include <clerk/errors.hpp>
#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <algorithm>

namespace clerk {
namespace {

constexpr std::string_view kTest = "pk_test_";
constexpr std::string_view kLive = "pk_live_";

/// JavaScript's strings hold the decoded bytes as code points: bytes above 127 come out as two bytes of UTF-8.
std::string latin1ToUtf8(std::string_view bytes) {
  std::string text;
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xc0 | byte >> 6);
      text += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return text;
}

std::optional<std::string> hostOf(std::string_view key) {
  if (!key.starts_with(kTest) && !key.starts_with(kLive)) return {};
  const auto encoded = key.substr(kTest.size());
  // A third underscore is no part of the base64 alphabet: the URL alphabet is refused.
  if (encoded.find('_') != std::string_view::npos) return {};
  auto decoded = crypto::forgivingBase64Decode(encoded);
  if (!decoded || !decoded->ends_with('$')) return {};
  decoded->pop_back();
  if (decoded->find('$') != std::string::npos || decoded->find('.') == std::string::npos) return {};
  return latin1ToUtf8(*decoded);
}

bool isAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::string lowered(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

/// `happy-otter-42.clerk.accounts` and then anything that ends in `dev` or `com`, in any case.
bool isDevelopmentHost(std::string_view host) {
  const std::string lower = lowered(host);
  std::string_view rest = lower;
  for (int word = 0; word < 2; ++word) {
    std::size_t letters = 0;
    while (letters < rest.size() && isAsciiLetter(rest[letters])) ++letters;
    if (letters == 0 || letters == rest.size() || rest[letters] != '-') return false;
    rest.remove_prefix(letters + 1);
  }
  std::size_t digits = 0;
  while (digits < rest.size() && isDigit(rest[digits])) ++digits;
  if (digits < 1 || digits > 2) return false;
  rest.remove_prefix(digits);
  return rest.starts_with(".clerk.accounts") && (rest.ends_with("dev") || rest.ends_with("com"));
}

bool replaceFirst(std::string& text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) return false;
  text.replace(at, from.size(), to);
  return true;
}

/// clerk.com's own stages, told apart by the host in the key.
std::string baseUrl(std::string_view publishableKey, std::string_view production, std::string_view local,
                    std::string_view staging) {
  const auto key = parsePublishableKey(publishableKey);
  const std::string_view host = key ? std::string_view(key->frontendApi) : std::string_view();
  if (host.starts_with("clerk.") && isLegacyDevelopmentHost(host)) return std::string(production);
  for (auto suffix : {".lcl.dev", "lclstage.dev", ".lclclerk.com"}) {
    if (host.ends_with(suffix)) return std::string(local);
  }
  if (host.ends_with(".accountsstage.dev")) return std::string(staging);
  return std::string(production);
}

}  // namespace

bool isLegacyDevelopmentHost(std::string_view host) {
  return host.ends_with(".lcl.dev") || host.ends_with(".lclstage.dev") || host.ends_with(".lclclerk.com");
}

std::optional<PublishableKey> parsePublishableKey(std::string_view key, ParsePublishableKeyOptions options) {
  auto host = hostOf(key);
  if (!host) return {};
  PublishableKey parsed{key.starts_with(kLive) ? InstanceType::Production : InstanceType::Development,
                        std::move(*host)};
  if (!options.proxyUrl.empty()) {
    parsed.frontendApi = options.proxyUrl;
  } else if (parsed.instanceType == InstanceType::Production && options.isSatellite && !options.domain.empty()) {
    parsed.frontendApi = "clerk." + std::string(options.domain);
  }
  return parsed;
}

PublishableKey requirePublishableKey(std::string_view key, ParsePublishableKeyOptions options) {
  if (key.empty()) throw Error("Publishable key is missing." + std::string(kKeyGuidance));
  if (auto parsed = parsePublishableKey(key, options)) return *std::move(parsed);
  throw Error("Publishable key not valid (expected format: pk_test_... or pk_live_...)." + std::string(kKeyGuidance));
}

bool isPublishableKey(std::string_view key) { return hostOf(key).has_value(); }

bool isDevelopmentFromPublishableKey(std::string_view key) {
  return key.starts_with("test_") || key.starts_with(kTest);
}
bool isProductionFromPublishableKey(std::string_view key) { return key.starts_with("live_") || key.starts_with(kLive); }
bool isDevelopmentFromSecretKey(std::string_view key) {
  return key.starts_with("test_") || key.starts_with("sk_test_");
}
bool isProductionFromSecretKey(std::string_view key) { return key.starts_with("live_") || key.starts_with("sk_live_"); }

std::string getCookieSuffix(std::string_view publishableKey) {
  return crypto::base64urlEncode(crypto::bytesOf(crypto::sha1(publishableKey))).substr(0, 8);
}

std::string getSuffixedCookieName(std::string_view name, std::string_view suffix) {
  return std::string(name) + '_' + std::string(suffix);
}

std::string buildPublishableKey(std::string_view frontendApi, std::optional<InstanceType> type) {
  if (!type) {
    const bool development =
        isDevelopmentHost(frontendApi) || (frontendApi.starts_with("clerk.") && isLegacyDevelopmentHost(frontendApi) &&
                                           !frontendApi.ends_with(".prod.lclclerk.com"));
    type = development ? InstanceType::Development : InstanceType::Production;
  }
  auto encoded = crypto::base64Encode(std::string(frontendApi) + '$');
  encoded.erase(std::find(encoded.begin(), encoded.end(), '='), encoded.end());
  return std::string(*type == InstanceType::Development ? kTest : kLive) + encoded;
}

std::string publishableKeyFromHost(std::string_view host, std::string_view fallback) {
  if (isDevelopmentFromPublishableKey(fallback)) return std::string(fallback);
  auto name = lowered(host);
  if (const auto colon = name.rfind(':'); colon != std::string::npos &&
                                          std::all_of(name.begin() + colon + 1, name.end(), isDigit) &&
                                          colon + 1 < name.size()) {
    name.resize(colon);
  }
  if (name.empty()) throw Error("Host must not be empty.");
  return buildPublishableKey("clerk." + name);
}

std::string apiUrlFromPublishableKey(std::string_view publishableKey) {
  return baseUrl(publishableKey, "https://api.clerk.com", "https://api.lclclerk.com", "https://api.clerkstage.dev");
}

std::string fapiUrlFromPublishableKey(std::string_view publishableKey) {
  return baseUrl(publishableKey, "https://frontend-api.clerk.dev", "https://frontend-api.lclclerk.com",
                 "https://frontend-api.clerkstage.dev");
}

std::string buildAccountsBaseUrl(std::string_view frontendApi) {
  if (frontendApi.empty()) return {};
  std::string host(frontendApi);
  replaceFirst(host, "clerk.accountsstage.", "accountsstage.");
  if (!replaceFirst(host, "clerk.accounts.", "accounts.")) replaceFirst(host, "clerk.", "accounts.");
  return "https://" + host;
}

}  // namespace clerk
