#include "transfer/csv.hpp"
#include "transfer/json_items.hpp"
#include "transfer/transfer_error.hpp"

#include <gmock/gmock.h>
#include <boost/json/serialize.hpp>

#include <sstream>

namespace clerk::instance::transfer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<CsvRow> rowsOf(const std::string& text) {
  std::istringstream stream(text);
  CsvReader reader(stream);
  std::vector<CsvRow> rows;
  while (auto row = reader.next()) rows.push_back(*std::move(row));
  return rows;
}

std::string wrongCsv(const std::string& text) {
  try {
    rowsOf(text);
  } catch (const TransferError& error) {
    return error.what();
  }
  return "nothing is wrong";
}

TEST(Csv, reads_quotes_commas_and_breaks) {
  const auto rows = rowsOf("\xef\xbb\xbfid,name\r\n1,\"a, \"\"b\"\"\nc\"\r\n\r\n2,\n3,x");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_THAT(rows[0].fields, ElementsAre("id", "name"));
  EXPECT_THAT(rows[1].fields, ElementsAre("1", "a, \"b\"\nc"));
  EXPECT_EQ(rows[1].line, 2);
  EXPECT_THAT(rows[2].fields, ElementsAre("2", ""));
  EXPECT_EQ(rows[2].line, 5);
  EXPECT_THAT(rows[3].fields, ElementsAre("3", "x"));
}

TEST(Csv, says_where_a_quote_is_wrong) {
  EXPECT_EQ(wrongCsv("a,b\n1,\"2\n3"), "line 2: a quote is never closed");
  EXPECT_EQ(wrongCsv("a\nb\"c"), "line 2: a quote stands inside a field without quotes");
  EXPECT_EQ(wrongCsv("a\n\"b\"c"), "line 2: after a field in quotes comes a comma or a line break");
}

TEST(Csv, what_is_written_is_read_again) {
  for (const std::string text : {"", "plain", "a,b", "\"", "a\r\nb", " edge ", "{\"a\": \"b\"}"}) {
    const auto rows = rowsOf("x," + csvField(text) + "\n");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].fields[1], text);
  }
}

std::string itemsOf(const std::string& text) {
  std::istringstream stream(text);
  JsonItemReader reader(stream);
  std::string all;
  try {
    while (auto item = reader.next()) {
      all += std::to_string(item->line) + boost::json::serialize(item->object) + " ";
    }
  } catch (const TransferError& error) {
    all += error.what();
  }
  return all;
}

TEST(JsonItems, reads_lists_lines_and_pages) {
  EXPECT_EQ(itemsOf("[\n {\"a\": \"]}\\\"\"},\n\n{\"b\":[{}]}\n]\n"), "2{\"a\":\"]}\\\"\"} 4{\"b\":[{}]} ");
  EXPECT_EQ(itemsOf("{\"a\":1}\n{\"b\":2}"), "1{\"a\":1} 2{\"b\":2} ");
  EXPECT_EQ(itemsOf("{\"data\":[{\"a\":1},{\"b\":2}],\"total_count\":2}"), "1{\"a\":1} 1{\"b\":2} ");
  EXPECT_EQ(itemsOf("[]"), "");
  EXPECT_EQ(itemsOf(""), "");
}

TEST(JsonItems, says_where_it_is_no_list_of_objects) {
  EXPECT_EQ(itemsOf("[\n{\"a\":1}\n{}]"), "2{\"a\":1} line 3: here must be a user: a JSON object");
  EXPECT_EQ(itemsOf("[\n{\"a\":1},\n{\"b\""), "2{\"a\":1} line 3: the object is not closed: the file was cut");
  EXPECT_EQ(itemsOf("[\n{\"a\":1},\n"), "2{\"a\":1} line 3: the list is not closed: the file was cut");
  EXPECT_EQ(itemsOf("[1]"), "line 1: here must be a user: a JSON object");
  EXPECT_EQ(itemsOf("{\"a\":}"), "line 1: this is no JSON object");
  EXPECT_THAT(itemsOf("id,name"), HasSubstr("line 1"));
}

}  // namespace
}  // namespace clerk::instance::transfer
