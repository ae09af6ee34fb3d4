#pragma once
// The frozen form of a tree, made for being walked: nodes lie in one array, texts in another.

#include "leaf.hpp"
#include "route_params.hpp"
#include "tree.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fastify::router {

/// Immutable; refers to the tree's routes and matchers.
class FrozenTree {
 public:
  FrozenTree(const Tree& tree, const Strategies& strategies);

 private:
  friend class Search;
  static constexpr std::uint32_t none = UINT32_MAX;

  struct Node {
    std::uint32_t prefix = 0, prefixLength = 0;    // in texts_
    std::uint32_t firstBytes = 0, textCount = 0;   // the children's first bytes, in texts_
    std::uint32_t firstText = 0;                   // the children, side by side in nodes_
    std::uint32_t firstParam = 0, paramCount = 0;  // the same
    std::uint32_t wildcard = none;
    const SegmentMatcher* matcher = nullptr;
    const Leaf* leaf = nullptr;
  };

  void fill(std::uint32_t index, const TreeNode& from, const Strategies& strategies);

  std::vector<Node> nodes_;
  std::string texts_;
  std::deque<Leaf> leaves_;
};

/// One walk through a tree. Goes down in the order of preference, and back up when a branch ends.
class Search {
 public:
  struct Input {
    std::string_view path;  // decoded but for reserved characters
    bool reservedLeft;      // whether values have any of those
    bool caseSensitive;
    std::size_t maxParamLength;
  };

  Search(const FrozenTree& tree, const Input& input, DerivedValues& values, RouteParams& params) noexcept
      : tree_(tree), input_(input), values_(values), params_(params) {}

  /// The route, its parameters set; nullptr when there is none.
  const RouteEntry* run();
  /// Some branch ended because a parameter was longer than allowed.
  bool paramTooLong() const noexcept { return paramTooLong_; }

  /// Where `params` keeps its texts; emptied.
  static std::string& emptyText(RouteParams& params) noexcept {
    params.clear();
    params.text_.clear();
    return params.text_;
  }

 private:
  using Node = FrozenTree::Node;
  const RouteEntry* enter(const Node& node, std::size_t at, std::size_t count);
  const RouteEntry* leafOf(const Node& node);
  const Node* textChild(const Node& node, std::size_t at) const noexcept;
  const RouteEntry* tryParam(const Node& node, std::size_t at, std::size_t count);
  const RouteEntry* tryMatcher(const Node& node, std::string_view value, std::size_t end, std::size_t count);
  const RouteEntry* tryWildcard(const Node& node, std::size_t at, std::size_t count);
  std::string_view decodedValue(std::string_view raw);
  bool isTooLong(std::string_view value, std::size_t limit) const noexcept;

  const FrozenTree& tree_;
  const Input& input_;
  DerivedValues& values_;
  RouteParams& params_;
  bool paramTooLong_ = false;
};

}  // namespace fastify::router
