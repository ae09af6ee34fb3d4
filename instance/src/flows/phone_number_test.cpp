#include "flows/phone_number.hpp"

#include <gtest/gtest.h>

namespace clerk::instance {
namespace {

TEST(PhoneNumber, is_written_in_one_way) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"+1 (555) 555-0100", "+15555550100"}, {"+49 30.123456", "+4930123456"}, {" +447911123456", "+447911123456"},
      {"+995 555 12 34 56", "+995555123456"}};
  for (const auto& [text, number] : rows) EXPECT_EQ(parsePhoneNumber(text), number) << text;
}

TEST(PhoneNumber, refuses_what_e164_does_not_have) {
  for (const std::string_view text : {"", "+", "5555550100", "+1555555010", "+155555501000", "+11555550100", "+999123456",
                                      "+44 7911 12345a", "+4912345678901234", "+49123", "+15551550100", "+٤٩٣٠١٢٣٤٥٦"}) {
    EXPECT_FALSE(parsePhoneNumber(text)) << text;
  }
}

TEST(PhoneNumber, hides_its_middle) {
  EXPECT_EQ(safePhoneNumber("+15555550100"), "+1********00");
  EXPECT_EQ(safePhoneNumber("+4930123456"), "+49******56");
}

}  // namespace
}  // namespace clerk::instance
