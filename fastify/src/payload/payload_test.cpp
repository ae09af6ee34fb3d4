#include <fastify/body.hpp>
#include <fastify/payload.hpp>

#include <gtest/gtest.h>

using namespace fastify;

namespace {
struct User {
  std::string id;
  operator Json() const { return {{"id", id}}; }
};
std::string readAll(const Stream& stream) {
  std::string all;
  while (auto chunk = stream->read().take()) all += *chunk;
  return all;
}
}  // namespace

TEST(Payload, is_undefined_when_nothing_was_given) {
  EXPECT_TRUE(Payload().isUndefined());
  EXPECT_TRUE(Payload(undefined).isUndefined());
  EXPECT_FALSE(Payload(nullptr).isUndefined());
  EXPECT_TRUE(Payload(nullptr).isNull());
}

TEST(Payload, takes_text_of_every_kind_as_text) {
  EXPECT_TRUE(Payload("text").isText());
  EXPECT_TRUE(Payload(std::string("text")).isText());
  EXPECT_TRUE(Payload(std::string_view("text")).isText());
  EXPECT_EQ(Payload(Json("text")).text(), "text");
}

TEST(Payload, takes_numbers_booleans_objects_and_lists_as_json) {
  EXPECT_EQ(Payload(42).json(), Json(42));
  EXPECT_EQ(Payload(true).json(), Json(true));
  EXPECT_EQ((Payload{{"a", 1}, {"b", {1, 2}}}.json().as_object().at("b").as_array().size()), 2u);
}

TEST(Payload, takes_what_converts_to_json) { EXPECT_EQ(Payload(User{"u"}).json(), Json({{"id", "u"}})); }

TEST(Payload, takes_bytes_and_streams) {
  EXPECT_TRUE(Payload(Buffer{"\x01"}).isBuffer());
  EXPECT_EQ(readAll(Payload(Readable::from({"a", "b"})).stream()), "ab");
}

TEST(RequestBody, is_null_to_those_who_do_not_ask_whether_there_is_one) {
  const RequestBody none;
  EXPECT_FALSE(none);
  EXPECT_TRUE(none->is_null());
}

TEST(RequestBody, keeps_a_value_of_the_programs_own_type) {
  auto body = RequestBody::of(User{"u"});
  ASSERT_NE(body.as<User>(), nullptr);
  EXPECT_EQ(body.as<User>()->id, "u");
  EXPECT_EQ(body.as<int>(), nullptr);
}
