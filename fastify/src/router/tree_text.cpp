#include "tree_text.hpp"

#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>

namespace fastify::router {
namespace {

/// What is printed on one line, and below it. A line that comes again takes the place of the one before.
struct Line {
  std::string text;  // behind the path
  std::vector<std::pair<std::string, std::unique_ptr<Line>>> below;

  Line& ensure(const std::string& path) {
    auto known = std::find_if(below.begin(), below.end(), [&](const auto& line) { return line.first == path; });
    if (known == below.end()) known = below.insert(below.end(), {path, nullptr});
    known->second = std::make_unique<Line>();
    return *known->second;
  }
};

/// The keys of JavaScript's objects that come first, in ascending order.
std::optional<std::uint32_t> arrayIndex(std::string_view key) noexcept {
  std::uint32_t index = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  const bool canonical = key == "0" || (!key.empty() && key.front() != '0');
  if (error != std::errc() || end != key.data() + key.size() || !canonical || index == UINT32_MAX) return std::nullopt;
  return index;
}

std::string constraintsText(const Constraints& constraints) {
  boost::json::object shown;
  for (const auto& [name, value] : constraints) {
    const auto* object = value.if_object();
    const auto* pattern = object ? object->if_contains("pattern") : nullptr;
    if (pattern && pattern->is_string()) {
      shown[name] = "/" + std::string(pattern->get_string()) + "/";
    } else {
      shown[name] = value;
    }
  }
  return ecmascript::stringify(shown);
}

struct ShownRoute {
  std::string methods;
  const Constraints* constraints;
  std::vector<std::pair<std::string, std::string>> meta;

  bool sameButMethod(const ShownRoute& other) const { return *constraints == *other.constraints && meta == other.meta; }

  std::string text() const {
    auto text = " (" + methods + ")";
    if (!constraints->empty()) text += " " + constraintsText(*constraints);
    for (const auto& [key, value] : meta) text += "\n• (" + key + ") " + value;
    return text;
  }
};

std::string routesText(const TreeNode& node, const std::string& path, const PrintOptions& options) {
  std::vector<ShownRoute> shown;
  for (const auto* route : node.routes) {
    ShownRoute entry{std::string(http::nameOf(route->method)), &route->constraints, {}};
    if (options.meta) entry.meta = options.meta(route->number);
    auto same = options.method ? shown.end() : std::find_if(shown.begin(), shown.end(), [&](const auto& known) {
      return known.sameButMethod(entry);
    });
    if (same == shown.end()) {
      shown.push_back(std::move(entry));
    } else {
      same->methods += ", " + entry.methods;
    }
  }
  std::string text;
  for (const auto& entry : shown) {
    if (!text.empty()) text += "\n" + path;
    text += entry.text();
  }
  return text;
}

std::string joinSpellings(const std::vector<std::string>& spellings) {
  std::string joined;
  for (const auto& spelling : spellings) joined += (joined.empty() ? "" : "|") + spelling;
  return joined;
}

void addLines(const TreeNode& node, Line& parent, std::string path, const PrintOptions& options) {
  Line* line = &parent;
  if (!node.routes.empty() || options.commonPrefix) {
    if (path.empty()) path = "(empty root node)";
    line = &parent.ensure(path);
    if (!node.routes.empty()) line->text = routesText(node, path, options);
    path.clear();
  }
  for (const auto& child : node.texts) addLines(*child, *line, path + child->prefix, options);
  for (const auto& child : node.params) addLines(*child, *line, path + joinSpellings(child->declaredAs), options);
  if (node.wildcard) addLines(*node.wildcard, *line, "*", options);
}

std::string indented(std::string text, const std::string& indent) {
  for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) text.insert(at + 1, indent);
  return text;
}

/// The order of a JavaScript object's keys.
void putArrayIndexesFirst(std::vector<std::pair<std::string, std::unique_ptr<Line>>>& lines) {
  std::map<std::uint32_t, std::pair<std::string, std::unique_ptr<Line>>> indexed;
  std::vector<std::pair<std::string, std::unique_ptr<Line>>> ordered, others;
  for (auto& line : lines) {
    if (const auto index = arrayIndex(line.first)) {
      indexed.emplace(*index, std::move(line));
    } else {
      others.push_back(std::move(line));
    }
  }
  for (auto& [index, line] : indexed) ordered.push_back(std::move(line));
  for (auto& line : others) ordered.push_back(std::move(line));
  lines = std::move(ordered);
}

std::string linesText(Line& line, const std::string& indent) {
  putArrayIndexesFirst(line.below);
  std::string text;
  for (auto& [path, below] : line.below) {
    const bool last = &below == &line.below.back().second;
    const auto indentBelow = indent + (last ? "    " : "│   ");
    text += indent + (last ? "└── " : "├── ") + path + indented(below->text, indentBelow) + "\n";
    text += linesText(*below, indentBelow);
  }
  return text;
}

}  // namespace

std::string treeText(const Tree& tree, const PrintOptions& options) {
  Line top;
  addLines(tree.root(), top, tree.root().prefix, options);
  return linesText(top, "");
}

}  // namespace fastify::router
