// Bodies: what the content-type parsers make of them, limits, poisoned JSON, parsers of the app's own.
#include "app.hpp"
#include "app_parts.hpp"

#include <crypto/digest.hpp>

using namespace fastify;

namespace conformance {
namespace {

FastifyOptions optionsOf(std::string_view variant) {
  if (variant == "limit-20") return {.bodyLimit = 20};
  if (variant == "proto-remove")
    return {.onProtoPoisoning = Poisoning::Remove, .onConstructorPoisoning = Poisoning::Remove};
  if (variant == "proto-ignore")
    return {.onProtoPoisoning = Poisoning::Ignore, .onConstructorPoisoning = Poisoning::Ignore};
  return {};
}

std::string_view typeName(const Json& json) {
  switch (json.kind()) {
    case boost::json::kind::null: return "null";
    case boost::json::kind::array: return "array";
    case boost::json::kind::object: return "object";
    case boost::json::kind::string: return "string";
    case boost::json::kind::bool_: return "boolean";
    default: return "number";
  }
}

Json show(Request& request) {
  const RequestBody& body = request.body();
  if (body.isUndefined()) return {{"type", "undefined"}};
  if (body.isBuffer()) return {{"type", "buffer"}, {"hex", crypto::hexEncode(body.buffer().view())}};
  return {{"type", typeName(*body)}, {"value", *body}};
}

void routes(Fastify& app) {
  app.post("/echo", show);
  app.put("/echo", show);
  app.patch("/echo", show);
  app.del("/echo", show);
  app.options("/echo", show);
  app.get("/echo", show);
  app.post("/limit-10", {.bodyLimit = 10}, show);
  app.get("/after", [] { return Json{{"after", true}}; });
  app.post("/ignore", [] { return Json{{"ignored", true}}; });
  app.post("/keys", [](Request& request) {
    JsonArray keys;
    for (const auto& member : request.body()->as_object()) keys.emplace_back(member.key());
    return keys;
  });
}

std::string decodeFormText(std::string_view text) {
  auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() &&
                        std::isxdigit(static_cast<unsigned char>(text[i + 1])) &&
                        std::isxdigit(static_cast<unsigned char>(text[i + 2]));
    if (escape) {
      decoded += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0;;) {
    const auto end = text.find(separator, start);
    parts.push_back(text.substr(start, end - start));
    if (end == text.npos) return parts;
    start = end + 1;
  }
}

/// An HTML form's body; the last one of a repeated name wins.
JsonObject parseForm(Request&, std::string_view body) {
  JsonObject form;
  for (const auto field : split(body, '&')) {
    if (field.empty()) continue;
    const auto equals = field.find('=');
    const auto value = equals == field.npos ? std::string_view() : field.substr(equals + 1);
    form[decodeFormText(field.substr(0, equals))] = decodeFormText(value);
  }
  return form;
}

void appParsers(Fastify& app) {
  constexpr ParserOptions text{.parseAs = ParseAs::String};
  app.addContentTypeParser("application/x-www-form-urlencoded", text, parseForm);
  app.addContentTypeParser(Pattern{R"(^application\/vnd\..+\+json$)"}, text,
                           [](Request&, std::string_view body) -> Task<RequestBody> {
                             co_return RequestBody{{"vendor", boost::json::parse(body)}};
                           });
  app.addContentTypeParser("application/octet-stream", {.parseAs = ParseAs::Buffer},
                           [](Request&, std::string_view body) { return Buffer{std::string(body)}; });
  app.addContentTypeParser(
      {"text/csv", "text/tab-separated-values"}, {.parseAs = ParseAs::String, .bodyLimit = 16},
      [](Request&, std::string_view body) { return Json(boost::json::value_from(split(body, '\n'))); });
  app.addContentTypeParser("application/x-stream", [](Request&, Stream payload) -> Task<Json> {
    std::size_t size = 0;
    while (auto chunk = co_await payload->read()) size += chunk->size();
    co_return Json{{"streamed", size}};
  });
  app.addContentTypeParser("application/x-fail", text, [](Request&, std::string_view) -> RequestBody {
    throw failure("parser says no", 422, "DEMO_PARSE");
  });
  app.addContentTypeParser("application/x-throw", text,
                           [](Request&, std::string_view) -> RequestBody { throw failure("parser threw"); });
  app.addContentTypeParser("application/x-reject", text, [](Request&, std::string_view) -> Task<RequestBody> {
    throw failure("parser rejected");
    co_return undefined;
  });
  app.addContentTypeParser("text/demo; charset=utf-8", text,
                           [](Request&, std::string_view body) { return "exact:" + std::string(body); });
}

void scopedParsers(Fastify& app) {
  constexpr ParserOptions text{.parseAs = ParseAs::String};
  app.registerPlugin(
      [text](Fastify& scope) {
        scope.addContentTypeParser("*", text,
                                   [](Request&, std::string_view body) { return "any:" + std::string(body); });
        scope.post("/", show);
      },
      {.prefix = "/catch-all"});
  app.registerPlugin(
      [](Fastify& scope) {
        scope.removeContentTypeParser("application/json");
        scope.post("/", show);
      },
      {.prefix = "/no-json"});
  app.registerPlugin(
      [text](Fastify& scope) {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser("text/plain", text, [](Request&, std::string_view body) {
          std::string upper(body);
          for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
          return upper;
        });
        scope.post("/", show);
      },
      {.prefix = "/only-text"});
  app.registerPlugin(
      [text](Fastify& scope) {
        scope.removeContentTypeParser("application/json");
        scope.addContentTypeParser("application/json", text,
                                   [parse = scope.getDefaultJsonParser()](Request& request, std::string_view body) {
                                     return body.empty() ? RequestBody(Json(nullptr)) : parse(request, body);
                                   });
        scope.post("/", show);
        scope.del("/", show);
      },
      {.prefix = "/lenient-json"});
  app.registerPlugin(
      [](Fastify& scope) {
        scope.addContentTypeParser(
            "application/jsonx", {.parseAs = ParseAs::Buffer},
            [](Request&, std::string_view body) -> Task<Json> { co_return Json{{"bytes", body.size()}}; });
        scope.post("/", show);
      },
      {.prefix = "/raw"});
}

}  // namespace

std::unique_ptr<Fastify> buildBody(const Setup& setup) {
  auto app = std::make_unique<Fastify>(optionsOf(setup.variant));
  routes(*app);
  if (setup.variant == "custom") {
    appParsers(*app);
    scopedParsers(*app);
  }
  return app;
}

}  // namespace conformance
