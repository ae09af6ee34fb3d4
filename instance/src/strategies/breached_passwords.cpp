#include "strategies/breached_passwords.hpp"

#include <crypto/digest.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>

namespace clerk::instance {
namespace {

constexpr std::size_t sha1Digits = 40;
constexpr std::size_t keptDigits = 16;

int digitOf(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// The first eight bytes of a SHA-1 that is written down; absent when the line is none.
std::optional<std::uint64_t> writtenDigest(std::string_view line) {
  if (line.size() < sha1Digits || (line.size() > sha1Digits && line[sha1Digits] != ':')) return std::nullopt;
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < sha1Digits; ++i) {
    const int digit = digitOf(line[i]);
    if (digit < 0) return std::nullopt;
    if (i < keptDigits) prefix = (prefix << 4) | static_cast<unsigned>(digit);
  }
  return prefix;
}

std::uint64_t digestOf(std::string_view password) {
  const auto digest = crypto::sha1(password);
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < sizeof prefix; ++i) prefix = (prefix << 8) | digest[i];
  return prefix;
}

}  // namespace

BreachedPasswords::BreachedPasswords(std::string_view lines) {
  while (!lines.empty()) {
    auto line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) prefixes_.push_back(writtenDigest(line).value_or(digestOf(line)));
  }
  std::ranges::sort(prefixes_);
  const auto repeated = std::ranges::unique(prefixes_);
  prefixes_.erase(repeated.begin(), repeated.end());
}

bool BreachedPasswords::contains(std::string_view password) const {
  return std::ranges::binary_search(prefixes_, digestOf(password));
}

std::shared_ptr<const BreachedPasswords> readBreachedPasswords(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string lines((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (stream.bad() || !stream.is_open()) {
    throw std::runtime_error("the list of breached passwords " + file.string() + " cannot be read");
  }
  return std::make_shared<const BreachedPasswords>(lines);
}

}  // namespace clerk::instance
