#include "input_buffer.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace fastify::server {
namespace {

void add(InputBuffer& buffer, std::string_view bytes) { buffer.append(bytes); }

TEST(InputBuffer, holds_no_memory_while_it_is_empty) {
  BlockPool pool;
  InputBuffer buffer(pool);
  EXPECT_FALSE(buffer.holdsMemory());
  add(buffer, "abc");
  EXPECT_TRUE(buffer.holdsMemory());
  EXPECT_EQ(buffer.view(), "abc");
  buffer.release();
  EXPECT_FALSE(buffer.holdsMemory());
  EXPECT_TRUE(buffer.empty());
}

TEST(InputBuffer, is_a_queue) {
  BlockPool pool;
  InputBuffer buffer(pool);
  add(buffer, "abcdef");
  buffer.consume(2);
  EXPECT_EQ(buffer.view(), "cdef");
  add(buffer, "gh");
  EXPECT_EQ(buffer.view(), "cdefgh");
  buffer.consume(6);
  EXPECT_TRUE(buffer.empty());
}

TEST(InputBuffer, grows_beyond_a_block_and_keeps_the_bytes) {
  BlockPool pool;
  InputBuffer buffer(pool);
  std::string all;
  for (int i = 0; i < 20; ++i) {
    const std::string piece(5000, static_cast<char>('a' + i));
    all += piece;
    add(buffer, piece);
  }
  EXPECT_EQ(buffer.view(), all);
  buffer.consume(90000);
  add(buffer, "end");
  EXPECT_EQ(buffer.view(), all.substr(90000) + "end");
}

TEST(InputBuffer, makes_room_at_its_front_before_it_grows) {
  BlockPool pool;
  InputBuffer buffer(pool);
  add(buffer, std::string(17000, 'x'));
  const auto* before = buffer.view().data();
  buffer.consume(17000 - 10);
  EXPECT_GE(buffer.room().second, 1024u);
  EXPECT_EQ(buffer.view(), std::string(10, 'x'));
  EXPECT_EQ(buffer.view().data(), before);
}

TEST(InputBuffer, blocks_are_used_again) {
  BlockPool pool;
  InputBuffer buffer(pool);
  add(buffer, "a");
  const auto* block = buffer.view().data();
  buffer.release();
  InputBuffer other(pool);
  add(other, "b");
  EXPECT_EQ(other.view().data(), block);
}

}  // namespace
}  // namespace fastify::server
