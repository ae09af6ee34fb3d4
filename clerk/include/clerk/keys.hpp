#pragma once
// Publishable and secret keys, and what follows from them: the instance's hosts and the names of its cookies.

#include <optional>
#include <string>
#include <string_view>

namespace clerk {

enum class InstanceType { Development, Production };

/// What a publishable key says. `pk_test_` or `pk_live_`, then base64 of the Frontend API's host and `$`.
struct PublishableKey {
  InstanceType instanceType = InstanceType::Development;
  /// The Frontend API's host, such as `happy-otter-42.clerk.accounts.dev`; a proxy URL when one was given.
  std::string frontendApi;
  friend bool operator==(const PublishableKey&, const PublishableKey&) = default;
};

struct ParsePublishableKeyOptions {
  /// Replaces the host altogether.
  std::string_view proxyUrl = {};
  /// With `isSatellite`, a production key stands for `clerk.<domain>`.
  std::string_view domain = {};
  bool isSatellite = false;
};

/// Absent when `key` has not the form of a publishable key.
std::optional<PublishableKey> parsePublishableKey(std::string_view key, ParsePublishableKeyOptions options = {});
/// The same, but throws clerk::Error with Clerk's message and what to do about it.
PublishableKey requirePublishableKey(std::string_view key, ParsePublishableKeyOptions options = {});
bool isPublishableKey(std::string_view key);

/// By their prefix alone: `pk_test_`, `test_`; `pk_live_`, `live_`.
bool isDevelopmentFromPublishableKey(std::string_view key);
bool isProductionFromPublishableKey(std::string_view key);
/// By their prefix alone: `sk_test_`, `test_`; `sk_live_`, `live_`.
bool isDevelopmentFromSecretKey(std::string_view key);
bool isProductionFromSecretKey(std::string_view key);

/// Eight characters that keep the cookies of several instances on one host apart: `__session_<suffix>`.
std::string getCookieSuffix(std::string_view publishableKey);
/// `<name>_<suffix>`.
std::string getSuffixedCookieName(std::string_view name, std::string_view suffix);

/// The publishable key of an instance whose Frontend API is at `frontendApi`. Whether it is a development key follows
/// from the host, as at Clerk (`*.clerk.accounts.dev` and alike); `type` overrules that for hosts of one's own.
std::string buildPublishableKey(std::string_view frontendApi, std::optional<InstanceType> type = {});
/// The key of `clerk.<host>`, or a development `fallback` as it is. Throws clerk::Error when the host is empty.
std::string publishableKeyFromHost(std::string_view host, std::string_view fallback = {});

/// Where the Backend API of the key's instance is. For clerk.com's instances; others name theirs in CLERK_API_URL.
std::string apiUrlFromPublishableKey(std::string_view publishableKey);
/// Where the Frontend API proxy sends its requests.
std::string fapiUrlFromPublishableKey(std::string_view publishableKey);
/// The account portal's origin, such as `https://happy-otter-42.accounts.dev`; empty for an empty host.
std::string buildAccountsBaseUrl(std::string_view frontendApi);
/// True for the hosts of Clerk's first development instances (`*.lcl.dev`, `*.lclstage.dev`, `*.lclclerk.com`).
bool isLegacyDevelopmentHost(std::string_view host);

}  // namespace clerk
