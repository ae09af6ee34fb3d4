// Requests to the proxy of the Frontend API: a target on the first line, headers after it. Whatever they say, the proxy
// asks the Frontend API's host alone, with the instance's own keys.

#include "require.hpp"

#include <clerk/fastify.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace fuzz {
namespace {

std::optional<fetch::Request>& asked() {
  static std::optional<fetch::Request> request;
  return request;
}

fastify::Fastify& app() {
  static fastify::Fastify made;
  static const bool once = [] {
    made.registerPlugin(
        clerk::clerkPlugin,
        clerk::ClerkFastifyOptions{
            .publishableKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",
            .secretKey = "sk_live_x",
            .frontendApiProxy = {.enabled = true},
            .runtime = std::make_shared<clerk::Runtime>(clerk::RuntimeHooks{
                .fetch = [](fetch::Request request) -> async::Task<fetch::Response> {
                  asked() = std::move(request);
                  co_return fetch::Response{.status = 200, .headers = {{"content-type", "text/plain"}}, .body = "ok"};
                },
                .environment = [](std::string_view) -> std::optional<std::string> { return std::nullopt; },
                .log = [](clerk::LogLevel, std::string_view) {}})});
    made.ready();
    return true;
  }();
  REQUIRE(once);
  return made;
}

std::string_view takeLine(std::string_view& input) {
  const auto end = input.find('\n');
  const auto line = input.substr(0, end);
  input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
  return line;
}

}  // namespace

void proxy_request(std::string_view input) {
  const auto target = takeLine(input);
  if (target.empty() || target.front() != '/') return;
  fastify::InjectRequest request{.url = std::string(target), .headers = {{"host", "app.example.com"}}};
  while (!input.empty() && request.headers.size() < 20) {
    const auto line = takeLine(input);
    const auto colon = line.find(':');
    if (colon == 0 || colon == std::string_view::npos) continue;
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; });
    // What a parser of requests lets through.
    const auto isToken = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    const auto isField = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; };
    const auto value = line.substr(colon + 1);
    if (!std::all_of(name.begin(), name.end(), isToken) || !std::all_of(value.begin(), value.end(), isField)) continue;
    if (name == "host" || name == "content-length" || name == "transfer-encoding") continue;
    request.headers.emplace_back(std::move(name), value);
  }
  asked().reset();
  app().inject(std::move(request));
  if (!asked()) return;
  REQUIRE(asked()->url.starts_with("https://frontend-api.clerk.dev/"));
  int keys = 0;
  for (const auto& [name, value] : asked()->headers) {
    REQUIRE(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    if (name == "clerk-secret-key") REQUIRE(++keys == 1 && value == "sk_live_x");
    if (name == "clerk-proxy-url") REQUIRE(value == "http://app.example.com/__clerk");
    if (name == "host") REQUIRE(value == "frontend-api.clerk.dev");
  }
  REQUIRE(keys == 1);
}

}  // namespace fuzz
