#include "content/parser_table.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace fastify::content {
namespace {

using Table = ParserTable<std::string>;

Table withBuiltIns() {
  Table table;
  table.addBuiltIn("application/json", "json");
  table.addBuiltIn("text/plain", "text");
  return table;
}

std::string found(const Table& table, std::string_view header) {
  const auto* parser = table.find(header);
  return parser ? *parser : "none";
}

TEST(ParserTable, the_most_exact_match_wins) {
  auto table = withBuiltIns();
  table.add("text/demo; charset=utf-8", "exact");
  table.add("text/demo", "plain");
  table.add(TypePattern("^application/vnd\\..+\\+json$"), "early pattern");
  table.add(TypePattern("vnd.two"), "late pattern");
  table.add("*", "any");

  EXPECT_EQ(found(table, "application/json"), "json");
  EXPECT_EQ(found(table, "Application/JSON; charset=latin1"), "json");
  EXPECT_EQ(found(table, "text/demo;charset=\"utf-8\""), "exact");
  EXPECT_EQ(found(table, "text/demo; charset=utf-16"), "plain");
  EXPECT_EQ(found(table, "application/vnd.one+json"), "early pattern");
  EXPECT_EQ(found(table, "application/vnd.two+json"), "late pattern");
  EXPECT_EQ(found(table, "made/up"), "any");
  EXPECT_EQ(found(table, "malformed"), "none");
  EXPECT_EQ(*table.findCatchAll(), "any");
}

TEST(ParserTable, without_a_match_there_is_none) {
  const auto table = withBuiltIns();
  EXPECT_EQ(found(table, "application/x-www-form-urlencoded"), "none");
  EXPECT_EQ(found(table, "application/json, text/plain"), "none");
  EXPECT_EQ(found(table, ""), "none");
  EXPECT_EQ(table.findCatchAll(), nullptr);
}

TEST(ParserTable, only_built_in_parsers_can_be_replaced) {
  auto table = withBuiltIns();
  EXPECT_EQ(table.add("application/json", "own"), AddOutcome::Added);
  EXPECT_EQ(found(table, "application/json"), "own");
  EXPECT_EQ(table.add("application/json", "again"), AddOutcome::AlreadyPresent);
  EXPECT_EQ(table.add(" Text/X ", "x"), AddOutcome::Added);
  EXPECT_EQ(table.add("text/x", "y"), AddOutcome::AlreadyPresent);
  EXPECT_EQ(table.add(TypePattern("x"), "p"), AddOutcome::Added);
  EXPECT_EQ(table.add(TypePattern("x"), "q"), AddOutcome::AlreadyPresent);
}

TEST(ParserTable, bad_types_and_patterns_are_refused) {
  auto table = withBuiltIns();
  EXPECT_EQ(table.add("", "x"), AddOutcome::EmptyType);
  EXPECT_EQ(table.add("  ", "x"), AddOutcome::EmptyType);
  EXPECT_EQ(table.add("not a type", "x"), AddOutcome::InvalidType);
  EXPECT_THROW(TypePattern("("), std::invalid_argument);
}

TEST(ParserTable, a_copy_does_not_change_its_origin) {
  const auto parent = withBuiltIns();
  auto child = parent;
  EXPECT_TRUE(child.remove("application/json"));
  EXPECT_FALSE(child.remove("application/json"));
  child.add("text/csv", "csv");
  EXPECT_FALSE(child.has("application/json"));
  EXPECT_TRUE(parent.has("application/json"));
  EXPECT_TRUE(child.has("text/csv"));
  EXPECT_FALSE(parent.has("text/csv"));
}

TEST(ParserTable, parsers_can_be_removed) {
  auto table = withBuiltIns();
  table.add(TypePattern("x"), "p");
  table.add("*", "any");
  EXPECT_TRUE(table.has("*"));
  EXPECT_TRUE(table.removePattern("x"));
  EXPECT_FALSE(table.removePattern("x"));
  EXPECT_TRUE(table.remove("*"));
  EXPECT_FALSE(table.has("*"));
  table.removeAll();
  EXPECT_EQ(found(table, "text/plain"), "none");
}

}  // namespace
}  // namespace fastify::content
