#include <clerk/client.hpp>

#include "api/method_call.hpp"
#include "request/join_paths.hpp"
#include "request/wire_names.hpp"

#include <clerk/keys.hpp>

namespace clerk {

ClerkOptions optionsFromEnvironment(const std::shared_ptr<Runtime>& given) {
  const auto& runtime = runtimeOr(given);
  auto variable = [&](std::string_view name) { return runtime->environment(name).value_or(""); };
  ClerkOptions options;
  options.secretKey = variable("CLERK_SECRET_KEY");
  options.machineSecretKey = variable("CLERK_MACHINE_SECRET_KEY");
  options.publishableKey = variable("CLERK_PUBLISHABLE_KEY");
  options.jwtKey = variable("CLERK_JWT_KEY");
  options.apiUrl = variable("CLERK_API_URL");
  if (options.apiUrl->empty()) options.apiUrl = apiUrlFromPublishableKey(options.publishableKey);
  if (const auto version = variable("CLERK_API_VERSION"); !version.empty()) options.apiVersion = version;
  options.runtime = runtime;
  return options;
}

ClerkClient::ClerkClient(ClerkOptions options)
    : ClerkClient(std::make_shared<const api::ClientContext>(std::move(options))) {}
ClerkClient::ClerkClient(std::shared_ptr<const api::ClientContext> context)
    : BackendApi(context), context_(std::move(context)) {}
ClerkClient::~ClerkClient() = default;

async::Task<std::optional<boost::json::value>> ClerkClient::call(std::string method, boost::json::array arguments,
                                                                 CallOptions options) const {
  return api::callMethod(context_, std::move(method), std::move(arguments), std::move(options));
}

async::Task<std::optional<boost::json::value>> ClerkClient::request(BackendApiRequest request,
                                                                    CallOptions options) const {
  request::Call call{.method = std::move(request.method), .path = request::joinPaths({request.path})};
  call.query = std::move(request.queryParams);
  if (!request.bodyParams.is_null()) call.body = request::toWire(request.bodyParams);
  call.headers = std::move(request.headerParams);
  call.options = std::move(options);
  return request::send(context_->connection, std::move(call));
}

async::Task<RequestState> ClerkClient::authenticateRequest(const RequestView& request,
                                                           AuthenticateRequestOptions options) const {
  const auto& own = context_->options;
  auto inherit = [](std::string& option, const std::string& of) {
    if (option.empty()) option = of;
  };
  inherit(options.secretKey, own.secretKey);
  inherit(options.machineSecretKey, own.machineSecretKey);
  inherit(options.publishableKey, own.publishableKey);
  inherit(options.jwtKey, own.jwtKey);
  inherit(options.proxyUrl, own.proxyUrl);
  inherit(options.domain, own.domain);
  options.isSatellite = options.isSatellite || own.isSatellite;
  if (options.audience.empty()) options.audience = own.audience;
  options.apiUrl = context_->connection.apiUrl;
  options.apiVersion = context_->connection.apiVersion;
  inherit(options.userAgent, own.userAgent);
  options.requestPolicy = own.requestPolicy;
  if (!options.onCall) options.onCall = own.onCall;
  if (!options.runtime) options.runtime = own.runtime;
  return clerk::authenticateRequest(request, std::move(options));
}

const ClerkOptions& ClerkClient::options() const noexcept { return context_->options; }

ClerkClient& clerkClient() {
  static ClerkClient client([] {
    auto options = optionsFromEnvironment();
    options.userAgent = kFrameworkUserAgent;
    return options;
  }());
  return client;
}

}  // namespace clerk
