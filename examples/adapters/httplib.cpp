// A server of cpp-httplib with routes behind Clerk. Reads CLERK_PUBLISHABLE_KEY, CLERK_SECRET_KEY and, to need no
// network, CLERK_JWT_KEY; PORT says where to listen (8080).
#include <async/event_loop.hpp>
#include <clerk/backend.hpp>

#include <boost/json/serialize.hpp>

#include <httplib.h>

#include <cstdlib>
#include <iostream>

clerk::RequestState authenticate(const httplib::Request& request) {
  const clerk::HeaderList headers({request.headers.begin(), request.headers.end()});
  // Its threads may wait; a server with an event loop awaits the task instead.
  return async::blockOn([&] {
    return clerk::clerkClient().authenticateRequest(
        {.method = request.method, .url = request.target, .headers = headers}, {.trustForwardedHeaders = false});
  });
}

void send(httplib::Response& response, int status, const boost::json::value& body) {
  response.status = status;
  response.set_content(boost::json::serialize(body), "application/json");
}

/// Lets who is signed in pass to `handler`. Others get 401, or are sent on the way that Clerk wants browsers to take.
template <class Handler>
httplib::Server::Handler signedIn(Handler handler) {
  return [handler](const httplib::Request& request, httplib::Response& response) {
    const auto state = authenticate(request);
    for (const auto& [name, value] : state.headers) response.headers.emplace(name, value);
    if (state.header("location")) {
      response.status = 307;
      return;
    }
    const auto auth = state.toAuth();
    if (!auth || !auth->userId) return send(response, 401, {{"error", "Unauthorized"}});
    handler(*auth, request, response);
  };
}

int main() {
  httplib::Server server;
  server.set_exception_handler([](const auto&, httplib::Response& response, std::exception_ptr thrown) {
    try {
      std::rethrow_exception(thrown);
    } catch (const std::exception& error) {
      std::cerr << error.what() << '\n';
    }
    send(response, 500, {{"error", "Internal server error"}});
  });

  server.Get("/", [](const httplib::Request&, httplib::Response& response) {
    send(response, 200, {{"message", "This is a public route."}});
  });
  server.Get("/protected", signedIn([](const clerk::Auth& auth, const httplib::Request&, httplib::Response& response) {
               send(response, 200, {{"userId", *auth.userId}});
             }));

  const char* port = std::getenv("PORT");
  const int number = port ? std::atoi(port) : 8080;
  if (!server.bind_to_port("127.0.0.1", number)) return 1;
  std::cout << "Server listening at http://127.0.0.1:" << number << std::endl;
  return server.listen_after_bind() ? 0 : 1;
}
