#include <fastify/cookie.hpp>

#include "../../support/named_hook.hpp"

#include <fastify/instance.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>

#include <algorithm>
#include <memory>

namespace fastify {
namespace {

struct Settings {
  CookieOptions options;
  CookieSecret::Sign sign;
  CookieSecret::Unsign unsign;
};

struct PendingCookie {
  std::string name;
  std::string value;
  CookieSerializeOptions options;
};

/// What a reply will say of cookies.
struct Outgoing {
  const Settings* settings = nullptr;
  std::vector<PendingCookie> pending;
  bool hookRan = false;
};

const Decorator<Outgoing> outgoing{"setCookie"};
const Decorator<std::shared_ptr<const Settings>> settingsOf{"serializeCookie"};
const Decorator<bool> parsed{"cookiesParsed"};

void parseOnce(Request& request, const Settings& settings) {
  if (std::exchange(request[parsed], true)) return;
  if (const auto header = request.headers()["cookie"]) request[cookies] = parseCookie(*header, settings.options.decode);
}

void writePending(Reply& reply, Outgoing& out) {
  for (const auto& each : out.pending) reply.header("set-cookie", serializeCookie(each.name, each.value, each.options));
  out.pending.clear();
}

const Settings& withSecret(const Settings& settings) {
  if (!settings.sign) throw FastifyError(500, "@fastify/cookie: signing needs the option `secret`.");
  return settings;
}
const Settings& settingsFor(Reply& reply) { return *reply[outgoing].settings; }

Reply& add(Reply& reply, std::string_view name, std::string_view value, CookieSerializeOptions options) {
  auto& out = reply[outgoing];
  parseOnce(reply.request(), *out.settings);
  if (!options.sameSite) options.sameSite = "lax";
  std::string text(options.sign ? withSecret(*out.settings).sign(value) : value);
  if (std::holds_alternative<std::string>(options.secure)) options.secure = reply.request().protocol() == "https";
  const auto& wantedPath = options.path.empty() ? std::string("/") : options.path;
  const auto same = std::ranges::find_if(out.pending, [&](const PendingCookie& each) {
    return each.name == name && each.options.domain == options.domain &&
           (each.options.path.empty() ? "/" : each.options.path) == wantedPath;
  });
  PendingCookie cookie{std::string(name), std::move(text), std::move(options)};
  if (same == out.pending.end()) {
    out.pending.push_back(std::move(cookie));
  } else {
    *same = std::move(cookie);
  }
  if (out.hookRan) writePending(reply, out);
  return reply;
}

std::shared_ptr<const Settings> settingsFrom(const CookieOptions& options) {
  auto settings = std::make_shared<Settings>();
  settings->options = options;
  settings->sign = options.secret.sign();
  settings->unsign = options.secret.unsign();
  if (!options.secret.secrets().empty()) {
    auto signer = std::make_shared<const CookieSigner>(options.secret.secrets(), options.algorithm);
    settings->sign = [signer](std::string_view value) { return signer->sign(value); };
    settings->unsign = [signer](std::string_view value) { return signer->unsign(value); };
  }
  return settings;
}

const Settings& settingsFor(Request& request) { return *request.server()[settingsOf]; }

}  // namespace

Reply& setCookie(Reply& reply, std::string_view name, std::string_view value, CookieSerializeOptions options) {
  const auto& defaults = settingsFor(reply).options.parseOptions;
  const CookieSerializeOptions unset;
  // What the caller left as it is, the plugin's options say.
  if (options.domain.empty()) options.domain = defaults.domain;
  if (options.path.empty()) options.path = defaults.path;
  if (!options.expires) options.expires = defaults.expires;
  if (!options.maxAge) options.maxAge = defaults.maxAge;
  options.httpOnly |= defaults.httpOnly;
  if (options.secure == unset.secure) options.secure = defaults.secure;
  options.partitioned |= defaults.partitioned;
  if (options.priority.empty()) options.priority = defaults.priority;
  if (!options.sameSite) options.sameSite = defaults.sameSite;
  options.sign |= defaults.sign;
  if (!options.encode) options.encode = defaults.encode;
  return add(reply, name, value, std::move(options));
}

Reply& setCookie(Reply& reply, std::string_view name, std::string_view value) {
  return setCookie(reply, name, value, {});
}

Reply& clearCookie(Reply& reply, std::string_view name, CookieSerializeOptions options) {
  const auto& defaults = settingsFor(reply).options.parseOptions;
  if (options.path.empty()) options.path = defaults.path.empty() ? "/" : defaults.path;
  if (options.domain.empty()) options.domain = defaults.domain;
  options.httpOnly |= defaults.httpOnly;
  if (!options.sameSite) options.sameSite = defaults.sameSite;
  if (options.secure == CookieSerializeOptions().secure) options.secure = defaults.secure;
  options.partitioned |= defaults.partitioned;
  options.sign = false;
  options.maxAge = 0;
  options.expires = std::chrono::system_clock::time_point();
  return add(reply, name, "", std::move(options));
}

Reply& clearCookie(Reply& reply, std::string_view name) { return clearCookie(reply, name, {}); }

std::string signCookie(Request& request, std::string_view value) {
  return withSecret(settingsFor(request)).sign(value);
}
std::string signCookie(Reply& reply, std::string_view value) { return withSecret(settingsFor(reply)).sign(value); }
UnsignResult unsignCookie(Request& request, std::string_view signedValue) {
  return withSecret(settingsFor(request)).unsign(signedValue);
}
UnsignResult unsignCookie(Reply& reply, std::string_view signedValue) {
  return withSecret(settingsFor(reply)).unsign(signedValue);
}

namespace detail {

Task<> startCookie(Fastify& instance, const CookieOptions& options) {
  auto settings = settingsFrom(options);
  instance.decorate(settingsOf, settings);
  instance.decorateRequest(cookies);
  instance.decorateRequest(parsed, false);
  instance.decorateReply(outgoing, Outgoing{.settings = settings.get(), .pending = {}, .hookRan = false});

  auto parse = [settings](Request& request, Reply&) -> Task<> {
    parseOnce(request, *settings);
    return Task<>();
  };
  const bool requestHook = options.hook != "preSerialization";
  if (options.hook != "false" && !(requestHook && addNamedHook(instance, options.hook, std::move(parse)))) {
    throw FastifyError(
        500,
        "@fastify/cookie: Invalid value provided for the hook-option. You can set the hook-option only to false, "
        "'onRequest' , 'preParsing' , 'preValidation' or 'preHandler'");
  }
  instance.addHook(onSend, [](Request&, Reply& reply) -> Task<> {
    auto& out = reply[outgoing];
    writePending(reply, out);
    out.hookRan = true;
    return Task<>();
  });
  return Task<>();
}

}  // namespace detail
}  // namespace fastify
