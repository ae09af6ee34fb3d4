#include "plugin/request_view.hpp"

#include "url/url.hpp"

#include <algorithm>
#include <array>

namespace clerk::plugin {
namespace {

constexpr std::array<std::string_view, 2> kHandshakeNames{"__clerk_handshake", "__clerk_handshake_nonce"};

bool isHandshakeName(std::string_view name) {
  return std::find(kHandshakeNames.begin(), kHandshakeNames.end(), name) != kHandshakeNames.end();
}

std::string_view trimBlanks(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

std::string withoutHandshakeCookies(std::string_view header) {
  std::string kept;
  for (std::size_t at = 0; at <= header.size();) {
    const auto end = std::min(header.find(';', at), header.size());
    const auto piece = header.substr(at, end - at);
    at = end + 1;
    if (isHandshakeName(trimBlanks(piece.substr(0, piece.find('='))))) continue;
    if (!kept.empty()) kept += ';';
    kept += piece;
  }
  return kept;
}

}  // namespace

RequestHeaders::RequestHeaders(fastify::Request& request, Reading reading) : request_(request), reading_(reading) {
  if (!reading.hidesHandshakes) return;
  if (const auto header = request.headers()["cookie"]) cookies_ = withoutHandshakeCookies(*header);
}

std::optional<std::string_view> RequestHeaders::get(std::string_view name) const {
  if (cookies_ && name == "cookie") return *cookies_;
  if (!reading_.believesForwardedHeaders && name == "host") return request_.host();
  return request_.headers()[name];
}

void RequestHeaders::each(const std::function<void(std::string_view, std::string_view)>& visit) const {
  for (const auto& [name, value] : request_.headers().json()) {
    if (cookies_ && std::string_view(name) == "cookie") {
      visit(name, *cookies_);
    } else if (value.is_string()) {
      visit(name, value.get_string());
    } else if (value.is_array()) {
      std::string joined;
      for (const auto& item : value.get_array()) {
        if (!item.is_string()) continue;
        if (!joined.empty()) joined += ", ";
        joined += std::string_view(item.get_string());
      }
      visit(name, joined);
    }
  }
}

std::string withoutHandshake(std::string_view target) {
  const auto question = target.find('?');
  if (question == std::string_view::npos) return std::string(target);
  url::SearchParams params(target.substr(question));
  if (!params.has(kHandshakeNames[0]) && !params.has(kHandshakeNames[1])) return std::string(target);
  for (auto name : kHandshakeNames) params.remove(name);
  const auto query = params.toString();
  return std::string(target.substr(0, question)) + (query.empty() ? "" : "?" + query);
}

}  // namespace clerk::plugin
