#include "text_table.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace clerkd {
namespace {

TEST(TextTable, columns_are_as_wide_as_their_widest_cell) {
  TextTable table({"ID", "NAME"});
  table.add({"user_1", "Ada"});
  table.add({"u", "Zoë"});
  std::ostringstream out;
  table.print(out);
  EXPECT_EQ(out.str(), "ID      NAME\nuser_1  Ada\nu       Zoë\n");
}

TEST(TextTable, nothing_in_a_cell_moves_the_cursor) {
  EXPECT_EQ(printable("a\x1b[2Jb\nc\x7f\xc2\x9b"
                      "1m\xc3\xa9"),
            "a?[2Jb?c??1m\xc3\xa9");
}

}  // namespace
}  // namespace clerkd
