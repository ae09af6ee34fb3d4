#include "plugin/options.hpp"
#include "plugin/request_slot.hpp"
#include "proxy/frontend_api_proxy.hpp"
#include "url/url.hpp"

#include <memory>

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
        authenticator_(requestOptionsOf(options_)),
        proxiedAuthenticator_(behindProxy(options_, proxy_.path())),
        reading_{.believesForwardedHeaders = options_.trustForwardedHeaders.value_or(false),
                 .hidesHandshakes = !options_.enableHandshake} {}

  const ClerkFastifyOptions& options() const noexcept { return options_; }
  bool hasProxy() const { return proxy_.mayBeEnabled(); }

  /// The hook that decides. Does not make a coroutine when nothing has to be waited for.
  Task<> authenticate(Request& request, Reply& reply) const {
    if (hasProxy() && proxy_.serves(request)) return Task<>();
    auto& slot = request[authDecorator()];
    request[clerkDecorator()] = &client_;
    if (!view(request, slot)) {
      reply.code(400).send();
      return Task<>();
    }
    auto task = authenticatorFor(request).authenticate(*slot.view);
    if (!task.ready()) return answerLater(std::move(task), slot, reply);
    answer(task.take(), slot, reply);
    return Task<>();
  }

  /// The hook that serves the Frontend API: before a body is parsed, whatever the other hook.
  Task<> forward(Request& request, Reply& reply, fastify::Stream body) const {
    if (!proxy_.serves(request)) return Task<>();
    return proxy_.forward(request, reply, std::move(body));
  }

 private:
  /// Makes the SDK's view of the request; false when the target is no URL.
  bool view(Request& request, RequestSlot& slot) const {
    std::string_view target = request.url();
    if (!target.starts_with('/')) {
      const bool isAbsolute = target.starts_with("http://") || target.starts_with("https://");
      if (isAbsolute && !url::Url::parse(target)) return false;
      slot.target = isAbsolute ? std::string(target) : "/" + std::string(target);
      target = slot.target;
    }
    if (reading_.hidesHandshakes) target = slot.target = withoutHandshake(target);
    slot.headers.emplace(request, reading_);
    slot.view.emplace(request.method(), target, request.protocol(), *slot.headers);
    return true;
  }

  const RequestAuthenticator& authenticatorFor(Request& request) const {
    return hasProxy() && proxy_.isEnabledFor(request) ? proxiedAuthenticator_ : authenticator_;
  }

  Task<> answerLater(Task<RequestState> task, RequestSlot& slot, Reply& reply) const {
    answer(co_await task, slot, reply);
  }

  void answer(RequestState state, RequestSlot& slot, Reply& reply) const {
    if (!options_.enableHandshake) withoutRedirect(state);
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
  RequestAuthenticator authenticator_;
  RequestAuthenticator proxiedAuthenticator_;
  Reading reading_;
};

/// An answer of the Backend API that a handler did not handle is passed on as what it is.
void nameApiError(Request&, Reply&, fastify::FastifyError& error) {
  const auto* thrown = error.as<ClerkAPIResponseError>();
  if (!thrown) return;
  error.name = "ClerkAPIResponseError";
  error.code = thrown->code;
  if (!error.statusCode) error.statusCode = thrown->status;
}

void warnOfKeys(fastify::Fastify& instance, const ClerkFastifyOptions& options) {
  auto warn = [&](std::string_view text) { instance.log().warn(std::string(text.substr(0, text.find('\n')))); };
  try {
    requirePublishableKey(options.publishableKey);
    if (options.secretKey.empty()) warn("Missing Clerk Secret Key: every request will be answered with 500.");
  } catch (const Error& error) {
    warn(error.what());
  }
}

}  // namespace
}  // namespace plugin

fastify::Task<> detail::startClerkPlugin(fastify::Fastify& instance, const ClerkFastifyOptions& options) {
  using plugin::ClerkPlugin;
  const auto plugin = std::make_shared<const ClerkPlugin>(plugin::completed(options));
  instance.decorateRequest(plugin::authDecorator());
  instance.decorateRequest(plugin::clerkDecorator(), nullptr);
  plugin::warnOfKeys(instance, plugin->options());

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
