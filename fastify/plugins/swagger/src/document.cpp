#include "document.hpp"

#include "openapi_schema.hpp"

#include <fastify/error.hpp>

#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace fastify::detail {
namespace {

const Json* memberOf(const Json& value, std::string_view name) {
  const auto* members = value.if_object();
  return members ? members->if_contains(name) : nullptr;
}

bool isParameterCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The end of the group that begins at `at`, an opening bracket.
std::size_t groupEnd(std::string_view url, std::size_t at) {
  int level = 0;
  for (; at < url.size(); ++at) {
    if (url[at] == '(') ++level;
    if (url[at] == ')' && --level == 0) return at + 1;
  }
  return at;
}

/// `examples` of a parameter stand beside its schema.
JsonObject mediaOf(Json schema) {
  JsonObject media;
  if (auto* members = schema.if_object()) {
    if (auto* examples = members->if_contains("examples"); examples && examples->is_array()) {
      const auto list = examples->get_array();
      if (list.size() == 1) {
        media["example"] = list[0];
      } else if (list.size() > 1) {
        JsonObject named;
        for (std::size_t i = 0; i < list.size(); ++i) {
          const bool scalar = !list[i].is_structured();
          const auto name = list[i].is_string() ? std::string(list[i].get_string())
                            : scalar            ? ecmascript::stringify(list[i])
                                                : "example" + std::to_string(i + 1);
          named[name] = JsonObject{{"value", list[i]}};
        }
        media["examples"] = std::move(named);
      }
      if (!list.empty()) members->stable_erase("examples");
    }
    if (const auto* examples = members->if_contains("x-examples")) {
      const auto named = *examples;
      media["examples"] = named;
      members->stable_erase("x-examples");
    }
  }
  media["schema"] = std::move(schema);
  return media;
}

class Writer {
 public:
  Writer(const SwaggerOptions& options, const SchemaNames& names, const std::map<std::string, Json>& shared,
         const JsonObject& document)
      : converter_(names, options.convertConstToEnum), shared_(shared), document_(document) {}

  JsonObject operation(const RouteSchema& schema, std::string_view path) const {
    const auto& said = schema.documentation;
    JsonObject operation;
    for (const char* name : {"operationId", "summary", "tags", "description", "externalDocs"})
      copy(operation, said, name);
    JsonArray parameters;
    const auto ignored = securityParameters(said);
    addParameters(parameters, "query", schema.querystring.is_null() ? schema.query : schema.querystring, ignored);
    if (!schema.body.is_null()) operation["requestBody"] = requestBody(schema.body, said.if_contains("consumes"));
    addParameters(parameters, "path", schema.params, {});
    addParameters(parameters, "header", schema.headers, ignored);
    if (const auto* cookies = said.if_contains("cookies")) addParameters(parameters, "cookie", *cookies, ignored);
    if (schema.params.is_null()) addPathParameters(parameters, path);
    if (!parameters.empty()) operation["parameters"] = std::move(parameters);
    for (const char* name : {"deprecated", "security", "servers", "callbacks"}) copy(operation, said, name);
    for (const auto& [name, value] : said) {
      if (name.starts_with("x-")) operation[name] = value;
    }
    operation["responses"] = responses(schema.response, said.if_contains("produces"));
    return operation;
  }

 private:
  using Ignored = std::set<std::pair<std::string, std::string>>;

  static void copy(JsonObject& to, const JsonObject& from, std::string_view name) {
    if (const auto* value = from.if_contains(name); value && !value->is_null() && *value != false && *value != "")
      to[name] = *value;
  }

  /// Parameters that a security scheme stands for.
  Ignored securityParameters(const JsonObject& said) const {
    Ignored ignored;
    const auto* components = document_.if_contains("components");
    const auto* schemes = components ? memberOf(*components, "securitySchemes") : nullptr;
    const auto add = [&](const Json* groups) {
      if (!groups || !groups->is_array() || !schemes) return;
      for (const auto& group : groups->get_array()) {
        const auto* labels = group.if_object();
        for (const auto& [label, scopes] : labels ? *labels : JsonObject()) {
          const auto* scheme = memberOf(*schemes, label);
          if (!scheme) continue;
          const auto* type = memberOf(*scheme, "type");
          const auto* in = memberOf(*scheme, "in");
          const auto* name = memberOf(*scheme, "name");
          if (type && *type == "http")
            ignored.emplace("header", "authorization");
          else if (in && name && in->is_string() && name->is_string())
            ignored.emplace(in->get_string(), name->get_string());
        }
      }
    };
    add(document_.if_contains("security"));
    add(said.if_contains("security"));
    return ignored;
  }

