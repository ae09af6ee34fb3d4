#pragma once
// Schemas that can be referred to, and what their $ids name.

#include <fastify/json.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastify::schema {

/// A schema somewhere in a document, and the URI from which its own references are seen.
struct Target {
  const Json* schema = nullptr;
  std::string base;
};

/// Whether a `$id` beside a `$ref` names its schema; draft-07 says that it does not.
enum class IdsBesideRefs : bool { Ignored, Count };

/// One schema with everything below it. Immutable: pointers into it stay valid as long as it does.
class Document {
 public:
  /// `id` is a name besides its own $id. Throws SchemaError when two different schemas in it have the same $id.
  explicit Document(Json schema, std::string_view id = {}, IdsBesideRefs besideRefs = IdsBesideRefs::Count);
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  const Json& schema() const noexcept { return schema_; }
  /// Without an empty fragment; empty when it has none.
  const std::string& id() const noexcept { return id_; }

  /// The schema with this $id, written as an absolute reference (or `#name` in a document without id).
  std::optional<Target> find(std::string_view uri) const;

  /// Schemas that `$dynamicRef` may mean from far away, by name; `$recursiveAnchor` has the name "".
  using DynamicAnchors = std::map<std::string, const Json*, std::less<>>;
  /// Those of the resource with this URI; nullptr when it has none.
  const DynamicAnchors* dynamicAnchors(std::string_view base) const;

 private:
  void collect(const Json& schema, const std::string& base, bool isRoot);
  void addId(const std::string& uri, const Json& schema, const std::string& base);
  void addAnchor(const std::string& base, std::string_view name, const Json& schema);

  Json schema_;
  IdsBesideRefs besideRefs_;
  std::string id_;
  std::map<std::string, DynamicAnchors, std::less<>> dynamicAnchors_;
  std::map<std::string, Target, std::less<>> targets_;
};

/// What `pointer` (a fragment: "/definitions/a") leads to from `start`; nullopt when there is nothing.
std::optional<Target> followPointer(const Target& start, std::string_view pointer);

/// The meta-schema of draft-07.
std::shared_ptr<const Document> draft07();
/// The meta-schemas of 2019-09 and 2020-12, and what these consist of.
const std::vector<std::shared_ptr<const Document>>& laterMetaSchemas();

}  // namespace fastify::schema
