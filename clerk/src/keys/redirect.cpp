#include <clerk/redirect.hpp>

#include "keys/guidance.hpp"
#include "url/url.hpp"

#include <clerk/errors.hpp>
#include <clerk/keys.hpp>

namespace clerk {
namespace {

url::Url parsed(const std::string& text, const url::Url* base = nullptr) {
  auto url = url::Url::parse(text, base);
  if (!url) throw Error("Invalid URL");
  return *std::move(url);
}

std::string portalPage(const RedirectOptions& options, std::string_view page) {
  const auto key = parsePublishableKey(options.publishableKey);
  if (!key) {
    throw Error("@clerk/backend: Clerk keys are missing from your environment." + std::string(kKeyGuidance));
  }
  return buildAccountsBaseUrl(key->frontendApi) + std::string(page);
}

std::string redirect(const RedirectOptions& options, const std::string& page,
                     const std::optional<std::string>& returnBackUrl) {
  const auto base = parsed(options.baseUrl);
  auto target = parsed(page, &base);
  if (options.sessionStatus == "pending") target.path += "/tasks";
  const bool elsewhere = base.host() != target.host();
  url::SearchParams query(target.search());
  if (returnBackUrl && !returnBackUrl->empty()) {
    auto back = parsed(*returnBackUrl, &base);
    if (elsewhere && options.isSatellite) {
      url::SearchParams backQuery(back.search());
      backQuery.set("__clerk_synced", "false");
      url::setSearch(back, backQuery);
    }
    query.set("redirect_url", back.href());
  }
  if (elsewhere && !options.devBrowserToken.empty() && isDevelopmentFromPublishableKey(options.publishableKey)) {
    query.set("__clerk_db_jwt", options.devBrowserToken);
  }
  url::setSearch(target, query);
  return target.href();
}

}  // namespace

std::string redirectToSignIn(const RedirectOptions& options, const std::optional<std::string>& returnBackUrl) {
  return redirect(options, options.signInUrl.empty() ? portalPage(options, "/sign-in") : options.signInUrl,
                  returnBackUrl);
}

std::string redirectToSignUp(const RedirectOptions& options, const std::optional<std::string>& returnBackUrl) {
  std::string page = options.signUpUrl;
  if (page.empty() && !options.signInUrl.empty()) {
    const auto base = parsed(options.baseUrl);
    auto signIn = parsed(options.signInUrl, &base);
    signIn.path += "/create";
    page = signIn.href();
  }
  return redirect(options, page.empty() ? portalPage(options, "/sign-up") : page, returnBackUrl);
}

}  // namespace clerk
