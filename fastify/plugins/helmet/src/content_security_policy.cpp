#include "content_security_policy.hpp"

#include <fastify/error.hpp>

#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace fastify::detail {
namespace {

constexpr std::array<std::string_view, 10> quotedWords{
    "none",          "self",        "strict-dynamic", "report-sample",    "inline-speculation-rules",
    "unsafe-inline", "unsafe-eval", "unsafe-hashes",  "wasm-unsafe-eval", ""};
constexpr std::array<std::string_view, 4> quotedPrefixes{"nonce-", "sha256-", "sha384-", "sha512-"};

std::string inQuotes(std::string_view text) {
  std::string out;
  out += '"';
  ecmascript::appendEscaped(out, text);
  return out += '"';
}

[[noreturn]] void refuse(const std::string& what) { throw FastifyError(500, "Content-Security-Policy " + what); }

/// `scriptSrc` is `script-src`.
std::string directiveName(std::string_view raw) {
  const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto isWord = [&](char c) { return isLower(c) || isUpper(c) || (c >= '0' && c <= '9'); };
  const bool good = !raw.empty() && isLower(raw.front()) && isWord(raw.back()) &&
                    std::ranges::all_of(raw, [&](char c) { return isWord(c) || c == '-'; });
  if (!good) refuse("received an invalid directive name " + inQuotes(raw));
  std::string name;
  for (const char c : raw) {
    if (isUpper(c)) name += '-';
    name += isUpper(c) ? static_cast<char>(c + 32) : c;
  }
  return name;
}

void checkEntry(const std::string& name, std::string_view entry) {
  const auto complaint = "received an invalid directive value for " + inQuotes(name);
  if (entry.find_first_of(";,\r\n") != entry.npos) refuse(complaint);
  const bool bare = (!entry.empty() && std::ranges::find(quotedWords, entry) != quotedWords.end()) ||
                    std::ranges::any_of(quotedPrefixes, [&](auto prefix) { return entry.starts_with(prefix); });
  if (bare) refuse(complaint + ". " + inQuotes(entry) + " should be quoted");
}

JsonArray entriesOf(const std::string& name, const Json& value) {
  if (value.is_string()) return JsonArray{value};
  const auto* list = value.if_array();
  const bool texts = list && std::ranges::all_of(*list, [](const Json& each) { return each.is_string(); });
  if (!texts) refuse("received an invalid directive value for " + inQuotes(name));
  return *list;
}

}  // namespace

JsonObject defaultDirectives() {
  return R"({"default-src": ["'self'"], "base-uri": ["'self'"], "font-src": ["'self'", "https:", "data:"],
    "form-action": ["'self'"], "frame-ancestors": ["'self'"], "img-src": ["'self'", "data:"], "object-src": ["'none'"],
    "script-src": ["'self'"], "script-src-attr": ["'none'"], "style-src": ["'self'", "https:", "'unsafe-inline'"],
    "upgrade-insecure-requests": []})"_json.as_object();
}

std::string contentSecurityPolicy(const JsonObject& options) {
  const auto* useDefaults = options.if_contains("useDefaults");
  const bool defaults = !useDefaults || !useDefaults->is_bool() || useDefaults->get_bool();
  JsonObject policy = defaults ? defaultDirectives() : JsonObject();
  std::set<std::string> seen;
  const auto* directives = options.if_contains("directives");
  const JsonObject none;
  for (const auto& [raw, value] : directives && directives->is_object() ? directives->get_object() : none) {
    const auto name = directiveName(raw);
    if (!seen.insert(name).second) refuse("received a duplicate directive " + inQuotes(name));
    if (value.is_null()) {
      if (name == "default-src")
        refuse(
            "needs a default-src but it was set to `null`. If you really want to disable it, leave the header away.");
      // Not erase(): that moves the last member into the gap.
      if (auto* gone = policy.if_contains(name)) *gone = nullptr;
      continue;
    }
    auto entries = entriesOf(name, value);
    for (const auto& entry : entries) checkEntry(name, entry.get_string());
    policy[name] = std::move(entries);
  }
  std::string text;
  bool any = false;
  for (const auto& [name, entries] : policy) {
    if (entries.is_null()) continue;
    if (any) text += ';';
    any = true;
    text += name;
    for (const auto& entry : entries.get_array()) (text += ' ') += std::string_view(entry.get_string());
  }
  if (!any) refuse("has no directives. Either set some or disable the header");
  if (!policy.contains("default-src")) refuse("needs a default-src but none was provided.");
  return text;
}

}  // namespace fastify::detail
