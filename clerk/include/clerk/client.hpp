#pragma once
// The Backend API client. See Clerk docs: "createClerkClient()".

#include <clerk/api/backend_api.hpp>
#include <clerk/api/call_options.hpp>
#include <clerk/api/request_policy.hpp>
#include <clerk/authenticate_request.hpp>
#include <clerk/jwt.hpp>
#include <clerk/runtime.hpp>

#include <async/task.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace clerk {

struct ClerkOptions {
  std::string secretKey;
  std::string machineSecretKey;
  std::string publishableKey;
  std::string jwtKey;
  /// The Backend API's base; clerk.com's when absent.
  std::optional<std::string> apiUrl;
  std::string apiVersion = "v1";
  std::string userAgent;
  std::string proxyUrl;
  std::string domain;
  bool isSatellite = false;
  std::vector<std::string> audience;
  RequestPolicy requestPolicy;
  Strictness strictness = Strictness::Strict;
  std::shared_ptr<Runtime> runtime;
  /// For metrics: told of each request to the Backend API.
  CallObserver onCall;
};

/// The options that CLERK_SECRET_KEY, CLERK_PUBLISHABLE_KEY, CLERK_JWT_KEY, CLERK_MACHINE_SECRET_KEY, CLERK_API_URL and
/// CLERK_API_VERSION give. Without CLERK_API_URL the API's base follows from the publishable key.
ClerkOptions optionsFromEnvironment(const std::shared_ptr<Runtime>& runtime = {});

/// A call of the Backend API that has no method here.
struct BackendApiRequest {
  std::string method = "GET";
  /// Below the version, such as `/users/user_1`. Refused when it has `.` or `..` segments.
  std::string path;
  /// With the SDK's names: they are sent in snake_case.
  boost::json::object queryParams;
  /// The same, on the first level; not sent when empty, nor with GET.
  boost::json::value bodyParams;
  std::vector<std::pair<std::string, std::string>> headerParams;
};

/// Neither copies nor moves; safe from any thread: each call runs on its caller's loop. See BackendApi for its
/// resources: `client.users`, `client.organizations`, …
class ClerkClient : public BackendApi {
 public:
  explicit ClerkClient(ClerkOptions options);
  ~ClerkClient();
  ClerkClient(const ClerkClient&) = delete;
  ClerkClient& operator=(const ClerkClient&) = delete;

  /// Any method of Clerk's backend SDK by its name, such as `organizations.getOrganizationList`, with its arguments in
  /// JavaScript's form. Gives what JSON.stringify gives of the SDK's result; absent when that is undefined. Throws
  /// clerk::Error for an unknown name.
  async::Task<std::optional<boost::json::value>> call(std::string method, boost::json::array arguments = {},
                                                      CallOptions options = {}) const;
  /// Any call of the Backend API; gives its JSON as it came, absent for 204.
  async::Task<std::optional<boost::json::value>> request(BackendApiRequest request, CallOptions options = {}) const;

  /// Who makes a request. Keys, domain, proxy and audience of this client count where `options` leave them empty; the
  /// API is always this client's. `request` must outlive the task.
  async::Task<RequestState> authenticateRequest(const RequestView& request,
                                                AuthenticateRequestOptions options = {}) const;

  const ClerkOptions& options() const noexcept;

 private:
  explicit ClerkClient(std::shared_ptr<const api::ClientContext> context);
  std::shared_ptr<const api::ClientContext> context_;
};

/// `auto client = clerk::createClerkClient({.secretKey = key});`
inline ClerkClient createClerkClient(ClerkOptions options) { return ClerkClient(std::move(options)); }

/// The client of the environment, made on first use: a .env file must have been loaded by then.
ClerkClient& clerkClient();

}  // namespace clerk
