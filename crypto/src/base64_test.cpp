#include <crypto/base64.hpp>

#include <gtest/gtest.h>

using namespace crypto;
using namespace std::string_literals;

TEST(Base64, encodes_the_vectors_of_rfc_4648) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (auto [bytes, text] : vectors) {
    EXPECT_EQ(base64Encode(bytes), text);
    EXPECT_EQ(base64Decode(text), bytes);
  }
}

TEST(Base64, standard_decoder_wants_exact_padding_and_nothing_else) {
  for (auto text : {"Zg", "Zg=", "Zg===", "Zm9v\n", "Zm9v=", "Zh==", "Z===", "====", "Zm9-", " Zm9"}) {
    EXPECT_FALSE(base64Decode(text)) << text;
  }
}

TEST(Base64url, uses_the_url_alphabet_without_padding) {
  EXPECT_EQ(base64urlEncode("\xfb\xff\xfe"s), "-__-");
  EXPECT_EQ(base64urlEncode("f"), "Zg");
  EXPECT_EQ(base64urlDecode("-__-"), "\xfb\xff\xfe"s);
}

TEST(Base64url, refuses_what_has_a_second_spelling) {
  for (auto text : {"Zg==", "Zh", "Zm9", "A", "AAAAA", "+//+", "Zm 9v", "Zm9v\n", "Z\xc3\xa4Zg"}) {
    EXPECT_FALSE(base64urlDecode(text)) << text;
  }
}

TEST(Base64url, ignores_any_amount_of_padding_when_asked_to) {
  for (auto text : {
           "Zg",
           "Zg=",
           "Zg==",
           "Zg=====",
       })
    EXPECT_EQ(base64urlDecode(text, Base64Padding::Ignored), "f") << text;
  EXPECT_EQ(base64urlDecode("====", Base64Padding::Ignored), "");
  EXPECT_FALSE(base64urlDecode("Z=g", Base64Padding::Ignored));
}

TEST(Base64url, reads_what_it_wrote_for_every_length) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(base64urlDecode(base64urlEncode(bytes)), bytes);
    EXPECT_EQ(base64Decode(base64Encode(bytes)), bytes);
    bytes += static_cast<char>(i * 37);
  }
}

TEST(ForgivingBase64, takes_white_space_missing_padding_and_unused_bits) {
  for (auto text : {"Zg==", "Zg", "Zh", " Z\tg\r\n=\f="}) EXPECT_EQ(forgivingBase64Decode(text), "f") << text;
  EXPECT_EQ(forgivingBase64Decode(""), "");
}

TEST(ForgivingBase64, refuses_what_atob_refuses) {
  for (auto text : {"Z", "Zg=", "Zg===", "=", "Zm9v=", "Zm9v==", "Zm9-", "Zm9_", "Z=g="}) {
    EXPECT_FALSE(forgivingBase64Decode(text)) << text;
  }
}
