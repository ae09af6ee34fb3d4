#include "frontend_api/form_post.hpp"

#include "api/html_text.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>
#include <fastify/reply.hpp>

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace clerk::instance::frontend_api {
namespace {

using api::escapeHtml;

constexpr std::string_view script = "document.forms[0].submit()";

/// Nothing but the one script runs on it, whatever stands in its fields.
std::string contentPolicy() {
  static const auto hash = crypto::base64Encode(crypto::bytesOf(crypto::sha256(script)));
  return "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; script-src 'sha256-" + hash + "'";
}

}  // namespace

wire::Json departure(const AuthorizationResponse& response) {
  if (!response.byForm) return wire::Json(response.address());
  wire::JsonArray fields;
  for (const auto& [name, value] : response.parameters) fields.push_back(wire::JsonArray{name, value});
  return wire::JsonObject{{"action", response.redirectUri}, {"fields", std::move(fields)}};
}

void sendFormPost(fastify::Reply& reply, const wire::Json& form) {
  std::string inputs;
  for (const auto& field : form.at("fields").as_array()) {
    inputs += fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escapeHtml(field.at(0).as_string()),
                          escapeHtml(field.at(1).as_string()));
  }
  const auto page = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>One moment</title></head>\n<body>\n"
      "<form method=\"post\" action=\"{}\">\n{}<noscript><button>Continue</button></noscript>\n</form>\n"
      "<script>{}</script>\n</body>\n</html>\n",
      escapeHtml(form.at("action").as_string()), inputs, script);
  reply.header("content-type", "text/html; charset=utf-8").header("content-security-policy", contentPolicy());
  reply.code(200).send(fastify::Buffer{page});
}

}  // namespace clerk::instance::frontend_api
