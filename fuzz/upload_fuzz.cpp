// Uploads: whatever a form holds, the field that is found lies inside it.

#include "../instance/src/api/multipart.hpp"
#include "require.hpp"

#include <string_view>

namespace fuzz {

void upload(std::string_view input) {
  using namespace clerk::instance;
  const auto split = input.find('\n');
  const auto type = input.substr(0, split);
  const auto body = split == std::string_view::npos ? std::string_view() : input.substr(split + 1);
  const auto boundary = api::multipartBoundary(type);
  if (!boundary) return;
  REQUIRE(!boundary->empty() && boundary->size() <= 70);
  if (const auto field = api::multipartField(body, *boundary, "file")) {
    REQUIRE(field->size() < body.size() && field->data() > body.data());
  }
}

}  // namespace fuzz
