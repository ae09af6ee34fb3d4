#include "flows/redirect_url/redirect_url.hpp"

#include "model/errors.hpp"
#include "model/registry_errors.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace clerk::instance {
namespace {

constexpr std::size_t longestUrl = 1024;
/// Those make a browser run or show what somebody else wrote.
constexpr std::array<std::string_view, 5> refusedSchemes{"javascript", "data", "vbscript", "file", "blob"};

/// RFC 3986 §3.1.
bool isScheme(std::string_view text) {
  return !text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) || c == '+' || c == '-' || c == '.'; });
}

}  // namespace

bool isRegistrableUrl(std::string_view url) {
  const auto colon = url.find(':');
  if (colon == std::string_view::npos || url.size() > longestUrl || !isScheme(url.substr(0, colon))) return false;
  std::string scheme(url.substr(0, colon));
  std::ranges::transform(scheme, scheme.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (std::ranges::find(refusedSchemes, scheme) != refusedSchemes.end()) return false;
  const auto rest = url.substr(colon + 1);
  if (!rest.starts_with("//") || rest.size() <= 2 || rest[2] == '/') return false;
  return std::ranges::all_of(
      url, [](unsigned char c) { return c > ' ' && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>'; });
}

async::Task<Outcome<RegistryEntry>> createRedirectUrl(Core& core, std::string url) {
  if (!isRegistrableUrl(url)) {
    co_return Failure(errors::formParamFormatInvalid("url", "url must be a valid url."));
  }
  auto entry = newEntry(core, registry::redirectUrl);
  entry.name = std::move(url);
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<RegistryEntry> {
    if (!tx.registry().insert(entry)) return Failure(errors::duplicateRedirectUrl());
    return entry;
  });
}

}  // namespace clerk::instance
