#include "plugin/options.hpp"
#include "plugin/request_slot.hpp"
#include "proxy/frontend_api_proxy.hpp"
#include "url/url.hpp"

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace clerk {
namespace plugin {
namespace {

using fastify::Reply;
using fastify::Request;
using fastify::Task;

AuthenticateRequestOptions behindProxy(const ClerkFastifyOptions& options, const std::string& path) {
  auto request = requestOptionsOf(options);
  if (request.proxyUrl.empty()) request.proxyUrl = path;
  return request;
}

/// How requests are authenticated: with the plugin's options, or those of a route.
struct Rules {
  Rules(const ClerkFastifyOptions& options, const std::string& proxyPath)
      : authenticator(requestOptionsOf(options)),
        proxiedAuthenticator(behindProxy(options, proxyPath)),
        reading{.believesForwardedHeaders = options.trustForwardedHeaders.value_or(false),
                .hidesHandshakes = !options.enableHandshake} {}

  RequestAuthenticator authenticator;
  RequestAuthenticator proxiedAuthenticator;
  Reading reading;
};

/// One registration of the plugin; shared by the hooks that it adds, used by all workers.
class ClerkPlugin {
 public:
  explicit ClerkPlugin(ClerkFastifyOptions options)
      : options_(std::move(options)),
        client_(clientOptionsOf(options_)),
        proxy_({.publishableKey = options_.publishableKey,
                .secretKey = options_.secretKey,
                .options = options_.frontendApiProxy,
                .believesForwardedHeaders = options_.trustForwardedHeaders.value_or(false),
                .strictness = options_.strictness,
                .runtime = options_.runtime}),
        rules_(options_, proxy_.path()) {}

  const ClerkFastifyOptions& options() const noexcept { return options_; }
  bool hasProxy() const { return proxy_.mayBeEnabled(); }

  /// The hook that decides. Does not make a coroutine when nothing has to be waited for.
  Task<> authenticate(Request& request, Reply& reply) const {
    if (hasProxy() && proxy_.serves(request)) return Task<>();
    auto& slot = request[authDecorator()];
    request[clerkDecorator()] = &client_;
    const auto& rules = rulesFor(request);
    if (!view(request, slot, rules.reading)) {
      reply.code(400).send();
      return Task<>();
    }
    const bool isProxied = hasProxy() && proxy_.isEnabledFor(request);
    const auto& authenticator = isProxied ? rules.proxiedAuthenticator : rules.authenticator;
    auto decided = authenticator.authenticateNow(*slot.view);
    if (!decided) return answerLater(authenticator, slot, reply);
    answer(*std::move(decided), slot, reply);
    return Task<>();
  }

  /// The hook that serves the Frontend API: before a body is parsed, whatever the other hook.
  Task<> forward(Request& request, Reply& reply, fastify::Stream body) const {
    if (!proxy_.serves(request)) return Task<>();
    return proxy_.forward(request, reply, std::move(body));
  }

 private:
  /// Makes the SDK's view of the request; false when the target is no URL.
  bool view(Request& request, RequestSlot& slot, Reading reading) const {
    std::string_view target = request.url();
    if (!target.starts_with('/')) {
      const bool isAbsolute = target.starts_with("http://") || target.starts_with("https://");
      if (isAbsolute && !url::Url::parse(target)) return false;
      slot.target = isAbsolute ? std::string(target) : "/" + std::string(target);
      target = slot.target;
    }
    if (reading.hidesHandshakes) target = slot.target = withoutHandshake(target);
    slot.headers.emplace(request, reading);
    slot.view.emplace(request.method(), target, request.protocol(), *slot.headers);
    return true;
  }

  /// Made when a route's first request comes: routes may be declared before the plugin is loaded. The address of their
  /// options tells routes apart; they live as long as the app.
  const Rules& rulesFor(Request& request) const {
    const auto* own = routeOptionsIn(request.routeOptions().config);
    if (!own) return rules_;
    {
      const std::shared_lock lock(routesMutex_);
      if (const auto known = routes_.find(own); known != routes_.end()) return *known->second;
    }
    auto made = std::make_unique<const Rules>(withRouteOptions(options_, *own), proxy_.path());
    const std::unique_lock lock(routesMutex_);
    return *routes_.try_emplace(own, std::move(made)).first->second;
  }

  /// Asks inside the coroutine that waits for it: where there is no memory for that, nothing has begun.
  Task<> answerLater(const RequestAuthenticator& authenticator, RequestSlot& slot, Reply& reply) const {
    answer(co_await authenticator.authenticate(*slot.view), slot, reply);
  }

  void answer(RequestState state, RequestSlot& slot, Reply& reply) const {
    if (slot.headers->reading().hidesHandshakes) withoutRedirect(state);
    for (const auto& [name, value] : state.headers) reply.header(name, value);
    const bool redirects = state.header("location").has_value();
    slot.state = std::move(state);
    if (redirects) reply.code(307).send();
  }

  /// What remains of a handshake for an app without any: only a development browser must still go and come back.
  static void withoutRedirect(RequestState& state) {
    if (state.reason == "dev-browser-missing" || state.reason == "dev-browser-sync") return;
    std::erase_if(state.headers,
                  [](const auto& header) { return header.first == "location" || header.first == "cache-control"; });
  }

  ClerkFastifyOptions options_;
  ClerkClient client_;
  proxy::FrontendApiProxy proxy_;
  Rules rules_;
  mutable std::shared_mutex routesMutex_;
  mutable std::unordered_map<const fastify::JsonObject*, std::unique_ptr<const Rules>> routes_;
};

/// An answer of the Backend API that a handler did not handle is passed on as what it is.
void nameApiError(Request&, Reply&, fastify::FastifyError& error) {
  const auto* thrown = error.as<ClerkAPIResponseError>();
  if (!thrown) return;
  error.name = "ClerkAPIResponseError";
  error.code = thrown->code;
  if (!error.statusCode) error.statusCode = thrown->status;
}

void checkOptions(fastify::Fastify& instance, const ClerkFastifyOptions& options) {
  try {
    requireUsable(options);
  } catch (const Error& error) {
    if (options.requireKeys) throw;
    const std::string_view text = error.what();
    instance.log().warn(std::string(text.substr(0, text.find('\n'))));
  }
}

}  // namespace
}  // namespace plugin

fastify::Task<> detail::startClerkPlugin(fastify::Fastify& instance, const ClerkFastifyOptions& options) {
  using plugin::ClerkPlugin;
  const auto plugin = std::make_shared<const ClerkPlugin>(plugin::completed(options));
  instance.decorateRequest(plugin::authDecorator());
  instance.decorateRequest(plugin::clerkDecorator(), nullptr);
  plugin::checkOptions(instance, plugin->options());

  auto authenticate = [plugin](fastify::Request& request, fastify::Reply& reply) {
    return plugin->authenticate(request, reply);
  };
  if (plugin->options().hookName == "onRequest") {
    instance.addHook(fastify::onRequest, authenticate);
  } else {
    instance.addHook(fastify::preHandler, authenticate);
  }
  if (plugin->hasProxy()) {
    instance.addHook(fastify::preParsing,
                     [plugin](fastify::Request& request, fastify::Reply& reply, fastify::Stream& body) {
                       return plugin->forward(request, reply, body);
                     });
  }
  instance.addHook(fastify::onError, plugin::nameApiError);
  return fastify::Task<>();
}

}  // namespace clerk
