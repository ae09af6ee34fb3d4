#pragma once
// Media types of Content-Type headers (RFC 9110, 8.3), as leniently as Fastify reads them.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::content {

struct MediaType {
  /// Type and subtype in lower case: "application/json".
  std::string essence;
  /// Names in lower case, values without quotes; of a name that stands twice the last value. What is no parameter is
  /// skipped.
  std::vector<std::pair<std::string, std::string>> parameters;

  /// The one form that stands for all spellings: `text/plain; charset="utf-8"`.
  std::string normalized() const;
};

/// nullopt when there is no `type/subtype` of allowed characters.
std::optional<MediaType> parseMediaType(std::string_view header);

/// The essence alone; empty when it is malformed.
std::string essenceOf(std::string_view header);
/// The same; nullopt when it is malformed, or the header is not there.
std::optional<std::string> mediaTypeOf(std::optional<std::string_view> header);

}  // namespace fastify::content
