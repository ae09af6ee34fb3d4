#pragma once
// The routes of one method (or of all, to be printed) as a tree of path pieces.

#include "leaf.hpp"
#include "pattern.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fastify::router {

struct TreeNode {
  std::string prefix;                             // of a text
  std::shared_ptr<const SegmentMatcher> matcher;  // of a parameter that needs one
  std::vector<std::string> declaredAs;            // of a parameter: ":id", each spelling once
  std::vector<std::unique_ptr<TreeNode>> texts;   // each starts with another byte
  std::vector<std::unique_ptr<TreeNode>> params;  // in the order in which they are tried
  std::unique_ptr<TreeNode> wildcard;
  std::vector<const RouteEntry*> routes;  // that end here
};

class Tree {
 public:
  Tree();
  /// `route` outlives the tree.
  void add(const Pattern& pattern, const RouteEntry& route);
  const TreeNode& root() const noexcept { return *root_; }

 private:
  std::unique_ptr<TreeNode> root_;
};

}  // namespace fastify::router
