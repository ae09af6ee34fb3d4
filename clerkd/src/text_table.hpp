#pragma once
// Rows and columns on a terminal.

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace clerkd {

/// What people chose, fit for a terminal: control characters become `?`, so that no name moves a cursor.
std::string printable(std::string_view text);

class TextTable {
 public:
  explicit TextTable(std::vector<std::string> headings) : rows_{std::move(headings)} {}

  /// As many cells as there are headings.
  void add(std::vector<std::string> cells);
  /// Columns are as wide as their widest cell, counted in characters.
  void print(std::ostream& out) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace clerkd
