#include "dotenv_text.hpp"

#include <gtest/gtest.h>

namespace clerkd {
namespace {

TEST(DotenvText, values_are_quoted_where_they_need_it) {
  EXPECT_EQ(dotenvLine("A", "pk_live_abc="), "A=pk_live_abc=");
  EXPECT_EQ(dotenvLine("A", "http://localhost:4000/__bapi"), "A=http://localhost:4000/__bapi");
  EXPECT_EQ(dotenvLine("A", ""), "A=");
  EXPECT_EQ(dotenvLine("A", "two words"), "A=\"two words\"");
  EXPECT_EQ(dotenvLine("A", "-----BEGIN-----\nabc\n"), "A=\"-----BEGIN-----\\nabc\\n\"");
  EXPECT_EQ(dotenvLine("A", "a\"b\\c#"), "A=\"a\\\"b\\\\c#\"");
}

}  // namespace
}  // namespace clerkd
