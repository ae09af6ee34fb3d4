#include "difference.hpp"

#include <ecmascript/json_text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <iterator>

namespace conformance {
namespace {

namespace json = boost::json;
using Lines = std::vector<std::string>;

constexpr std::size_t longestShownText = 400;

std::string shown(const json::value* value) {
  if (!value) return "nothing";
  auto text = ecmascript::stringify(*value);
  if (text.size() > longestShownText) text.replace(longestShownText, text.npos, "…");
  return text;
}

bool equal(const json::value* a, const json::value* b) {
  return a && b ? ecmascript::stringify(*a) == ecmascript::stringify(*b) : a == b;
}

void compareMember(const json::object& want, const json::object& got, std::string_view member, const std::string& where,
                   Lines& lines) {
  const auto* wanted = want.if_contains(member);
  const auto* given = got.if_contains(member);
  if (!equal(wanted, given))
    lines.push_back(where + std::string(member) + ": want " + shown(wanted) + ", got " + shown(given));
}

/// "name: value" of each field, names in lower case, sorted.
Lines fieldLines(const json::object& answer, std::string_view member) {
  Lines lines;
  const auto* fields = answer.if_contains(member);
  if (!fields) return lines;
  for (const auto& field : fields->as_array()) {
    std::string name(std::string_view(field.at(0).as_string()));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    lines.push_back(name + ": " + std::string(std::string_view(field.at(1).as_string())));
  }
  std::ranges::sort(lines);
  return lines;
}

void compareFields(const json::object& want, const json::object& got, std::string_view member, const std::string& where,
                   Lines& lines) {
  const auto wanted = fieldLines(want, member);
  const auto given = fieldLines(got, member);
  Lines missing;
  Lines extra;
  std::ranges::set_difference(wanted, given, std::back_inserter(missing));
  std::ranges::set_difference(given, wanted, std::back_inserter(extra));
  for (const auto& field : missing) lines.push_back(where + std::string(member) + " lacks " + field);
  for (const auto& field : extra) lines.push_back(where + std::string(member) + " has extra " + field);
}

void compareAnswer(const json::object& want, const json::object& got, const std::string& where, Lines& lines) {
  for (const auto* member : {"version", "status", "reason", "framing", "body", "body_base64", "body_sha256",
                             "incomplete", "date", "error", "rst"}) {
    compareMember(want, got, member, where, lines);
  }
  compareFields(want, got, "headers", where, lines);
  compareFields(want, got, "trailers", where, lines);
}

json::array answersOf(const json::object& connection) {
  const auto* answers = connection.if_contains("responses");
  return answers ? answers->as_array() : json::array();
}

void compareConnection(const json::object& want, const json::object& got, const std::string& where, Lines& lines) {
  if (want.contains("connect_error")) return compareMember(want, got, "connect_error", where, lines);
  const auto wanted = answersOf(want);
  const auto given = answersOf(got);
  if (wanted.size() != given.size()) {
    lines.push_back(where + "number of answers: want " + std::to_string(wanted.size()) + ", got " +
                    std::to_string(given.size()));
  }
  for (std::size_t i = 0; i < std::min(wanted.size(), given.size()); ++i) {
    compareAnswer(wanted[i].as_object(), given[i].as_object(), where + std::to_string(i) + ".", lines);
  }
  compareMember(want, got, "closed_by_server", where, lines);
}

}  // namespace

std::vector<std::string> differences(const json::object& recorded, const json::object& observed) {
  Lines lines;
  if (const auto* connections = recorded.if_contains("connections")) {
    const auto* ours = observed.if_contains("connections");
    for (const auto& [name, want] : connections->as_object()) {
      const auto* got = ours ? ours->as_object().if_contains(name) : nullptr;
      compareConnection(want.as_object(), got ? got->as_object() : json::object(), std::string(name) + ".", lines);
    }
  } else {
    compareConnection(recorded, observed, "", lines);
  }
  if (recorded.contains("events")) compareMember(recorded, observed, "events", "", lines);
  compareMember(recorded, observed, "server_died", "", lines);
  return lines;
}

}  // namespace conformance
