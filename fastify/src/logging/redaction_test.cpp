#include "logging/redaction.hpp"

#include <gtest/gtest.h>
#include <ecmascript/json_text.hpp>

namespace fastify::logging {
namespace {

std::string redacted(const RedactOptions& options) {
  auto fields = R"({"a":{"b":{"c":1,"d":2}},"pw":"x","users":[{"pw":1,"n":1},{"pw":2}],"k-e":{"y":1},"s":"str"})"_json
                    .as_object();
  const Redaction redaction(options);
  JsonObject shown;
  for (auto& field : fields) {
    if (redaction.apply(field.key(), field.value())) shown[field.key()] = field.value();
  }
  return ecmascript::stringify(shown);
}

// Each row as pino 10.4 writes it.
TEST(Redaction, paths_name_fields_as_in_pino) {
  const std::pair<const char*, const char*> rows[] = {
      {"a.b.c",
       R"({"a":{"b":{"c":"[Redacted]","d":2}},"pw":"x","users":[{"pw":1,"n":1},{"pw":2}],"k-e":{"y":1},"s":"str"})"},
      {"pw",
       R"({"a":{"b":{"c":1,"d":2}},"pw":"[Redacted]","users":[{"pw":1,"n":1},{"pw":2}],"k-e":{"y":1},"s":"str"})"},
      {"*.b", R"({"a":{"b":"[Redacted]"},"pw":"x","users":[{"pw":1,"n":1},{"pw":2}],"k-e":{"y":1},"s":"str"})"},
      {"users[*].pw",
       R"({"a":{"b":{"c":1,"d":2}},"pw":"x","users":[{"pw":"[Redacted]","n":1},{"pw":"[Redacted]"}],"k-e":{"y":1},"s":"str"})"},
      {"users.*.pw",
       R"({"a":{"b":{"c":1,"d":2}},"pw":"x","users":[{"pw":"[Redacted]","n":1},{"pw":"[Redacted]"}],"k-e":{"y":1},"s":"str"})"},
      {"users[0].pw",
       R"({"a":{"b":{"c":1,"d":2}},"pw":"x","users":[{"pw":"[Redacted]","n":1},{"pw":2}],"k-e":{"y":1},"s":"str"})"},
      {"[\"k-e\"].y",
       R"({"a":{"b":{"c":1,"d":2}},"pw":"x","users":[{"pw":1,"n":1},{"pw":2}],"k-e":{"y":"[Redacted]"},"s":"str"})"},
      {"a['b'].d",
       R"({"a":{"b":{"c":1,"d":"[Redacted]"}},"pw":"x","users":[{"pw":1,"n":1},{"pw":2}],"k-e":{"y":1},"s":"str"})"},
      {"a.b[*]",
       R"({"a":{"b":{"c":"[Redacted]","d":"[Redacted]"}},"pw":"x","users":[{"pw":1,"n":1},{"pw":2}],"k-e":{"y":1},"s":"str"})"},
      {"*", R"({"a":"[Redacted]","pw":"[Redacted]","users":"[Redacted]","k-e":"[Redacted]","s":"[Redacted]"})"},
      {"*.*",
       R"({"a":{"b":"[Redacted]"},"pw":"x","users":["[Redacted]","[Redacted]"],"k-e":{"y":"[Redacted]"},"s":"str"})"},
      {"nope.x.y", R"({"a":{"b":{"c":1,"d":2}},"pw":"x","users":[{"pw":1,"n":1},{"pw":2}],"k-e":{"y":1},"s":"str"})"},
      {"s.x", R"({"a":{"b":{"c":1,"d":2}},"pw":"x","users":[{"pw":1,"n":1},{"pw":2}],"k-e":{"y":1},"s":"str"})"},
  };
  for (const auto& [path, expected] : rows) EXPECT_EQ(redacted({path}), expected) << path;
}

TEST(Redaction, the_censor_can_be_a_value_a_function_or_nothing) {
  RedactOptions options{"a.b.c", "pw"};
  options.censor = "**";
  EXPECT_EQ(redacted(options),
            R"({"a":{"b":{"c":"**","d":2}},"pw":"**","users":[{"pw":1,"n":1},{"pw":2}],"k-e":{"y":1},"s":"str"})");
  options.censorFunction = [](const Json& value, const std::vector<std::string>& path) {
    std::string text;
    for (const auto& key : path) text += key + "/";
    return Json(text + ecmascript::stringify(value));
  };
  EXPECT_EQ(
      redacted(options),
      R"({"a":{"b":{"c":"a/b/c/1","d":2}},"pw":"pw/\"x\"","users":[{"pw":1,"n":1},{"pw":2}],"k-e":{"y":1},"s":"str"})");
  RedactOptions removing{"a.b.c", "pw", "users[*].pw"};
  removing.remove = true;
  EXPECT_EQ(redacted(removing), R"({"a":{"b":{"d":2}},"users":[{"n":1},{}],"k-e":{"y":1},"s":"str"})");
}

TEST(Redaction, malformed_paths_are_refused) {
  for (const auto* path : {"", "a..b", "a[", "a[]", "a.", ".a", "a[x]", "a[\"b]", "a[\"b\"", "a]b"}) {
    EXPECT_THROW(Redaction(RedactOptions{path}), std::invalid_argument) << path;
  }
}

}  // namespace
}  // namespace fastify::logging
