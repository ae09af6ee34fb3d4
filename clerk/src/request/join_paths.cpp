#include "request/join_paths.hpp"

#include "url/url.hpp"

#include <ecmascript/uri.hpp>

#include <clerk/errors.hpp>

namespace clerk::request {
namespace {

constexpr int kMaximumLayers = 10;

bool isDots(std::string_view segment) { return segment == "." || segment == ".."; }

/// Percent-decodes as long as that changes anything, and looks at each result: who decodes twice is not misled either.
void checkSegment(std::string_view original, std::string_view path) {
  auto refuse = [&] {
    throw Error("joinPaths: \".\" and \"..\" path segments are not allowed (received \"" + std::string(path) + "\")");
  };
  std::string segment(original);
  for (int layer = 0; layer <= kMaximumLayers; ++layer) {
    std::string_view rest = segment;
    for (;;) {
      const auto at = rest.find_first_of("/\\");
      if (isDots(rest.substr(0, at))) refuse();
      if (at == std::string_view::npos) break;
      rest.remove_prefix(at + 1);
    }
    auto decoded = ecmascript::decodeUriComponent(segment);
    if (!decoded || *decoded == segment) return;
    segment = *std::move(decoded);
  }
  throw Error("joinPaths: too many layers of encoding in " + std::string(original));
}

}  // namespace

std::string joinPaths(std::initializer_list<std::string_view> pieces) {
  std::string path;
  for (auto piece : pieces) {
    if (piece.empty()) continue;
    if (!path.empty()) path += '/';
    path += piece;
  }
  std::string single;
  for (char c : path) {
    const bool repeated = c == '/' && single.ends_with('/');
    const bool afterScheme = repeated && single.size() >= 2 && single[single.size() - 2] == ':';
    if (!repeated || afterScheme) single += c;
  }
  std::string_view rest = single;
  for (;;) {
    const auto at = rest.find('/');
    checkSegment(rest.substr(0, at), single);
    if (at == std::string_view::npos) break;
    rest.remove_prefix(at + 1);
  }
  return single;
}

}  // namespace clerk::request
