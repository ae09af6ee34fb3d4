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
  /// The same, of at most `limit` bytes.
  std::string requiredText(std::string_view name, std::size_t limit);
  std::optional<std::string> textWithin(std::string_view name, std::size_t limit);
  std::optional<bool> boolean(std::string_view name);
  bool flag(std::string_view name) { return boolean(name).value_or(false); }
  std::optional<std::int64_t> integerWithin(std::string_view name, std::int64_t least, std::int64_t greatest);
  /// An array of texts.
  std::vector<std::string> list(std::string_view name);
  std::optional<boost::json::object> object(std::string_view name);
  boost::json::object requiredObject(std::string_view name);
  /// An array of texts, told apart from none; at most `greatest` of them.
  std::optional<std::vector<std::string>> listChange(std::string_view name, std::size_t greatest);
  /// Milliseconds since the epoch, or RFC 3339 text.
  std::optional<Time> time(std::string_view name);

  /// True for null, too.
  bool isGiven(std::string_view name) const noexcept { return body_.contains(name); }
  /// Whatever it is; null when absent.
  boost::json::value json(std::string_view name);
  /// The same, told apart from absent.
  std::optional<boost::json::value> jsonChange(std::string_view name);

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
