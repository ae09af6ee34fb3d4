#include "search.hpp"

#include "percent.hpp"

#include <ecmascript/text.hpp>

#include <algorithm>
#include <array>
#include <cstring>

namespace fastify::router {
namespace {

char lowerCase(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

/// `lower` is lower-case.
bool startsWithLower(std::string_view text, std::string_view lower) noexcept {
  return text.size() >= lower.size() &&
         std::equal(lower.begin(), lower.end(), text.begin(), [](char a, char b) { return a == lowerCase(b); });
}

constexpr std::size_t mostSegmentParams = 32;

}  // namespace

FrozenTree::FrozenTree(const Tree& tree, const Strategies& strategies) {
  nodes_.emplace_back();
  fill(0, tree.root(), strategies);
}

void FrozenTree::fill(std::uint32_t index, const TreeNode& from, const Strategies& strategies) {
  Node node;
  node.prefix = static_cast<std::uint32_t>(texts_.size());
  node.prefixLength = static_cast<std::uint32_t>(from.prefix.size());
  texts_ += from.prefix;
  node.firstBytes = static_cast<std::uint32_t>(texts_.size());
  node.textCount = static_cast<std::uint32_t>(from.texts.size());
  for (const auto& child : from.texts) texts_ += child->prefix.front();
  node.matcher = from.matcher.get();
  if (!from.routes.empty()) node.leaf = &leaves_.emplace_back(from.routes, strategies);

  auto place = [this](std::size_t count) {
    const auto first = static_cast<std::uint32_t>(nodes_.size());
    nodes_.resize(nodes_.size() + count);
    return first;
  };
  node.firstText = place(from.texts.size());
  node.firstParam = place(from.params.size());
  node.paramCount = static_cast<std::uint32_t>(from.params.size());
  if (from.wildcard) node.wildcard = place(1);
  nodes_[index] = node;

  for (std::uint32_t i = 0; i < node.textCount; ++i) fill(node.firstText + i, *from.texts[i], strategies);
  for (std::uint32_t i = 0; i < node.paramCount; ++i) fill(node.firstParam + i, *from.params[i], strategies);
  if (from.wildcard) fill(node.wildcard, *from.wildcard, strategies);
}

const RouteEntry* Search::run() {
  const auto& root = tree_.nodes_.front();
  const std::string_view prefix(tree_.texts_.data() + root.prefix, root.prefixLength);
  if (!input_.path.starts_with(prefix)) return nullptr;
  return enter(root, prefix.size(), 0);
}

/// Everything up to `at` fits `node`, with `count` parameters so far. Static before parameters before the wildcard.
const RouteEntry* Search::enter(const Node& node, std::size_t at, std::size_t count) {
  if (at == input_.path.size() && node.leaf) {
    if (const auto* route = leafOf(node)) return route;
  }
  if (const auto* child = textChild(node, at)) {
    if (const auto* route = enter(*child, at + child->prefixLength, count)) return route;
  }
  for (std::uint32_t i = 0; i < node.paramCount; ++i) {
    if (const auto* route = tryParam(tree_.nodes_[node.firstParam + i], at, count)) return route;
  }
  return node.wildcard == FrozenTree::none ? nullptr : tryWildcard(tree_.nodes_[node.wildcard], at, count);
}

const RouteEntry* Search::leafOf(const Node& node) {
  const auto* route = node.leaf->only() ? node.leaf->only() : node.leaf->choose(values_);
  if (route) params_.names_ = route->names;
  return route;
}

const FrozenTree::Node* Search::textChild(const Node& node, std::size_t at) const noexcept {
  if (node.textCount == 0 || at == input_.path.size()) return nullptr;
  const auto* bytes = tree_.texts_.data() + node.firstBytes;
  const char wanted = input_.caseSensitive ? input_.path[at] : lowerCase(input_.path[at]);
  const auto* found = static_cast<const char*>(std::memchr(bytes, wanted, node.textCount));
  if (!found) return nullptr;
  const auto& child = tree_.nodes_[node.firstText + static_cast<std::uint32_t>(found - bytes)];
  const std::string_view prefix(tree_.texts_.data() + child.prefix, child.prefixLength);
  const auto rest = input_.path.substr(at);
  const bool fits = input_.caseSensitive ? rest.starts_with(prefix) : startsWithLower(rest, prefix);
  return fits ? &child : nullptr;
}

const RouteEntry* Search::tryParam(const Node& node, std::size_t at, std::size_t count) {
  const auto end = std::min(input_.path.find('/', at), input_.path.size());
  const auto textBefore = params_.text_.size();
  const auto value = decodedValue(input_.path.substr(at, end - at));
  const RouteEntry* route = nullptr;
  if (node.matcher) {
    route = tryMatcher(node, value, end, count);
  } else if (isTooLong(value, input_.maxParamLength)) {
    paramTooLong_ = true;
  } else {
    params_.setValue(count, value);
    route = enter(node, end, count + 1);
  }
  if (!route) params_.text_.resize(textBefore);
  return route;
}

const RouteEntry* Search::tryMatcher(const Node& node, std::string_view value, std::size_t end, std::size_t count) {
  const auto& matcher = *node.matcher;
  // What is longer cannot match without a parameter that is too long, so the expression is not even tried.
  if (isTooLong(value, matcher.parameterCount() * input_.maxParamLength + matcher.textLength())) {
    paramTooLong_ = true;
    return nullptr;
  }
  std::array<std::string_view, mostSegmentParams> values;
  if (!matcher.match(value, values.data())) return nullptr;
  for (std::size_t i = 0; i < matcher.parameterCount(); ++i) {
    if (isTooLong(values[i], input_.maxParamLength)) {
      paramTooLong_ = true;
      return nullptr;
    }
    params_.setValue(count + i, values[i]);
  }
  return enter(node, end, count + matcher.parameterCount());
}

const RouteEntry* Search::tryWildcard(const Node& node, std::size_t at, std::size_t count) {
  const auto textBefore = params_.text_.size();
  params_.setValue(count, decodedValue(input_.path.substr(at)));
  const auto* route = leafOf(node);
  if (!route) params_.text_.resize(textBefore);
  return route;
}

/// The text of `params_` has room for everything that a path can decode to: no view into it is lost.
std::string_view Search::decodedValue(std::string_view raw) {
  if (!input_.reservedLeft || raw.find('%') == raw.npos) return raw;
  const auto begin = params_.text_.size();
  decodeReserved(raw, params_.text_);
  return std::string_view(params_.text_).substr(begin);
}

bool Search::isTooLong(std::string_view value, std::size_t limit) const noexcept {
  return value.size() > limit && ecmascript::utf16Length(value) > limit;
}

}  // namespace fastify::router
