#pragma once
// URLs as browsers and Node read and write them (WHATWG URL), for http and https.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::url {

/// A parsed http or https URL. Other schemes, and hosts outside ASCII, are not accepted.
struct Url {
  std::string scheme;  // lower-case
  std::string username;
  std::string password;
  std::string hostname;
  std::optional<std::uint16_t> port;  // absent when it is the scheme's own
  std::string path;                   // starts with '/'
  std::optional<std::string> query;   // without '?'
  std::optional<std::string> fragment;

  /// `base` makes relative references possible.
  static std::optional<Url> parse(std::string_view input, const Url* base = nullptr);

  /// `example.com` or `example.com:8080`.
  std::string host() const;
  /// `https://example.com:8080`.
  std::string origin() const;
  /// `?a=1`, or empty; also empty for a bare `?`.
  std::string search() const;
  std::string href() const;
};

/// The name-value pairs of a query, in order (URLSearchParams).
class SearchParams {
 public:
  SearchParams() = default;
  /// Reads `a=1&b=2`, with or without a leading `?`.
  explicit SearchParams(std::string_view query);

  /// The first value of `name`.
  std::optional<std::string_view> get(std::string_view name) const;
  bool has(std::string_view name) const { return get(name).has_value(); }
  void append(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }
  /// Replaces the first `name` and drops the others, or appends.
  void set(std::string_view name, std::string value);
  void remove(std::string_view name);
  /// `a=1&b=2`, form-encoded: a blank is `+`.
  std::string toString() const;
  const std::vector<std::pair<std::string, std::string>>& pairs() const noexcept { return pairs_; }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

/// Writes the parameters back; no parameters leave no `?`.
void setSearch(Url& url, const SearchParams& params);

/// application/x-www-form-urlencoded: letters, digits and `*-._` stay, a blank is `+`.
std::string formEncode(std::string_view text);
/// Percent-decodes bytes; a `%` without two hexadecimal digits stays.
std::string percentDecode(std::string_view text);
/// Encodes as a URL's path does (`a b` is `a%20b`, `a?b` stays as it is not told apart).
std::string percentEncodePathPiece(std::string_view text);

}  // namespace clerk::url
