#include "flows/phone_number.hpp"

#include "model/auth_errors.hpp"

#include <algorithm>
#include <array>

namespace clerk::instance {
namespace {

/// Country calling codes in use, ITU-T E.164 (list of assigned codes): one to three digits, none the beginning of
/// another. Sorted as text.
constexpr std::array<std::string_view, 215> callingCodes{
    "1", "20", "211", "212", "213", "216", "218", "220", "221", "222", "223", "224", "225", "226", "227", "228",
    "229", "230", "231", "232", "233", "234", "235", "236", "237", "238", "239", "240", "241", "242", "243", "244",
    "245", "246", "247", "248", "249", "250", "251", "252", "253", "254", "255", "256", "257", "258", "260", "261",
    "262", "263", "264", "265", "266", "267", "268", "269", "27", "290", "291", "297", "298", "299", "30", "31",
    "32", "33", "34", "350", "351", "352", "353", "354", "355", "356", "357", "358", "359", "36", "370", "371",
    "372", "373", "374", "375", "376", "377", "378", "380", "381", "382", "383", "385", "386", "387", "389", "39",
    "40", "41", "420", "421", "423", "43", "44", "45", "46", "47", "48", "49", "500", "501", "502", "503", "504",
    "505", "506", "507", "508", "509", "51", "52", "53", "54", "55", "56", "57", "58", "590", "591", "592", "593",
    "594", "595", "596", "597", "598", "599", "60", "61", "62", "63", "64", "65", "66", "670", "672", "673", "674",
    "675", "676", "677", "678", "679", "680", "681", "682", "683", "685", "686", "687", "688", "689", "690", "691",
    "692", "7", "800", "808", "81", "82", "84", "850", "852", "853", "855", "856", "86", "870", "878", "880", "881",
    "882", "883", "886", "888", "90", "91", "92", "93", "94", "95", "960", "961", "962", "963", "964", "965", "966",
    "967", "968", "970", "971", "972", "973", "974", "975", "976", "977", "979", "98", "992", "993", "994", "995",
    "996", "998"};

constexpr std::size_t leastDigits = 7;
constexpr std::size_t mostDigits = 15;

bool isCallingCode(std::string_view code) { return std::ranges::binary_search(callingCodes, code); }

/// How many digits of `digits` are its country calling code; 0 for none.
std::size_t callingCodeLength(std::string_view digits) {
  for (std::size_t length = 1; length <= 3 && length <= digits.size(); ++length) {
    if (isCallingCode(digits.substr(0, length))) return length;
  }
  return 0;
}

/// The North American plan has ten digits after its code, neither area nor exchange beginning with 0 or 1.
bool isNorthAmerican(std::string_view national) { return national.size() == 10 && national[0] >= '2' && national[3] >= '2'; }

}  // namespace

std::optional<std::string> parsePhoneNumber(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  if (!text.starts_with('+')) return std::nullopt;
  std::string digits;
  for (const char c : text.substr(1)) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (std::string_view(" .-()").find(c) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (digits.size() < leastDigits || digits.size() > mostDigits) return std::nullopt;
  const auto code = callingCodeLength(digits);
  if (code == 0) return std::nullopt;
  if (digits.starts_with('1') && !isNorthAmerican(std::string_view(digits).substr(1))) return std::nullopt;
  return "+" + digits;
}

Outcome<std::string> normalPhoneNumber(std::string_view text, std::string_view param) {
  auto number = parsePhoneNumber(text);
  if (!number) return Failure(errors::formPhoneNumberInvalid(param));
  return *std::move(number);
}

std::string safePhoneNumber(std::string_view phoneNumber) {
  constexpr std::size_t shown = 2;
  if (phoneNumber.size() <= 2 * shown) return std::string(phoneNumber.size(), '*');
  const auto code = 1 + callingCodeLength(phoneNumber.substr(1));
  std::string safe(phoneNumber.substr(0, code));
  safe += std::string(phoneNumber.size() - code - shown, '*');
  safe += phoneNumber.substr(phoneNumber.size() - shown);
  return safe;
}

}  // namespace clerk::instance