  void addParameters(JsonArray& parameters, std::string_view in, const Json& schema, const Ignored& ignored) const {
    if (schema.is_null()) return;
    auto resolved = converter_.convert(schema);
    if (const auto* target = memberOf(resolved, "$ref")) {
      const auto name = std::string(target->get_string()).substr(std::string_view("#/components/schemas/").size());
      if (const auto known = shared_.find(name); known != shared_.end()) resolved = known->second;
    }
    const auto* properties = memberOf(resolved, "properties");
    const auto* required = memberOf(resolved, "required");
    const JsonObject none;
    for (const auto& [name, value] : properties && properties->is_object() ? properties->get_object() : none) {
      if (ignored.contains({std::string(in), std::string(name)})) continue;
      auto parameter = mediaOf(value);
      parameter["in"] = in;
      parameter["name"] = name;
      const bool needed = required && required->is_array() &&
                          std::ranges::find(required->get_array(), Json(name)) != required->get_array().end();
      parameter["required"] = in == "path" || needed;
      auto* members = parameter["schema"].if_object();
      if (const auto* description = members ? members->if_contains("description") : nullptr) {
        const auto text = *description;
        parameter["description"] = text;
        members->stable_erase("description");
      }
      parameters.push_back(std::move(parameter));
    }
  }

  static void addPathParameters(JsonArray& parameters, std::string_view path) {
    for (auto at = path.find('{'); at != path.npos; at = path.find('{', at + 1)) {
      const auto name = path.substr(at + 1, path.find('}', at) - at - 1);
      parameters.push_back(
          JsonObject{{"schema", {{"type", "string"}}}, {"in", "path"}, {"name", name}, {"required", true}});
    }
  }

  /// `content` of a schema by media type, or the schema for each of `types`.
  JsonObject contentOf(Json resolved, const Json* types) const {
    if (const auto* content = memberOf(resolved, "content");
        content && content->is_object() && !content->get_object().empty() &&
        memberOf(content->get_object().begin()->value(), "schema")) {
      return content->get_object();
    }
    const auto media = mediaOf(std::move(resolved));
    JsonObject content;
    if (types && types->is_array()) {
      for (const auto& type : types->get_array()) content[std::string_view(type.as_string())] = media;
    }
    if (content.empty()) content["application/json"] = media;
    return content;
  }

  JsonObject requestBody(const Json& schema, const Json* consumes) const {
    const auto resolved = converter_.convert(schema);
    // A route with a body schema refuses requests without a body.
    JsonObject body{{"required", true}, {"content", contentOf(resolved, consumes)}};
    if (const auto* description = memberOf(resolved, "description")) body["description"] = *description;
    return body;
  }

  std::string descriptionOf(const Json& raw, const Json& resolved) const {
    if (const auto* text = memberOf(resolved, "x-response-description")) return std::string(text->as_string());
    if (const auto* text = memberOf(raw, "description")) return std::string(text->as_string());
    if (const auto* target = memberOf(resolved, "$ref")) {
      const auto name = std::string(target->get_string()).substr(std::string_view("#/components/schemas/").size());
      const auto known = shared_.find(name);
      const auto* text = known == shared_.end() ? nullptr : memberOf(known->second, "description");
      if (text) return std::string(text->as_string());
    }
    return "Default Response";
  }

  JsonObject responses(const Json& schemas, const Json* produces) const {
    const auto* byStatus = schemas.if_object();
    if (!byStatus) return {{"200", {{"description", "Default Response"}}}};
    JsonObject all;
    for (const auto& [status, raw] : *byStatus) {
      auto resolved = converter_.convert(raw);
      JsonObject response{{"description", descriptionOf(raw, resolved)}};
      auto* members = resolved.if_object();
      if (members) members->stable_erase("x-response-description");
      if (const auto* headers = memberOf(raw, "headers"); headers && headers->is_object()) {
        JsonObject named;
        for (const auto& [name, value] : headers->get_object()) {
          JsonObject header{{"schema", value}};
          if (const auto* text = memberOf(value, "description")) {
            header["description"] = *text;
            header["schema"].as_object().stable_erase("description");
          }
          named[name] = std::move(header);
        }
        response["headers"] = std::move(named);
        if (members) members->stable_erase("headers");
      }
      const auto* type = memberOf(raw, "type");
      if (!type || *type != "null") response["content"] = contentOf(std::move(resolved), produces);
      std::string name(status);
      if (name != "default") std::ranges::transform(name, name.begin(), [](char c) { return c == 'x' ? 'X' : c; });
      all[name] = std::move(response);
    }
    return all;
  }

