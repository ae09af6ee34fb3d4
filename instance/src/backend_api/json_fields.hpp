#pragma once
// Reading the members of a Backend API request's JSON body.

#include "api/text_fields.hpp"
#include "flows/user/user.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance::backend_api {

/// Reads one member after the other and remembers all that was wrong; members that nobody read are unknown parameters,
/// which a backend is told of. `body` is borrowed. Null reads as absent, except where `Change` tells them apart.
class JsonFields {
 public:
  explicit JsonFields(const boost::json::object& body) noexcept : body_(body) {}

  /// False for null, too.
  bool has(std::string_view name) { return find(name) != nullptr; }
  std::optional<std::string> text(std::string_view name);
  /// Absent is `form_param_missing`, empty `form_param_nil`.
  std::string requiredText(std::string_view name);
  std::optional<bool> boolean(std::string_view name);
  bool flag(std::string_view name) { return boolean(name).value_or(false); }
  std::optional<std::int64_t> integerWithin(std::string_view name, std::int64_t least, std::int64_t greatest);
  /// An array of texts.
  std::vector<std::string> list(std::string_view name);
  std::optional<boost::json::object> object(std::string_view name);
  /// Milliseconds since the epoch, or RFC 3339 text.
  std::optional<Time> time(std::string_view name);

  Change<std::string> textChange(std::string_view name);
  Change<Time> timeChange(std::string_view name);

  void refuse(const Failure& failure);
  /// All that was wrong, unknown members included.
  std::optional<Failure> failure();

 private:
  /// The member, or nullptr when it is absent or null.
  const boost::json::value* find(std::string_view name);

  const boost::json::object& body_;
  std::set<std::string, std::less<>> read_;
  std::vector<Error> errors_;
};

}  // namespace clerk::instance::backend_api
