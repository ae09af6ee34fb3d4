#include "schema/references.hpp"

#include "schema/uri.hpp"

namespace fastify::schema {

std::optional<References::Found> References::resolve(const Document& own, std::string_view base,
                                                     std::string_view reference) const {
  const auto written = withoutEmptyFragment(reference);
  if (auto found = resolveUri(own, schema::resolveUri(base, written))) return found;
  // Names like "pet" mean what they say, also where the base is a URN, from which nothing can be relative.
  return written.starts_with('#') ? std::nullopt : resolveUri(own, written);
}

std::optional<References::Found> References::resolveUri(const Document& own, std::string_view uri) const {
  if (auto found = findId(own, uri)) return found;
  auto start = findId(own, withoutFragment(uri));
  const auto fragment = fragmentOf(uri);
  if (!start || !fragment.starts_with('/')) return std::nullopt;
  auto target = followPointer(start->target, fragment);
  if (!target || (!target->schema->is_object() && !target->schema->is_bool())) return std::nullopt;
  start->target = std::move(*target);
  return start;
}

std::optional<References::Found> References::findId(const Document& own, std::string_view uri) const {
  if (auto target = own.find(uri)) return Found{std::move(*target), &own};
  if (auto target = root_.find(uri)) return Found{std::move(*target), &root_};
  for (const auto& [id, document] : registry_.documents()) {
    if (auto target = document->find(uri)) return Found{std::move(*target), document.get()};
  }
  if (auto target = draft07()->find(uri)) return Found{std::move(*target), draft07().get()};
  if (!uri.starts_with("https://json-schema.org/draft/20")) return std::nullopt;
  for (const auto& document : laterMetaSchemas()) {
    if (auto target = document->find(uri)) return Found{std::move(*target), document.get()};
  }
  return std::nullopt;
}

}  // namespace fastify::schema
