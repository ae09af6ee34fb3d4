#include "compile_responses.hpp"

#include "content/media_type.hpp"
#include "schema/serializer.hpp"

#include <array>
#include <utility>

namespace fastify {

namespace {

/// The serializers of one status: one for all media types, or some by media type ("*/*": any other).
struct StatusSerializers {
  SerializerFunction any;
  std::vector<std::pair<std::string, SerializerFunction>> byMediaType;

  const SerializerFunction* find(std::string_view contentType) const {
    if (any) return &any;
    const auto essence = content::essenceOf(contentType);
    for (const auto& [type, serializer] : byMediaType) {
      if (type == essence) return &serializer;
    }
    for (const auto& [type, serializer] : byMediaType) {
      if (type == "*/*") return &serializer;
    }
    return nullptr;
  }
};

struct RouteSerializers {
  std::vector<std::pair<int, StatusSerializers>> exact;
  std::array<std::optional<StatusSerializers>, 6> ranges;  // by the status's first digit
  std::optional<StatusSerializers> fallback;

  const SerializerFunction* find(int statusCode, std::string_view contentType) const {
    for (const auto& [status, serializers] : exact) {
      if (status == statusCode) return serializers.find(contentType);
    }
    const auto digit = static_cast<std::size_t>(statusCode / 100);
    if (digit < ranges.size() && ranges[digit]) return ranges[digit]->find(contentType);
    return fallback ? fallback->find(contentType) : nullptr;
  }
};

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (auto& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return lower;
}

bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }

FastifyError buildError(const CompiledRoute& route, std::string_view reason) {
  return {500, "FST_ERR_SCH_SERIALIZATION_BUILD",
          "Failed building the serialization schema for " + route.info.method + ": " + route.info.url.value_or("") +
              ", due to error " + std::string(reason)};
}

struct SerializerSource {
  const CompiledRoute& route;
  const RouteOptions& options;
  const Fastify::Scope& scope;

  SerializerFunction compile(const Json& schema, const std::string& status, const std::string& mediaType) const {
    const auto& own = options.serializerCompiler ? options.serializerCompiler : scope.serializerCompiler;
    try {
      if (own) return own({schema, route.info.method, route.info.url.value_or(""), status, mediaType});
      return [serializer = schema::compileSerializer(schema, scope.schemas)](const Json& value) {
        return serializer->serialize(value);
      };
    } catch (const std::exception& failed) {
      throw buildError(route, failed.what());
    }
  }

  StatusSerializers compileStatus(const Json& schema, const std::string& status) const {
    StatusSerializers serializers;
    const auto* content = schema.is_object() ? schema.get_object().if_contains("content") : nullptr;
    if (!content || !content->is_object()) {
      serializers.any = compile(schema, status, "");
      return serializers;
    }
    for (const auto& [mediaType, description] : content->get_object()) {
      const auto* own = description.is_object() ? description.get_object().if_contains("schema") : nullptr;
      if (!own) {
        throw FastifyError(500, "FST_ERR_SCH_CONTENT_MISSING_SCHEMA",
                           "Schema is missing for the content type '" + std::string(mediaType) + "'");
      }
      serializers.byMediaType.emplace_back(lowerCase(mediaType), compile(*own, status, std::string(mediaType)));
    }
    return serializers;
  }

  void add(RouteSerializers& serializers, std::string_view key, const Json& schema) const {
    const auto status = lowerCase(key);
    const bool numbered = status.size() == 3 && status[0] >= '1' && status[0] <= '5';
    if (status == "default") {
      serializers.fallback = compileStatus(schema, status);
    } else if (numbered && status.ends_with("xx")) {
      serializers.ranges[static_cast<std::size_t>(status[0] - '0')] = compileStatus(schema, status);
    } else if (numbered && isDigit(status[1]) && isDigit(status[2])) {
      serializers.exact.emplace_back(std::stoi(status), compileStatus(schema, status));
    } else {
      throw buildError(
          route, R"(response schemas should be nested under a valid status code, e.g { 2xx: { type: "object" } })");
    }
  }
};

}  // namespace

void compileResponses(CompiledRoute& route, const RouteOptions& options, const Fastify::Scope& scope) {
  const auto& response = options.schema.response;
  if (!response.is_object() || response.get_object().empty()) return;
  auto serializers = std::make_shared<RouteSerializers>();
  const SerializerSource source{route, options, scope};
  for (const auto& [key, schema] : response.get_object()) source.add(*serializers, key, schema);
  route.findSerializer = [serializers = std::move(serializers)](int statusCode, std::string_view contentType) {
    return serializers->find(statusCode, contentType);
  };
}

}  // namespace fastify
