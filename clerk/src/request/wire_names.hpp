#pragma once
// From the SDK's camelCase to the wire's snake_case, in queries and bodies.

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace clerk::request {

/// `primaryEmailAddressID` is `primary_email_address_id`, `web3Wallet` is `web3_wallet`, `URLValue` is `url_value`.
std::string toSnakeCase(std::string_view name);

enum class Depth { FirstLevel, AllLevels };

/// The members of an object (or of each object of a list) with wire names; of names that become one, the later wins.
boost::json::value toWire(const boost::json::value& params, Depth depth = Depth::FirstLevel);

/// `limit=10&user_id=a&user_id=b`: what is falsy is left out, lists are repeated, everything is form-encoded.
std::string toQuery(const boost::json::object& params);

}  // namespace clerk::request
