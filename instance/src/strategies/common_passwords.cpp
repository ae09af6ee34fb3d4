#include "strategies/common_passwords.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace clerk::instance {
namespace {

// Lower case.
constexpr auto common = std::to_array<std::string_view>({
    "00000000",     "0123456789", "0987654321",  "102030405060", "1029384756", "11111111",      "111111111",
    "1111111111",   "11112222",   "11223344",    "112233445566", "12121212",   "12312312",      "123123123",
    "123123123123", "1234512345", "12345678",    "123456789",    "1234567890", "12345678910",   "1234567891",
    "123456789a",   "12345678a",  "1234qwer",    "12qwaszx",     "13131313",   "135792468",     "147258369",
    "159357456",    "18436572",   "1a2b3c4d",    "1q2w3e4r",     "1q2w3e4r5t", "1qaz2wsx",      "1qaz2wsx3edc",
    "1qazxsw2",     "20202020",   "22222222",    "31415926",     "33333333",   "44444444",      "55555555",
    "66666666",     "741852963",  "77777777",    "789456123",    "87654321",   "88888888",      "963852741",
    "987654321",    "9876543210", "99999999",    "a1b2c3d4",     "aa123456",   "aa12345678",    "aaaaaaaa",
    "abc12345",     "abcd1234",   "abcdefgh",    "admin123",     "admin1234",  "administrator", "alexander",
    "asdasdasd",    "asdf1234",   "asdfasdf",    "asdfghjk",     "asdfghjkl",  "baseball",      "basketball",
    "changeme",     "charlie1",   "chocolate",   "computer",     "danielle",   "dragon123",     "elizabeth",
    "football",     "football1",  "google123",   "hello123",     "iloveyou",   "iloveyou1",     "iloveyou2",
    "internet",     "jennifer",   "jonathan",    "justin123",    "letmein1",   "liverpool",     "london123",
    "lovelove",     "master123",  "maverick",    "michael1",     "michelle",   "midnight",      "minecraft",
    "monkey123",    "mustang1",   "nicholas",    "p@ssw0rd",     "p@ssword",   "passw0rd",      "password",
    "password1",    "password12", "password123", "password1234", "password!",  "pokemon1",      "princess",
    "princess1",    "q1w2e3r4",   "qazwsxedc",   "qwer1234",     "qwerasdf",   "qwerqwer",      "qwerty12",
    "qwerty123",    "qwerty1234", "qwertyui",    "qwertyuiop",   "samantha",   "samsung1",      "secret123",
    "starwars",     "sunshine",   "sunshine1",   "superman",     "superman1",  "test1234",      "trustno1",
    "victoria",     "welcome1",   "welcome123",  "whatever",     "zaq12wsx",   "zxcvbnm1",      "zxcvbnm123",
});

}  // namespace

bool isCommonPassword(std::string_view password) {
  std::string lower(password);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::ranges::find(common, std::string_view(lower)) != common.end();
}

}  // namespace clerk::instance
