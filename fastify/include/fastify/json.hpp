#pragma once
// JSON values of bodies, queries, schemas and answers. Objects keep their order, as JavaScript's do.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_from.hpp>

#include <cstddef>
#include <string_view>

namespace fastify {

using Json = boost::json::value;
using JsonObject = boost::json::object;
using JsonArray = boost::json::array;

namespace literals {
/// A JSON text in the program: `R"({"type": "object"})"_json`. Throws boost::system::system_error when it is not JSON.
inline Json operator""_json(const char* text, std::size_t length) {
  return boost::json::parse(std::string_view(text, length));
}
}  // namespace literals
using namespace literals;

}  // namespace fastify
