#pragma once
// A target's query string.

#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>

#include <string_view>

namespace fastify::router {

/// Names and values in order; repeats become arrays at the first one's place. `+` is a space, a missing `=` gives "",
/// empty parts are skipped, and what cannot be decoded stays as it is: there are no errors.
boost::json::object parseQuery(std::string_view query, boost::json::storage_ptr memory = {});

}  // namespace fastify::router
