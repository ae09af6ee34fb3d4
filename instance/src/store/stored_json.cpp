#include "store/stored_json.hpp"

#include "store/store_error.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace clerk::instance {

/// What is given may be 24 to 32 levels deep; documents put some around it.
constexpr std::size_t deepestStored = 64;

std::string storedText(const boost::json::object& object) {
  return object.empty() ? std::string("{}") : boost::json::serialize(object);
}

boost::json::object storedObject(std::string_view text) {
  if (text == "{}") return {};
  boost::system::error_code failed;
  auto value = boost::json::parse(text, failed, {}, {.max_depth = deepestStored});
  if (failed || !value.is_object()) throw StoreError(StoreError::Reason::Failed, "the database holds broken JSON");
  return std::move(value.get_object());
}

}  // namespace clerk::instance
