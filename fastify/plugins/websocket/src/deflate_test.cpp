#include "deflate.hpp"
#include "frame.hpp"

#include <gtest/gtest.h>

#include <string>

namespace fastify::detail {
namespace {

using namespace std::string_literals;

std::string answerTo(std::string_view offers, const PerMessageDeflate& options = {}) {
  const auto agreed = agreeOnDeflate(offers, options);
  return agreed ? agreed->answer : "(none)";
}

TEST(Deflate, the_first_offer_that_can_be_kept_is_agreed_on) {
  const std::pair<std::string, std::string> rows[] = {
      {"permessage-deflate", "permessage-deflate"},
      {" permessage-deflate ; client_max_window_bits", "permessage-deflate"},
      {"x-other, permessage-deflate", "permessage-deflate"},
      {"permessage-deflate; server_no_context_takeover; client_no_context_takeover",
       "permessage-deflate; server_no_context_takeover; client_no_context_takeover"},
      {"permessage-deflate; server_max_window_bits=10; client_max_window_bits=\"12\"",
       "permessage-deflate; server_max_window_bits=10; client_max_window_bits=12"},
      {"permessage-deflate; server_max_window_bits=8, permessage-deflate", "permessage-deflate"},
      {"permessage-deflate; server_max_window_bits", "(none)"},
      {"permessage-deflate; server_max_window_bits=16", "(none)"},
      {"permessage-deflate; server_max_window_bits=010", "(none)"},
      {"permessage-deflate; server_no_context_takeover=1", "(none)"},
      {"permessage-deflate; server_no_context_takeover; server_no_context_takeover", "(none)"},
      {"permessage-deflate; unknown", "(none)"},
      {"permessage-deflate; client_max_window_bits=", "(none)"},
      {"permessage-bzip2", "(none)"},
      {"", "(none)"},
      {",;=,", "(none)"},
  };
  for (const auto& [offers, answer] : rows) EXPECT_EQ(answerTo(offers), answer) << offers;
}

TEST(Deflate, what_the_program_wants_is_asked_for) {
  const PerMessageDeflate small{.serverNoContextTakeover = true, .serverMaxWindowBits = 10, .clientMaxWindowBits = 11};
  EXPECT_EQ(answerTo("permessage-deflate; client_max_window_bits", small),
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=10; client_max_window_bits=11");
  EXPECT_EQ(answerTo("permessage-deflate; client_max_window_bits=9", small),
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=10; client_max_window_bits=9");
  EXPECT_EQ(answerTo("permessage-deflate", small), "(none)") << "a client that does not say it can keep to a window";
  EXPECT_EQ(answerTo("permessage-deflate; client_max_window_bits; server_max_window_bits=9", small), "(none)");
}

// RFC 7692 §7.2.3.
TEST(Deflate, the_examples_of_the_standard_are_read) {
  for (const auto& hello :
       {"\xf2\x48\xcd\xc9\xc9\x07\x00"s, "\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00"s,
        "\xf3\x48\xcd\xc9\xc9\x07\x00\x00"s, "\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00"s}) {
    Inflater inflater({});
    int failure = 0;
    EXPECT_EQ(inflater.inflate(hello, 100, failure), "Hello") << failure;
    EXPECT_EQ(inflater.inflate("\xf2\x48\xcd\xc9\xc9\x07\x00"s, 100, failure), "Hello") << failure;
  }
}

TEST(Deflate, what_is_written_is_read_again_by_any_agreement) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919 % 1000);
  for (const bool forgets : {false, true}) {
    for (const int bits : {9, 12, 15}) {
      const DeflateAgreement agreed{
          .serverForgets = forgets, .clientForgets = forgets, .serverWindowBits = bits, .clientWindowBits = bits};
      Deflater deflater(agreed, {});
      Inflater inflater(agreed);
      for (const auto& message : {text, ""s, "short"s, text, std::string(100'000, '\0')}) {
        int failure = 0;
        const auto compressed = deflater.deflate(message);
        EXPECT_LT(compressed.size(), message.size() + 10);
        EXPECT_EQ(inflater.inflate(compressed, message.size(), failure), message);
      }
    }
  }
  Deflater alone({.serverForgets = true}, {.threshold = 100}), chained({}, {.threshold = 100});
  EXPECT_FALSE(alone.wants(99));
  EXPECT_TRUE(alone.wants(100));
  EXPECT_TRUE(chained.wants(1));
}

TEST(Deflate, bombs_and_nonsense_end_the_conversation) {
  Deflater deflater({}, {});
  const auto bomb = deflater.deflate(std::string(50'000'000, 'x'));
  EXPECT_LT(bomb.size(), 100'000u);
  int failure = 0;
  EXPECT_FALSE(Inflater({}).inflate(bomb, 1000, failure));
  EXPECT_EQ(failure, 1009);
  EXPECT_FALSE(Inflater({}).inflate("\xFF\xFF\xFF\xFF", 1000, failure));
  EXPECT_EQ(failure, 1007);
}

}  // namespace
}  // namespace fastify::detail
