#include "portal/pages.hpp"

#include "api/html_text.hpp"

#include <ecmascript/json_text.hpp>

#include <boost/json/object.hpp>

#include <fmt/format.h>

namespace clerk::instance::portal {
namespace {

using api::escapeHtml;

constexpr Page allPages[] = {
    {"home", "Account", "/"},
    {"sign-in", "Sign in", "/sign-in", true},
    {"sign-up", "Sign up", "/sign-up", true},
    {"user", "Profile", "/user", true},
    {"organization", "Organization", "/organization", true},
    {"create-organization", "New organization", "/create-organization", true},
    {"waitlist", "Waitlist", "/waitlist"},
    {"oauth-consent", "Allow access", "/oauth-consent"},
};

constexpr std::string_view style = R"css(
:root { color-scheme: light; font-family: system-ui, sans-serif; color: #1f2030; background: #f7f7f8; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1rem; padding: .9rem 1.5rem; background: #fff; border-bottom: 1px solid #e4e4ea; }
header a { color: inherit; text-decoration: none; }
header .name { font-weight: 600; margin-right: auto; }
header .link { color: #5d5d70; font-size: .9rem; }
main { flex: 1; display: flex; flex-direction: column; align-items: center; padding: 2.5rem 1rem; gap: 1.5rem; }
#notice { max-width: 34rem; line-height: 1.5; text-align: center; }
#notice a { color: #5a3fe0; }
code, pre { font-family: ui-monospace, monospace; font-size: .85rem; }
pre { background: #fff; border: 1px solid #e4e4ea; border-radius: .5rem; padding: 1rem; overflow-x: auto; }
.wide { width: min(60rem, 100%); }
table { width: 100%; border-collapse: collapse; background: #fff; border: 1px solid #e4e4ea; border-radius: .5rem; }
th, td { text-align: left; padding: .5rem .8rem; border-bottom: 1px solid #efeff3; font-size: .9rem; vertical-align: top; }
td.code { font-size: 1.3rem; font-weight: 600; letter-spacing: .08em; }
@media (max-width: 40rem) {
  header { padding: .75rem 1rem; }
  main { padding: 1.5rem 1rem; }
  thead { display: none; }
  tr, td { display: block; }
  tr { padding: .6rem .8rem; border-bottom: 1px solid #efeff3; }
  td { padding: .1rem 0; border: 0; overflow-wrap: anywhere; }
  td:empty { display: none; }
}
)css";

// `#out` tells programs that drive the page who is signed in; people see the notice.
constexpr std::string_view script = R"js('use strict';
(async () => {
  const { page, prefix } = JSON.parse(document.getElementById('page').textContent);
  const element = id => document.getElementById(id);
  const text = (parent, ...parts) => parent.replaceChildren(...parts);
  const link = (path, label) => Object.assign(document.createElement('a'), { href: prefix + path, textContent: label });
  const describe = () => {
    const { user, organization } = window.Clerk;
    element('out').textContent = user ? `user:${user.id}:${user.firstName || ''}:${organization ? organization.name : ''}` : 'signed-out';
    if (page !== 'home') return;
    const name = user && (user.fullName || user.primaryEmailAddress?.emailAddress || user.username || user.id);
    if (user) text(element('notice'), `You are signed in as ${name}. `, link('/user', 'Manage your account'));
    else text(element('notice'), 'You are signed out. ', link('/sign-in', 'Sign in'), ' or ', link('/sign-up', 'sign up'), '.');
  };
  // Backends name the way back in the query, where Clerk's components do not look for it: they keep their place in the hash.
  const back = new URLSearchParams(location.search).get('redirect_url');
  if (back && !location.hash) history.replaceState(null, '', `#/?redirect_url=${encodeURIComponent(back)}`);
  try {
    await window.Clerk.load({
      ui: { ClerkUI: window.__internal_ClerkUICtor },
      telemetry: false,
      signInUrl: `${prefix}/sign-in`,
      signUpUrl: `${prefix}/sign-up`,
      waitlistUrl: `${prefix}/waitlist`,
      afterSignOutUrl: `${prefix}/sign-in`,
      signInFallbackRedirectUrl: `${prefix}/`,
      signUpFallbackRedirectUrl: `${prefix}/`,
    });
    describe();
    window.Clerk.addListener(describe);
    const app = element('app');
    const mountSwitchers = () => {
      window.Clerk.mountUserButton(element('btn'));
      // Clerk's client refuses to mount it where the instance has no organizations.
      if (window.Clerk.__internal_environment?.organizationSettings?.enabled !== false) window.Clerk.mountOrganizationSwitcher(element('org'));
    };
    // Whoever has still something to do for the session does that first.
    const forUser = mount => {
      if (!window.Clerk.user) return window.Clerk.redirectToSignIn();
      if (window.Clerk.session.currentTask) return window.Clerk.redirectToTasks();
      mountSwitchers();
      mount();
    };
    const withoutOrganization = () => {
      text(element('notice'), 'No organization is active. Choose one above, or ', link('/create-organization', 'make a new one'), '.');
    };
    const mounts = {
      'home': () => { if (window.Clerk.user) forUser(() => {}); },
      'sign-in': () => window.Clerk.mountSignIn(app),
      'sign-up': () => window.Clerk.mountSignUp(app),
      'waitlist': () => window.Clerk.mountWaitlist(app),
      'oauth-consent': () => window.Clerk.user ? window.Clerk.mountOAuthConsent(app) : window.Clerk.redirectToSignIn(),
      'user': () => forUser(() => window.Clerk.mountUserProfile(app, { routing: 'hash' })),
      'organization': () => forUser(() => window.Clerk.organization ? window.Clerk.mountOrganizationProfile(app, { routing: 'hash' }) : withoutOrganization()),
      'create-organization': () => forUser(() => window.Clerk.mountCreateOrganization(app, { routing: 'hash', afterCreateOrganizationUrl: `${prefix}/organization` })),
    };
    mounts[page]();
    window.__ready = true;
  } catch (error) {
    element('out').textContent = `FAILED ${error && error.stack || error}`;
    text(element('notice'), `This page could not be loaded: ${error && error.message || error}`);
  }
})();
)js";

constexpr std::string_view developerPageScript = R"js('use strict';
(() => {
  const prefix = document.body.dataset.prefix, rows = document.getElementById('mails'), none = document.getElementById('none');
  const cell = (value, kind = '') => Object.assign(document.createElement('td'), { textContent: value, className: kind });
  const row = mail => {
    const element = document.createElement('tr');
    element.append(cell(new Date(mail.created_at).toLocaleTimeString()), cell(mail.to), cell(mail.subject), cell(mail.code, 'code'));
    element.title = mail.body;
    return element;
  };
  const refresh = async () => {
    try {
      const mails = await (await fetch(`${prefix}/__dev/outbox`)).json();
      rows.replaceChildren(...mails.map(row));
      none.hidden = mails.length > 0;
    } catch { /* the instance is not there for a moment */ }
  };
  refresh();
  setInterval(() => { if (!document.hidden) refresh(); }, 2000);
})();
)js";

/// JSON inside a script element: nothing in it can end the element.
std::string scriptJson(const boost::json::object& value) {
  std::string safe;
  for (const char c : ecmascript::stringify(value)) {
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string frame(std::string_view title, const PageSetting& setting, std::string_view content,
                  std::string_view bodyAttributes = {}) {
  const auto application = escapeHtml(setting.applicationName);
  const auto developerLink = setting.hasDeveloperPage
                                 ? fmt::format("<a class=\"link\" href=\"{}/__dev\">Developer</a>", setting.prefix)
                                 : std::string();
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{} · {}</title>\n"
      "<link rel=\"icon\" href=\"data:,\">\n<style>{}</style>\n</head>\n<body{}>\n"
      "<header><a class=\"name\" href=\"{}/\">{}</a>{}<div id=\"org\"></div><div "
      "id=\"btn\"></div></header>\n{}</body>\n</html>\n",
      escapeHtml(title), application, style, bodyAttributes, setting.prefix, application, developerLink, content);
}

}  // namespace

std::span<const Page> pages() noexcept { return allPages; }
std::string_view pageScript() noexcept { return script; }
std::string_view developerScript() noexcept { return developerPageScript; }

std::string pageHtml(const Page& page, const PageSetting& setting) {
  const auto key = scriptJson({{"key", setting.publishableKey}, {"proxyUrl", setting.prefix + "/__clerk"}});
  const auto content = fmt::format(
      "<main><p id=\"notice\"></p><div id=\"app\"></div></main>\n<output id=\"out\" hidden>loading</output>\n"
      "<script type=\"application/json\" id=\"page\">{}</script>\n"
      "<script>(({{ key, proxyUrl }}) => {{ window.__clerk_publishable_key = key; window.__clerk_proxy_url = proxyUrl; "
      "}})({});</script>\n"
      "<script src=\"{}/npm/@clerk/ui@{}/dist/ui.browser.js\" crossorigin=\"anonymous\"></script>\n"
      "<script src=\"{}/npm/@clerk/clerk-js@{}/dist/clerk.browser.js\" crossorigin=\"anonymous\"></script>\n"
      "<script src=\"{}/__portal.js\"></script>\n",
      scriptJson({{"page", page.name}, {"prefix", setting.prefix}}), key, setting.prefix,
      setting.uiVersion.value_or("1"), setting.prefix, setting.clerkJsVersion.value_or("6"), setting.prefix);
  return frame(page.title, setting, content);
}

std::string missingPackagesHtml(const PageSetting& setting, std::string_view folder) {
  return frame(
      "Not installed", setting,
      fmt::format("<main><p id=\"notice\">Clerk's components (the npm packages @clerk/clerk-js and @clerk/ui) are not "
                  "in <code>{}</code>. Install them there, or start with <code>--portal-packages</code>. The APIs work "
                  "without them.</p></main>\n",
                  escapeHtml(folder)));
}

std::string developerHtml(const PageSetting& setting) {
  const auto content = fmt::format(
      "<main><section class=\"wide\"><h2>For your app</h2><pre>CLERK_PUBLISHABLE_KEY={}</pre>\n"
      "<p>The other values, the secret key among them, stand where the instance was started.</p></section>\n"
      "<section class=\"wide\"><h2>Outbox</h2><p id=\"none\">No mails yet. Addresses with <code>+clerk_test</code> get "
      "none: "
      "their code is "
      "<code>424242</code>.</p>\n<table><thead><tr><th>Time</th><th>To</th><th>Subject</th><th>Code</th></tr></thead>"
      "<tbody id=\"mails\"></tbody></table></section></main>\n<script src=\"{}/__dev/outbox.js\"></script>\n",
      escapeHtml(setting.publishableKey), setting.prefix);
  return frame("Developer", setting, content, fmt::format(" data-prefix=\"{}\"", escapeHtml(setting.prefix)));
}

}  // namespace clerk::instance::portal
