#include "router.hpp"

#include "percent.hpp"
#include "search.hpp"
#include "target.hpp"
#include "tree_text.hpp"

#include <ecmascript/json_text.hpp>

#include <array>
#include <deque>
#include <unordered_map>

namespace fastify::router {
namespace {

std::string withoutDuplicateSlashes(std::string_view path) {
  std::string single;
  for (const char c : path) {
    if (c != '/' || !single.ends_with('/')) single += c;
  }
  return single;
}

std::string_view withoutTrailingSlash(std::string_view path) noexcept {
  return path.size() > 1 && path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

std::size_t indexOf(http::Method method) noexcept { return static_cast<std::size_t>(method); }

}  // namespace

struct Router::Impl {
  explicit Impl(Settings given) : settings(std::move(given)), strategies(settings.strategies) {}

  void addOne(http::Method method, std::string_view path, RouteNumber route, const Constraints& constraints);
  void checkOne(http::Method method, const Pattern& pattern, const Constraints& constraints) const;
  const RouteEntry* findEntry(http::Method method, std::string_view pattern, const Constraints& constraints) const;
  /// A pattern as it is declared: the settings apply to it as they do to requests.
  std::string normalPath(std::string_view path) const;

  Settings settings;
  Strategies strategies;
  std::deque<RouteEntry> entries;  // in order of declaration; their addresses stay
  std::array<std::unordered_map<std::string, std::vector<const RouteEntry*>>, http::methodCount> byShape;
  std::array<std::unique_ptr<FrozenTree>, http::methodCount> trees;
  std::array<Tree, http::methodCount> declared;
  bool frozen = false;
};

Router::Router(Settings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

std::string Router::Impl::normalPath(std::string_view path) const {
  std::string normal = settings.ignoreDuplicateSlashes ? withoutDuplicateSlashes(path) : std::string(path);
  if (settings.ignoreTrailingSlash) normal.resize(withoutTrailingSlash(normal).size());
  return normal;
}

void Router::Impl::checkOne(http::Method method, const Pattern& pattern, const Constraints& constraints) const {
  strategies.validate(constraints);
  const auto& shapes = byShape[indexOf(method)];
  const auto sameShape = shapes.find(pattern.shape);
  if (sameShape == shapes.end()) return;
  for (const auto* other : sameShape->second) {
    if (other->constraints != constraints) continue;
    throw RouterError(RouterError::Kind::Duplicate,
                      "Method '" + std::string(http::nameOf(method)) + "' already declared for route '" +
                          pattern.shape + "' with constraints '" + ecmascript::stringify(constraints) + "'");
  }
}

void Router::Impl::addOne(http::Method method, std::string_view path, RouteNumber route,
                          const Constraints& constraints) {
  const auto normal = normalPath(path);
  auto pattern = parsePattern(normal, settings.caseSensitive);
  checkOne(method, pattern, constraints);
  auto& sameShape = byShape[indexOf(method)][pattern.shape];
  strategies.noteUse(constraints);
  entries.push_back({method, normal, route, pattern.names, constraints, pattern.expressions});
  sameShape.push_back(&entries.back());
  declared[indexOf(method)].add(pattern, entries.back());
}

namespace {
void checkStart(std::string_view path) {
  if (path.empty()) throw RouterError(RouterError::Kind::InvalidPath, "The path could not be empty");
  if (path.front() != '/' && path.front() != '*') {
    throw RouterError(RouterError::Kind::InvalidPath, "The first character of a path should be `/` or `*`");
  }
}
}  // namespace

void Router::check(http::Method method, std::string_view path, const Constraints& constraints) const {
  checkStart(path);
  const auto checkOne = [&](std::string_view one) {
    impl_->checkOne(method, parsePattern(impl_->normalPath(one), impl_->settings.caseSensitive), constraints);
  };
  const auto both = splitOptional(path);
  checkOne(both ? both->first : path);
  if (both) checkOne(both->second);
}

void Router::add(http::Method method, std::string_view path, RouteNumber route, const Constraints& constraints) {
  checkStart(path);
  if (const auto both = splitOptional(path)) {
    check(method, path, constraints);
    impl_->addOne(method, both->first, route, constraints);
    impl_->addOne(method, both->second, route, constraints);
    return;
  }
  impl_->addOne(method, path, route, constraints);
}

const RouteEntry* Router::Impl::findEntry(http::Method method, std::string_view path,
                                          const Constraints& constraints) const {
  if (path.empty()) return nullptr;
  const auto pattern = parsePattern(path, settings.caseSensitive);
  const auto& shapes = byShape[indexOf(method)];
  const auto sameShape = shapes.find(pattern.shape);
  if (sameShape == shapes.end()) return nullptr;
  for (const auto* entry : sameShape->second) {
    if (entry->constraints == constraints && entry->expressions == pattern.expressions) return entry;
  }
  return nullptr;
}

std::optional<RouteNumber> Router::findRoute(http::Method method, std::string_view pattern,
                                             const Constraints& constraints) const {
  const auto* entry = impl_->findEntry(method, pattern, constraints);
  return entry ? std::optional(entry->number) : std::nullopt;
}

std::vector<std::string> Router::paramNames(http::Method method, std::string_view pattern,
                                            const Constraints& constraints) const {
  const auto* entry = impl_->findEntry(method, pattern, constraints);
  return entry ? entry->names : std::vector<std::string>();
}

bool Router::hasConstraintStrategy(std::string_view name) const noexcept { return impl_->strategies.has(name); }

void Router::addConstraintStrategy(std::shared_ptr<const ConstraintStrategy> strategy) {
  impl_->strategies.add(std::move(strategy));
}

std::vector<http::Method> Router::methodsOf(std::string_view target, const ConstraintValues* constraints) const {
  std::vector<http::Method> methods;
  RouteParams ignored;
  for (std::size_t method = 0; method < http::methodCount; ++method) {
    if (!impl_->trees[method]) continue;
    const auto known = static_cast<http::Method>(method);
    if (find(known, target, ignored, constraints).result == MatchResult::Found) methods.push_back(known);
  }
  return methods;
}

void Router::freeze() {
  if (impl_->frozen) return;
  impl_->frozen = true;
  std::array<bool, http::methodCount> used{};
  for (const auto& entry : impl_->entries) used[indexOf(entry.method)] = true;
  for (std::size_t method = 0; method < http::methodCount; ++method) {
    if (used[method]) impl_->trees[method] = std::make_unique<FrozenTree>(impl_->declared[method], impl_->strategies);
  }
}

Match Router::find(http::Method method, std::string_view target, RouteParams& params,
                   const ConstraintValues* constraints) const {
  const auto& settings = impl_->settings;
  auto& text = Search::emptyText(params);
  const auto parts = splitTarget(target, settings.useSemicolonDelimiter);
  if (!parts) return {MatchResult::BadUrl, 0, target, {}, target};
  Match match{MatchResult::NotFound, 0, parts->path, parts->query, {}};

  auto path = parts->path;
  bool reservedLeft = false;
  if (path.find('%') != path.npos) {
    // Once for the path, once for what is decoded of it in values.
    text.reserve(2 * path.size());
    if (!decodePath(path, text, reservedLeft)) {
      match.result = MatchResult::BadUrl;
      match.culprit = parts->originForm;
      return match;
    }
    path = text;
  }
  if (settings.ignoreDuplicateSlashes && path.find("//") != path.npos) {
    auto single = withoutDuplicateSlashes(path);
    text.reserve(2 * single.size());
    text = single;
    path = text;
  }
  if (settings.ignoreTrailingSlash) path = withoutTrailingSlash(path);

  const auto* tree = impl_->trees[indexOf(method)].get();
  if (!tree) return match;
  const Search::Input input{path, reservedLeft, settings.caseSensitive, settings.maxParamLength};
  DerivedValues values(impl_->strategies, constraints);
  Search search(*tree, input, values, params);
  if (const auto* route = search.run()) {
    match.result = MatchResult::Found;
    match.route = route->number;
  } else if (search.paramTooLong()) {
    match.result = MatchResult::ParamTooLong;
    match.culprit = path;
  }
  return match;
}

std::string Router::print(const PrintOptions& options) const {
  Tree tree;
  bool empty = true;
  for (const auto& entry : impl_->entries) {
    if (options.method && *options.method != entry.method) continue;
    tree.add(parsePattern(entry.path, impl_->settings.caseSensitive), entry);
    empty = false;
  }
  return empty ? "(empty tree)" : treeText(tree, options);
}

}  // namespace fastify::router
