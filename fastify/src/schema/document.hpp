#pragma once
// Schemas that can be referred to, and what their $ids name.

#include <fastify/json.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fastify::schema {

/// A schema somewhere in a document, and the URI from which its own references are seen.
struct Target {
  const Json* schema = nullptr;
  std::string base;
};

/// One schema with everything below it. Immutable: pointers into it stay valid as long as it does.
class Document {
 public:
  /// `id` names it when it has no $id itself. Throws SchemaError when two different schemas in it have the same $id.
  explicit Document(Json schema, std::string_view id = {});
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  const Json& schema() const noexcept { return schema_; }
  /// Without an empty fragment; empty when it has none.
  const std::string& id() const noexcept { return id_; }

  /// The schema with this $id, written as an absolute reference (or `#name` in a document without id).
  std::optional<Target> find(std::string_view uri) const;

 private:
  void collect(const Json& schema, const std::string& base, bool isRoot);
  void addId(const std::string& uri, const Json& schema, const std::string& base);

  Json schema_;
  std::string id_;
  std::map<std::string, Target, std::less<>> targets_;
};

/// What `pointer` (a fragment: "/definitions/a") leads to from `start`; nullopt when there is nothing.
std::optional<Target> followPointer(const Target& start, std::string_view pointer);

/// The meta-schema of draft-07.
std::shared_ptr<const Document> draft07();

}  // namespace fastify::schema
