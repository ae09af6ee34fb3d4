// A server of RESTinio, one thread, with a route for programs that send a session token in their Authorization header:
// verifyToken alone, with the key in CLERK_JWT_KEY, never waits. PORT says where to listen (8080).
#include <clerk/backend.hpp>

#include <boost/json/serialize.hpp>

#include <restinio/all.hpp>

#include <cstdlib>
#include <iostream>
#include <optional>

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// The claims of the request's token; absent when there is none that holds.
std::optional<clerk::SessionClaims> claimsOf(const restinio::request_t& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto header = request.header().opt_value_of(restinio::http_field::authorization);
  if (!header || !header->starts_with(scheme)) return {};
  try {
    return clerk::verifyToken(std::string(header->substr(scheme.size())), {.jwtKey = environment("CLERK_JWT_KEY")})
        .take();
  } catch (const clerk::TokenVerificationError& error) {
    std::cerr << error.getFullMessage() << '\n';
    return {};
  }
}

restinio::request_handling_status_t answer(const restinio::request_handle_t& request,
                                           restinio::http_status_line_t status, const boost::json::value& body) {
  return request->create_response(std::move(status))
      .append_header(restinio::http_field::content_type, "application/json")
      .set_body(boost::json::serialize(body))
      .done();
}

restinio::request_handling_status_t route(const restinio::request_handle_t& request) {
  const auto path = request->header().path();
  if (path == "/") return answer(request, restinio::status_ok(), {{"message", "This is a public route."}});
  if (path != "/protected") return answer(request, restinio::status_not_found(), {{"error", "Not found"}});
  const auto claims = claimsOf(*request);
  if (!claims) return answer(request, restinio::status_unauthorized(), {{"error", "Unauthorized"}});
  return answer(request, restinio::status_ok(), {{"userId", claims->sub()}});
}

int main() {
  const auto port = environment("PORT");
  const int number = port.empty() ? 8080 : std::atoi(port.c_str());
  restinio::run(restinio::on_this_thread()
                    .address("127.0.0.1")
                    .port(static_cast<std::uint16_t>(number))
                    .request_handler(route)
                    .acceptor_post_bind_hook([number](auto& acceptor) {
                      acceptor.listen();  // RESTinio does so a moment later: who reads the line must find it open
                      std::cout << "Server listening at http://127.0.0.1:" << number << std::endl;
                    }));
}
