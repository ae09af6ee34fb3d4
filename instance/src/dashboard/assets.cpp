#include "dashboard/assets.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <algorithm>

namespace clerk::instance::dashboard {
namespace {

constexpr std::string_view page = "index.html";

std::string_view contentTypeOf(std::string_view name) noexcept {
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

std::string etagOf(std::string_view bytes) {
  return "\"" + crypto::base64urlEncode(crypto::bytesOf(crypto::sha256(bytes))).substr(0, 22) + "\"";
}

/// What may stand in an attribute as it is; anything else is left out.
std::string plain(std::string_view path) {
  std::string text;
  std::ranges::copy_if(path, std::back_inserter(text),
                       [](char c) { return c != '"' && c != '<' && c != '>' && c != '&' && c != '\''; });
  return text;
}

}  // namespace

Assets::Assets() {
  for (const auto& file : embeddedFiles()) {
    if (file.name == page) continue;
    assets_.emplace(file.name,
                    Asset{.bytes = file.bytes, .contentType = contentTypeOf(file.name), .etag = etagOf(file.bytes)});
  }
}

const Asset* Assets::find(std::string_view name) const noexcept {
  const auto found = assets_.find(name);
  return found == assets_.end() ? nullptr : &found->second;
}

std::string pageHtml(std::string_view base) {
  constexpr std::string_view mark = "{{base}}";
  const auto files = embeddedFiles();
  const auto* file = std::ranges::find(files, page, &EmbeddedFile::name).base();
  std::string html(file->bytes);
  const auto path = plain(base);
  for (auto at = html.find(mark); at != std::string::npos; at = html.find(mark, at + path.size())) {
    html.replace(at, mark.size(), path);
  }
  return html;
}

}  // namespace clerk::instance::dashboard
