// From the last declaration to the last onClose hook: ready, listen, run, close, inject.

#include "routes.hpp"
#include "scope.hpp"
#include "workers.hpp"

#include "../boot/loader.hpp"
#include "../inject/injection.hpp"
#include "../server/service_manager.hpp"
#include "../server/tls.hpp"

#include <fastify/instance.hpp>

#include <cstdio>
#include <stop_token>
#include <system_error>

namespace fastify {

namespace {

FastifyError closedForGood() {
  return {500, "FST_ERR_REOPENED_CLOSE_SERVER", "Fastify has already been closed and cannot be reopened"};
}

/// Runs hooks that are called with their scope's instance; one that takes too long is an error where `timeout` is
/// given.
void runAppHooks(Fastify& instance, const std::vector<AppCall>& hooks, std::chrono::milliseconds timeout,
                 std::string_view name) {
  for (const auto& hook : hooks) {
    if (boot::driveToEnd([&] { return hook(instance); }, timeout)) continue;
    throw FastifyError(500, "FST_ERR_HOOK_TIMEOUT",
                       "A callback for '" + std::string(name) +
                           "' hook timed out. You may have forgotten to call 'done' function or to resolve a Promise");
  }
}

template <class Each>
void eachScope(Fastify& root, Each&& each) {
  root.scope().eachInside([&](Fastify::Scope& scope) { each(scope); });
}

/// The one line that says why the server did not start, also when nothing is logged otherwise.
void reportFatal(const Application& application, std::exception_ptr thrown) {
  if (application.logging) {
    application.logger.fatal(thrown);
    application.logger.flush();
  } else {
    std::fprintf(stderr, "%s\n", FastifyError::from(thrown).what());
  }
}

/// One line a plugin, as avvio draws its tree.
void printPlugin(const boot::Loader::Loaded& plugin, const std::string& indent, std::string& out) {
  out.append(plugin.name).append(" ").append(std::to_string(plugin.duration.count())).append(" ms\n");
  for (const auto& child : plugin.children) {
    const bool last = &child == &plugin.children.back();
    const bool leaf = child->children.empty();
    out.append(indent).append(last ? "└─" : "├─").append(leaf ? "─ " : "┬ ");
    printPlugin(*child, indent + (last ? "  " : "│ "), out);
  }
}

/// What is closed is closed whatever its hook says.
void logFailure(AppRoot& root, std::string_view hook) {
  root.application.logger.error(std::current_exception(), std::string(hook) + " hook failed");
}

}  // namespace

void Fastify::ready() {
  auto& root = *scope_->root;
  if (root.bootFailure) std::rethrow_exception(root.bootFailure);
  if (root.state == AppState::Closing || root.state == AppState::Closed) throw closedForGood();
  if (root.state != AppState::Building) return;
  try {
    root.loader.finish();
    compileRoutes(root);
    root.tls = server::makeTlsContext(root.application.options);
    root.state = AppState::Ready;
    const auto timeout = root.application.options.pluginTimeout;
    eachScope(*root.rootInstance,
              [&](Scope& scope) { runAppHooks(*scope.instance, scope.hooks.onReady, timeout, "onReady"); });
  } catch (...) {
    root.bootFailure = std::current_exception();
    throw;
  }
}

std::string Fastify::listen(ListenOptions options) {
  auto& root = *scope_->root;
  if (root.state == AppState::Listening)
    throw FastifyError(500, "FST_ERR_REOPENED_SERVER", "Fastify is already listening");
  ready();
  try {
    auto sockets = server::bind(options, std::max<std::size_t>(root.application.options.threads, 1));
    for (const auto& socket : sockets.front()) root.addresses.push_back(socket.address());
    root.workers = std::make_unique<Workers>(root.application, root.tls, std::move(sockets));
    root.state = AppState::Listening;
    for (const auto& address : root.addresses)
      root.application.logger.info("Server listening at " + originOf(root, address));
    eachScope(*root.rootInstance, [&](Scope& scope) {
      try {
        runAppHooks(*scope.instance, scope.hooks.onListen, {}, "onListen");
      } catch (...) {
        logFailure(root, "onListen");
      }
    });
    root.application.logger.flush();
    auto origin = listeningOrigin();
    if (options.signal.stop_possible()) {
      // Without run() the thread that asks to stop does the closing.
      root.stopOnSignal.emplace(options.signal,
                                std::function<void()>([this] { scope_->root->runs ? requestClose() : close(); }));
    }
    return origin;
  } catch (...) {
    // Nobody listens: it may be tried again.
    root.workers.reset();
    root.addresses.clear();
    root.state = AppState::Ready;
    throw;
  }
}

void Fastify::close() {
  auto& root = *scope_->root;
  if (root.state == AppState::Closing || root.state == AppState::Closed) return;
  root.state = AppState::Closing;
  root.application.closing.store(true, std::memory_order_relaxed);
  std::exception_ptr failure;
  auto attempt = [&](auto&& step) {
    try {
      step();
    } catch (...) {
      logFailure(root, "close");
      if (!failure) failure = std::current_exception();
    }
  };
  eachScope(*root.rootInstance, [&](Scope& scope) {
    attempt([&] { runAppHooks(*scope.instance, scope.hooks.preClose, {}, "preClose"); });
  });
  if (root.workers) root.workers->close();
  // The last added first: what was built on something goes before it.
  for (auto hook = root.onClose.rbegin(); hook != root.onClose.rend(); ++hook) {
    attempt([&] { boot::driveToEnd([&] { return hook->call(*hook->scope->instance); }, {}); });
  }
  root.workers.reset();
  root.state = AppState::Closed;
  root.application.logger.flush();
  if (failure) std::rethrow_exception(failure);
}

void Fastify::requestClose() { scope_->root->closeRequest.ask(); }

int Fastify::run(ListenOptions options) {
  auto& root = *scope_->root;
  try {
    {
      // Held before the workers start, so that they inherit it and the signals come here alone.
      const HeldSignals signals;
      root.runs = true;
      listen(std::move(options));
      server::notifyServiceManager("READY=1");
      root.closeRequest.wait(signals);
    }
    // A second signal ends the program at once.
    server::notifyServiceManager("STOPPING=1");
    close();
    return 0;
  } catch (...) {
    reportFatal(root.application, std::current_exception());
    return 1;
  }
}

std::string Fastify::printPlugins() const {
  std::string text;
  printPlugin(scope_->root->loader.tree(), "", text);
  return text;
}

InjectResponse Fastify::inject(InjectRequest request) {
  ready();
  return injectInto(scope_->root->application, std::move(request));
}

}  // namespace fastify
