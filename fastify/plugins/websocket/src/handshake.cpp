#include "handshake.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <algorithm>

namespace fastify::detail {
namespace {

bool isToken(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<std::string> acceptOf(std::string_view key) {
  const auto bytes = crypto::base64Decode(key);
  if (!bytes || bytes->size() != 16) return std::nullopt;
  return crypto::base64Encode(crypto::bytesOf(crypto::sha1(std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}

std::optional<std::vector<std::string>> offeredProtocols(std::string_view header) {
  std::vector<std::string> offered;
  while (!header.empty()) {
    const auto comma = header.find(',');
    const auto name = trimmed(header.substr(0, comma));
    if (name.empty() || !std::ranges::all_of(name, isToken) || std::ranges::find(offered, name) != offered.end())
      return std::nullopt;
    offered.emplace_back(name);
    header.remove_prefix(comma == header.npos ? header.size() : comma + 1);
  }
  return offered;
}

}  // namespace fastify::detail
