// A server of plain Boost.Beast, a thread for each connection, with one route behind Clerk. Reads
// CLERK_PUBLISHABLE_KEY, CLERK_SECRET_KEY and, to need no network, CLERK_JWT_KEY; PORT says where to listen (8080).
#include <async/event_loop.hpp>
#include <clerk/backend.hpp>

#include <boost/json/serialize.hpp>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <cstdlib>
#include <iostream>
#include <thread>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

/// What the SDK wants to know of a request.
clerk::HeaderList headersOf(const Request& request) {
  std::vector<std::pair<std::string, std::string>> headers;
  for (const auto& field : request) headers.emplace_back(field.name_string(), field.value());
  return clerk::HeaderList(headers);
}

clerk::RequestState authenticate(const Request& request) {
  const auto headers = headersOf(request);
  const std::string method(request.method_string()), target(request.target());
  // A thread of its own may wait; a server with an event loop awaits the task instead.
  return async::blockOn([&] {
    return clerk::clerkClient().authenticateRequest({.method = method, .url = target, .headers = headers},
                                                    {.trustForwardedHeaders = false});
  });
}

Response answer(const Request& request, http::status status, const boost::json::value& body) {
  Response response(status, request.version());
  response.set(http::field::content_type, "application/json");
  response.keep_alive(request.keep_alive());
  response.body() = boost::json::serialize(body);
  response.prepare_payload();
  return response;
}

/// Who is not signed in gets 401, or is sent on the way that Clerk wants browsers to take.
Response protectedRoute(const Request& request) {
  const auto state = authenticate(request);
  const auto auth = state.toAuth();
  auto response = state.header("location") ? answer(request, http::status::temporary_redirect, nullptr)
                  : auth && auth->userId   ? answer(request, http::status::ok, {{"userId", *auth->userId}})
                                           : answer(request, http::status::unauthorized, {{"error", "Unauthorized"}});
  for (const auto& [name, value] : state.headers) response.insert(name, value);
  return response;
}

Response route(const Request& request) {
  try {
    if (request.target() == "/") return answer(request, http::status::ok, {{"message", "This is a public route."}});
    if (request.target() == "/protected") return protectedRoute(request);
    return answer(request, http::status::not_found, {{"error", "Not found"}});
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return answer(request, http::status::internal_server_error, {{"error", "Internal server error"}});
  }
}

void serve(asio::ip::tcp::socket socket) {
  beast::flat_buffer buffer;
  beast::error_code failed;
  for (;;) {
    Request request;
    http::read(socket, buffer, request, failed);
    if (failed) return;
    const auto response = route(request);
    http::write(socket, response, failed);
    if (failed || !response.keep_alive()) return;
  }
}

int main() {
  const char* port = std::getenv("PORT");
  asio::io_context context;
  asio::ip::tcp::acceptor acceptor(
      context, {asio::ip::make_address("127.0.0.1"), static_cast<std::uint16_t>(port ? std::atoi(port) : 8080)});
  std::cout << "Server listening at http://" << acceptor.local_endpoint() << std::endl;
  for (;;) std::thread(serve, acceptor.accept()).detach();
}
