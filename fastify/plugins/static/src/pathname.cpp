#include "pathname.hpp"

#include <ecmascript/hex.hpp>
#include <ecmascript/text.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace fastify::detail {
namespace {

/// Calls `see` with each segment; stops when it says so.
template <class See>
bool anySegment(std::string_view path, See see) noexcept {
  while (true) {
    const auto slash = path.find('/');
    if (see(path.substr(0, slash), slash == path.npos)) return true;
    if (slash == path.npos) return false;
    path.remove_prefix(slash + 1);
  }
}

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

double qualityOf(std::string_view parameters) {
  const auto equals = parameters.find("q=");
  if (equals == parameters.npos) return 1;
  return std::clamp(std::strtod(std::string(parameters.substr(equals + 2)).c_str(), nullptr), 0.0, 1.0);
}

}  // namespace

std::optional<std::string> decodePathname(std::string_view path) {
  std::string decoded;
  decoded.reserve(path.size());
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] != '%') {
      decoded += path[at];
      continue;
    }
    const auto byte = ecmascript::escapedByte(path.substr(at));
    if (!byte) return std::nullopt;
    if (std::string_view(";/:@&=+$,").find(*byte) != std::string_view::npos)
      decoded += path.substr(at, 3);
    else
      decoded += *byte;
    at += 2;
  }
  if (!ecmascript::isValidUtf8(decoded)) return std::nullopt;
  return decoded;
}

bool isCanonicalPathname(std::string_view path) noexcept {
  if (path.find_first_of(std::string_view("\\\0", 2)) != path.npos) return false;
  if (path.starts_with('/')) path.remove_prefix(1);
  return !anySegment(path, [](std::string_view segment, bool last) {
    return segment == "." || segment == ".." || (segment.empty() && !last);
  });
}

bool goesUp(std::string_view path) noexcept {
  return anySegment(path, [](std::string_view segment, bool) { return segment == ".."; });
}

bool hasDotFile(std::string_view path) noexcept {
  return anySegment(path, [](std::string_view segment, bool) { return segment.size() > 1 && segment.front() == '.'; });
}

std::vector<std::string_view> acceptedEncodings(std::string_view header) {
  constexpr std::array<std::string_view, 3> known{"br", "gzip", "deflate"};
  std::array<double, 3> quality{};
  while (!header.empty()) {
    const auto comma = header.find(',');
    const auto each = header.substr(0, comma);
    header.remove_prefix(comma == header.npos ? header.size() : comma + 1);
    const auto semicolon = each.find(';');
    std::string name(trimmed(each.substr(0, semicolon)));
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (name == "*") name = "gzip";  // what every reader understands
    const auto found = std::ranges::find(known, std::string_view(name));
    if (found != known.end())
      quality[static_cast<std::size_t>(found - known.begin())] =
          qualityOf(semicolon == each.npos ? "" : each.substr(semicolon));
  }
  std::vector<std::string_view> accepted;
  while (true) {
    const auto best = std::ranges::max_element(quality);  // the first of equals: in the order of `known`
    if (*best <= 0) return accepted;
    accepted.push_back(known[static_cast<std::size_t>(best - quality.begin())]);
    *best = 0;
  }
}

}  // namespace fastify::detail