  SchemaConverter converter_;
  const std::map<std::string, Json>& shared_;
  const JsonObject& document_;
};

bool isHidden(const SwaggerOptions& options, const RouteSchema& schema) {
  const auto* hide = schema.documentation.if_contains("hide");
  if (hide && hide->is_bool() && hide->get_bool()) return true;
  const auto* tags = schema.documentation.if_contains("tags");
  if (!tags || !tags->is_array() || tags->get_array().empty()) return options.hideUntagged;
  return std::ranges::find(tags->get_array(), Json(options.hiddenTag)) != tags->get_array().end();
}

/// The paths of the servers' URLs, their variables filled in.
std::vector<std::string> basePaths(const JsonObject& document) {
  std::vector<std::string> paths;
  const auto* servers = document.if_contains("servers");
  if (!servers || !servers->is_array()) return paths;
  for (const auto& server : servers->get_array()) {
    std::string url(server.at("url").as_string());
    const auto* variables = memberOf(server, "variables");
    for (auto open = url.find('{'); open != std::string::npos; open = url.find('{', open)) {
      const auto close = url.find('}', open);
      const auto* variable = variables && close != std::string::npos
                                 ? memberOf(*variables, url.substr(open + 1, close - open - 1))
                                 : nullptr;
      const auto* value = variable ? memberOf(*variable, "default") : nullptr;
      if (!value) {
        throw FastifyError(500,
                           "Server URL " + std::string(server.at("url").as_string()) +
                               " could not be resolved. Make sure to provide a default value for each URL variable.");
      }
      url.replace(open, close - open + 1, value->as_string());
    }
    const auto scheme = url.find("://");
    const auto slash = scheme == std::string::npos ? 0 : url.find('/', scheme + 3);
    auto path = slash == std::string::npos ? std::string() : url.substr(slash);
    if (path.ends_with('/')) path.pop_back();  // a path in a document begins with one
    if (!path.empty()) paths.push_back(std::move(path));
  }
  return paths;
}

std::string documentPath(const SwaggerOptions& options, const std::vector<std::string>& bases, std::string url) {
  for (const auto& base : bases) {
    if (options.stripBasePath && url.starts_with(base)) url.erase(0, base.size());
  }
  return openapiPath(url);
}

JsonObject emptyDocument(const SwaggerOptions& options) {
  JsonObject document{{"openapi", "3.1.0"}, {"info", {{"version", "1.0.0"}, {"title", ""}}}};
  for (const auto& [name, value] : options.openapi) document[name] = value;
  const auto& version = document["openapi"];
  if (!version.is_string() || !(version.get_string().starts_with("3.1") || version.get_string().starts_with("3.2"))) {
    throw FastifyError(500, "@fastify/swagger: documents are OpenAPI 3.1 or 3.2");
  }
  if (!document["components"].is_object()) document["components"] = JsonObject();
  if (!document["paths"].is_object()) document["paths"] = JsonObject();
  return document;
}

}  // namespace

std::string openapiPath(std::string_view url) {
  std::string path;
  int expressions = 0;
  for (std::size_t at = 0; at < url.size();) {
    const char c = url[at];
    if (c == ':' && at + 1 < url.size() && url[at + 1] == ':') {
      path += ':';
      at += 2;
    } else if (c == ':') {
      auto end = ++at;
      while (end < url.size() && isParameterCharacter(url[end])) ++end;
      path += "{" + std::string(url.substr(at, end - at)) + "}";
      at = end < url.size() && url[end] == '(' ? groupEnd(url, end) : end;
      if (at < url.size() && url[at] == '?') ++at;
    } else if (c == '(') {
      path += "{regexp" + std::to_string(++expressions) + "}";
      at = groupEnd(url, at);
    } else {
      path += c == '*' ? std::string("{*}") : std::string(1, c);
      ++at;
    }
  }
  return path;
}

Json openapiDocument(const SwaggerOptions& options, const std::vector<DocumentedRoute>& routes,
                     const JsonObject& shared) {
  auto document = emptyDocument(options);
  SchemaNames names;
  for (const auto& [id, schema] : shared) {
    names[id] = options.buildLocalReference ? options.buildLocalReference(schema, names.size())
                                            : "def-" + std::to_string(names.size());
  }
  const SchemaConverter converter(names, options.convertConstToEnum);
  std::map<std::string, Json> components;
  auto& schemas = document["components"].get_object()["schemas"];
  if (!schemas.is_object()) schemas = JsonObject();
  for (const auto& [id, schema] : shared) {
    const auto& name = names.find(id)->second;
    auto converted = converter.convertShared(schema, name);
    if (auto* members = converted.if_object(); members && !members->contains("title") && !options.buildLocalReference)
      (*members)["title"] = id;
    components[name] = converted;
    schemas.get_object()[name] = std::move(converted);
  }
  const auto bases = basePaths(document);
  const Writer writer(options, names, components, document);
  for (const auto& route : routes) {
    SwaggerRoute said{route.schema, route.url};
    if (options.transform) options.transform(said);
    if (isHidden(options, said.schema)) continue;
    const auto path = documentPath(options, bases, said.url);
    const auto operation = writer.operation(said.schema, path);
    auto& item = document["paths"].get_object()[path];
    if (!item.is_object()) item = JsonObject();
    for (auto method : route.methods) {
      std::ranges::transform(method, method.begin(),
                             [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      item.get_object()[method] = operation;
    }
  }
  if (options.transformObject) options.transformObject(document);
  return document;
}

}  // namespace fastify::detail
