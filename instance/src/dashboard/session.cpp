#include "dashboard/session.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <charconv>
#include <vector>

namespace clerk::instance::dashboard {
namespace {

constexpr std::size_t longestText = 200;

std::optional<Time> readTime(std::string_view text) {
  std::int64_t milliseconds = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), milliseconds);
  if (wrong != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return fromMilliseconds(milliseconds);
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.')) {
    parts.push_back(text.substr(0, dot));
    text.remove_prefix(dot + 1);
  }
  parts.push_back(text);
  return parts;
}

std::string signedPart(const Session& session) {
  return session.id + "." + std::to_string(toMilliseconds(session.startedAt)) + "." +
         std::to_string(toMilliseconds(session.issuedAt));
}

}  // namespace

SessionSigner::SessionSigner(const KeyedDigest& digest, std::string_view secretKey)
    : digest_(digest), keyDigest_(digest.of("dashboard key", secretKey)) {}

std::string SessionSigner::sign(const Session& session) const {
  const auto text = signedPart(session);
  return text + "." + digest_.of("dashboard session", text + "." + keyDigest_);
}

std::optional<Session> SessionSigner::read(std::string_view text, Time now) const {
  if (text.size() > longestText) return std::nullopt;
  const auto parts = split(text);
  if (parts.size() != 4) return std::nullopt;
  const auto body = text.substr(0, text.rfind('.'));
  const auto right = digest_.of("dashboard session", std::string(body) + "." + keyDigest_);
  if (!crypto::constantTimeEquals(right, parts[3])) return std::nullopt;
  const auto startedAt = readTime(parts[1]);
  const auto issuedAt = readTime(parts[2]);
  if (!startedAt || !issuedAt) return std::nullopt;
  Session session{.id = std::string(parts[0]), .startedAt = *startedAt, .issuedAt = *issuedAt};
  if (now >= session.expiresAt()) return std::nullopt;
  return session;
}

std::string SessionSigner::csrfTokenOf(const Session& session) const {
  return digest_.of("dashboard csrf", session.id + "." + keyDigest_);
}

}  // namespace clerk::instance::dashboard
