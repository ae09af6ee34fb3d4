#pragma once
// Where to send someone who should sign in or up. See Clerk docs: "createRedirect()".

#include <optional>
#include <string>

namespace clerk {

struct RedirectOptions {
  /// The URL of the page that redirects.
  std::string baseUrl;
  std::string publishableKey;
  /// Of the request, in development: takes the browser's state along to another origin.
  std::string devBrowserToken;
  /// Of this app; without them the account portal's are used.
  std::string signInUrl;
  std::string signUpUrl;
  /// A `pending` session goes on to its tasks.
  std::string sessionStatus;
  bool isSatellite = false;
};

/// The URL of the sign-in page, which returns to `returnBackUrl`. Throws clerk::Error when there is neither a key nor a
/// URL.
std::string redirectToSignIn(const RedirectOptions& options, const std::optional<std::string>& returnBackUrl = {});
/// The same for the sign-up page.
std::string redirectToSignUp(const RedirectOptions& options, const std::optional<std::string>& returnBackUrl = {});

}  // namespace clerk
