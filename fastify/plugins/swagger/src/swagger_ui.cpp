#include <fastify/static.hpp>
#include <fastify/swagger.hpp>

#include <fastify/instance.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>

#include <ecmascript/json_text.hpp>

#include <string>

namespace fastify::detail {
namespace {

std::string escapedHtml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

/// JSON inside a script that may be inside a page.
std::string scriptJson(const JsonObject& value) {
  std::string out;
  for (const char c : ecmascript::stringify(value)) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

/// `base` is where the page's folder is, relative to the page: it depends on the slash at the URL's end.
std::string pageOf(const SwaggerUiOptions& options, std::string_view base) {
  const auto at = [&](std::string_view name) { return std::string(base) + "/static/" + std::string(name); };
  std::string page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
                     escapedHtml(options.title) + "</title>\n";
  for (const char* style : {"swagger-ui.css", "index.css"})
    page += "<link rel=\"stylesheet\" type=\"text/css\" href=\"" + at(style) + "\">\n";
  for (const char* size : {"32x32", "16x16"}) {
    page += "<link rel=\"icon\" type=\"image/png\" href=\"" + at(std::string("favicon-") + size + ".png") +
            "\" sizes=\"" + size + "\">\n";
  }
  page += "</head>\n<body>\n<div id=\"swagger-ui\"></div>\n";
  for (const char* script : {"swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-initializer.js"}) {
    page += "<script src=\"" + at(script) + "\" charset=\"utf-8\"></script>\n";
  }
  return page + "</body>\n</html>\n";
}

std::string initializerOf(const SwaggerUiOptions& options) {
  return "window.onload = () => {\n"
         "  const folder = location.href.split('#', 1)[0].replace(/\\/?$/, '/');\n"
         "  const config = Object.assign({\n"
         "    dom_id: '#swagger-ui', deepLinking: true, layout: 'StandaloneLayout', validatorUrl: null,\n"
         "    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset], plugins: "
         "[SwaggerUIBundle.plugins.DownloadUrl],\n"
         "  }, " +
         scriptJson(options.uiConfig) +
         ", {\n"
         "    url: new URL('json', folder).href, oauth2RedirectUrl: new URL('static/oauth2-redirect.html', "
         "folder).href,\n"
         "  });\n"
         "  const ui = SwaggerUIBundle(config);\n"
         "  ui.initOAuth(" +
         scriptJson(options.initOAuth) +
         ");\n"
         "  window.ui = ui;\n"
         "};\n";
}

void addPage(Fastify& scope, const SwaggerUiOptions& options) {
  const auto route = [&](const char* url, Handler handler) {
    RouteOptions route{.onRequest = options.onRequest, .preHandler = options.preHandler};
    route.schema.documentation["hide"] = true;
    scope.get(url, std::move(route), std::move(handler));
  };
  route("/json", [](Request& request, Reply& reply) { reply.send(swaggerDocument(request.server())); });
  route("/yaml", [](Request& request, Reply& reply) {
    reply.header("content-type", "application/x-yaml").send(swaggerYaml(request.server()));
  });
  if (options.baseDir.empty()) return;
  if (!options.staticCSP.empty()) {
    scope.addHook(onSend, [policy = options.staticCSP](Request&, Reply& reply) {
      reply.header("content-security-policy", policy);
    });
  }
  const auto lastSlash = options.routePrefix.rfind('/');
  const auto name = lastSlash == std::string::npos ? options.routePrefix : options.routePrefix.substr(lastSlash + 1);
  // With a slash at the end the browser is in the folder, without one beside it.
  route("/", [inside = pageOf(options, "."), beside = pageOf(options, "./" + name)](Request& request, Reply& reply) {
    const auto url = request.url();
    const bool slash = url.substr(0, url.find('?')).ends_with('/');
    reply.header("content-type", "text/html; charset=utf-8").send(slash ? inside : beside);
  });
  route("/static/swagger-initializer.js", [text = initializerOf(options)](Request&, Reply& reply) {
    reply.header("content-type", "application/javascript; charset=utf-8").send(text);
  });
  scope.registerPlugin([options](Fastify& files) {
    for (const auto& hook : options.onRequest.hooks()) files.addHook(onRequest, hook.call);
    for (const auto& hook : options.preHandler.hooks()) files.addHook(preHandler, hook.call);
    files.registerPlugin(fastifyStatic, {.root = options.baseDir, .prefix = "/static"});
  });
}

}  // namespace

Task<> startSwaggerUi(Fastify& instance, const SwaggerUiOptions& options) {
  instance.registerPlugin([options](Fastify& scope) { addPage(scope, options); },
                          {.prefix = options.routePrefix, .name = "swagger-ui"});
  return Task<>();
}

}  // namespace fastify::detail
