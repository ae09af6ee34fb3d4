#include "tree.hpp"

#include <algorithm>

namespace fastify::router {
namespace {

/// The child for `text` below `node`; splits what is there when only a part of it fits.
TreeNode& ensureText(TreeNode& node, std::string_view text) {
  if (text.empty()) return node;
  auto child = std::find_if(node.texts.begin(), node.texts.end(),
                            [text](const auto& known) { return known->prefix.front() == text.front(); });
  if (child == node.texts.end()) {
    node.texts.push_back(std::make_unique<TreeNode>());
    node.texts.back()->prefix = text;
    return *node.texts.back();
  }
  const auto& prefix = (*child)->prefix;
  const auto common = static_cast<std::size_t>(
      std::mismatch(prefix.begin(), prefix.end(), text.begin(), text.end()).first - prefix.begin());
  if (common < prefix.size()) {
    auto upper = std::make_unique<TreeNode>();
    upper->prefix = prefix.substr(0, common);
    (*child)->prefix.erase(0, common);
    upper->texts.push_back(std::move(*child));
    *child = std::move(upper);
  }
  return ensureText(**child, text.substr(common));
}

/// Those with an expression before the plain one; of two texts behind the parameter the one that ends with the other.
bool triedBefore(const TreeNode& a, const TreeNode& b) noexcept {
  if (!a.matcher) return false;
  if (!b.matcher) return true;
  const auto suffixOfA = a.matcher->suffix(), suffixOfB = b.matcher->suffix();
  if (suffixOfA.empty()) return false;
  if (suffixOfB.empty()) return true;
  return suffixOfA != suffixOfB && suffixOfA.ends_with(suffixOfB);
}

TreeNode& ensureParam(TreeNode& node, const PatternNode& param) {
  auto sameMatcher = [&](const auto& known) {
    return (!known->matcher && !param.matcher) ||
           (known->matcher && param.matcher && known->matcher->key() == param.matcher->key());
  };
  auto child = std::find_if(node.params.begin(), node.params.end(), sameMatcher);
  if (child == node.params.end()) {
    auto added = std::make_unique<TreeNode>();
    added->matcher = param.matcher;
    const auto place = std::find_if(node.params.begin(), node.params.end(),
                                    [&](const auto& known) { return triedBefore(*added, *known); });
    child = node.params.insert(place, std::move(added));
  }
  auto& spellings = (*child)->declaredAs;
  if (std::find(spellings.begin(), spellings.end(), param.text) == spellings.end()) spellings.push_back(param.text);
  return **child;
}

TreeNode& ensureWildcard(TreeNode& node) {
  if (!node.wildcard) node.wildcard = std::make_unique<TreeNode>();
  return *node.wildcard;
}

}  // namespace

Tree::Tree() : root_(std::make_unique<TreeNode>()) { root_->prefix = "/"; }

void Tree::add(const Pattern& pattern, const RouteEntry& route) {
  // A lone wildcard takes the first slash too, so it goes above it.
  if (pattern.nodes.front().kind == PatternNode::Kind::Wildcard && !root_->prefix.empty()) {
    auto root = std::make_unique<TreeNode>();
    root->texts.push_back(std::move(root_));
    root_ = std::move(root);
  }
  TreeNode* node = root_.get();
  bool first = true;
  for (const auto& piece : pattern.nodes) {
    switch (piece.kind) {
      case PatternNode::Kind::Text: {
        const std::string_view text = piece.text;
        node = &ensureText(*node, first ? text.substr(root_->prefix.size()) : text);
        break;
      }
      case PatternNode::Kind::Param: node = &ensureParam(*node, piece); break;
      case PatternNode::Kind::Wildcard: node = &ensureWildcard(*node); break;
    }
    first = false;
  }
  node->routes.push_back(&route);
}

}  // namespace fastify::router
