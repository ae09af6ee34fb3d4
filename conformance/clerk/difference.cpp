#include "recorded_case.hpp"

#include <ecmascript/date.hpp>
#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <cmath>

namespace conformance {
namespace {

std::string shown(const json::value& value) {
  auto text = ecmascript::stringify(value);
  return text.size() > 160 ? text.substr(0, 160) + "…" : text;
}

std::optional<double> numberOf(const json::value& value) {
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  if (value.is_uint64()) return static_cast<double>(value.get_uint64());
  if (value.is_double()) return value.get_double();
  return {};
}

/// The file's way to write what JSON has not.
json::value plain(const json::value& expected) {
  if (const auto* object = expected.if_object(); object && object->size() == 1) {
    if (const auto* date = object->if_contains("__date"))
      return json::value(ecmascript::toIsoString(date->to_number<std::int64_t>()));
  }
  return expected;
}

/// Where two values differ; empty when they are equal as JavaScript's deep equality has it.
std::string differ(const std::string& where, const json::value& given, const json::value& actual) {
  const auto expected = plain(given);
  if (const auto number = numberOf(expected)) {
    if (numberOf(actual) == number) return {};
  } else if (expected.is_array() && actual.is_array()) {
    const auto &a = expected.get_array(), &b = actual.get_array();
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
      const auto place = where + "[" + std::to_string(i) + "]";
      if (i >= a.size()) return place + " is too much: " + shown(b[i]);
      if (i >= b.size()) return place + " is missing: " + shown(a[i]);
      if (auto difference = differ(place, a[i], b[i]); !difference.empty()) return difference;
    }
    return {};
  } else if (expected.is_object() && actual.is_object()) {
    const auto &a = expected.get_object(), &b = actual.get_object();
    for (const auto& [name, value] : a) {
      const auto* found = b.if_contains(name);
      const auto place = where + "." + std::string(name);
      if (!found) return place + " is missing: " + shown(value);
      if (auto difference = differ(place, value, *found); !difference.empty()) return difference;
    }
    for (const auto& [name, value] : b) {
      if (!a.contains(name)) return where + "." + std::string(name) + " is too much: " + shown(value);
    }
    return {};
  } else if (expected == actual) {
    return {};
  }
  return where + ": expected " + shown(expected) + ", got " + shown(actual);
}

/// Only the first sentence counts: what follows names tools.
std::string firstParagraph(const json::value& text) {
  if (!text.is_string()) return shown(text);
  const std::string_view whole = text.get_string();
  return std::string(whole.substr(0, whole.find("\n\n")));
}

bool isEngineMessage(const json::object& recorded) {
  const auto* compare = recorded.if_contains("compare");
  return compare && textOf(compare->as_object(), "message") == "engine";
}

std::string differOfError(const std::string& where, json::object expected, json::object actual, bool engine) {
  // The classes of the engine have no counterpart here, nor have their codes.
  if (const auto name = textOf(expected, "class"); name == "TypeError" || name == "SyntaxError") {
    expected["class"] = "Error";
    expected.erase("code");
  }
  if (engine) {
    expected.erase("message");
    actual.erase("message");
  } else {
    expected["message"] = firstParagraph(member(expected, "message"));
    actual["message"] = firstParagraph(member(actual, "message"));
  }
  // A failure that is not the API's carries an engine's text.
  for (auto* side : {&expected, &actual}) {
    if (auto* errors = side->if_contains("errors")) {
      for (auto& error : errors->as_array()) {
        if (textOf(error.as_object(), "code") == "unexpected_error") error.as_object().erase("message");
      }
    }
  }
  return differ(where, expected, actual);
}

/// What the product does otherwise on purpose, wherever it happens: see "## Clerk" in decisions.md.
json::object asProduct(json::object request, const json::object& recorded) {
  // CLERK_API_URL reaches the plugin's key set, too.
  const auto* environment = recorded.if_contains("env");
  const auto base = environment ? textOf(environment->as_object(), "CLERK_API_URL") : "";
  constexpr std::string_view clerkCom = "https://api.clerk.com";
  const auto url = textOf(request, "url");
  if (!base.empty() && url.starts_with(clerkCom)) request["url"] = base + url.substr(clerkCom.size());
  return request;
}

/// The headers that matter. The visitor's agent is not ours: the SDK names itself in every call.
json::object usualHeaders(const json::object& headers) {
  json::object usual;
  for (auto name : {"authorization", "clerk-api-version", "content-type", "user-agent", "idempotency-key"}) {
    if (const auto* value = headers.if_contains(name)) usual[name] = *value;
  }
  if (textOf(usual, "user-agent") == "lightMyRequest") usual["user-agent"] = "@clerk/fastify@3.1.79";
  return usual;
}

/// The requests in the file's form, and how many repetitions were left out.
json::array requestsOf(const json::object& recorded, const json::array& requests, const json::array* expected,
                       Mode mode, std::size_t& repetitions) {
  const bool allHeaders = flagOf(recorded, "recordAllHeaders");
  json::array list;
  for (const auto& request : requests) {
    auto copy = request.as_object();
    if (!allHeaders) copy["headers"] = usualHeaders(copy.at("headers").as_object());
    if (!expected && mode == Mode::Product) copy = asProduct(std::move(copy), recorded);
    if (expected) {
      const auto place = list.size();
      // A body that is passed on piece by piece was not looked at.
      if (place < expected->size() && member(expected->at(place).as_object(), "body") == json::value("<stream>"))
        copy["body"] = "<stream>";
      // The product asks again where the reference gives up.
      const bool isExpected = place < expected->size() && differ("", expected->at(place), copy).empty();
      if (mode == Mode::Product && !isExpected && !list.empty() && list.back() == copy &&
          textOf(copy, "method") == "GET") {
        ++repetitions;
        continue;
      }
    }
    list.push_back(copy);
  }
  return list;
}

std::string differOfRequests(const json::object& recorded, const json::array& expected, const json::array& actual,
                             Mode mode, std::size_t& repetitions) {
  const auto wanted = requestsOf(recorded, expected, nullptr, mode, repetitions);
  return differ("bapi", wanted, requestsOf(recorded, actual, &wanted, mode, repetitions));
}

/// An answer's headers without those of the connection and of the body's form on it.
json::value answerHeaders(const json::value& given) {
  if (!given.is_object()) return given;
  auto headers = given.get_object();
  for (auto name : {"date", "connection", "keep-alive", "content-length", "transfer-encoding"}) headers.erase(name);
  return headers;
}

/// An answer's body, with texts that name tools cut to what they have in common.
json::value answerBody(json::value body) {
  if (!body.is_object()) return body;
  auto& members = body.get_object();
  if (members.contains("message")) members["message"] = firstParagraph(members.at("message"));
  if (auto* early = members.if_contains("early");
      early && early->is_object() && early->get_object().contains("throws")) {
    const auto text = textOf(early->get_object(), "throws");
    early->get_object()["throws"] = text.substr(0, text.find('\n'));
  }
  return body;
}

/// A body without the texts of an engine.
json::value withoutMessages(json::value body) {
  if (auto* object = body.if_object()) {
    object->erase("message");
    for (auto& [name, value] : *object) value = withoutMessages(value);
  } else if (auto* list = body.if_array()) {
    for (auto& item : *list) item = withoutMessages(item);
  }
  return body;
}

/// The text of an answer; of an error that names tools, the sentence before them.
std::string answerText(const json::value& text) {
  const std::string_view whole = text.as_string();
  boost::system::error_code failed;
  auto body = json::parse(whole, failed);
  if (failed || !body.is_object() || textOf(body.get_object(), "message").find("\n\n") == std::string::npos)
    return std::string(whole);
  return ecmascript::stringify(answerBody(std::move(body)));
}

std::string differOfConsole(const json::array& expected, const json::array& actual) {
  auto firstLines = [](const json::array& lines) {
    json::array out;
    for (const auto& line : lines) {
      const std::string_view text = line.at(1).as_string();
      out.push_back(json::array{line.at(0), text.substr(0, text.find('\n'))});
    }
    return out;
  };
  return differ("console", firstLines(expected), firstLines(actual));
}

std::string differOfAuth(const json::value& expected, const json::value& actual) {
  if (!expected.is_object()) return differ("auth", expected, actual);
  if (auto difference = differ("auth", expected.at("json"), actual); !difference.empty()) return difference;
  if (const auto* absent = expected.as_object().if_contains("undefinedKeys")) {
    for (const auto& name : absent->as_array()) {
      if (actual.as_object().contains(name.as_string()))
        return "auth." + std::string(name.as_string()) + " should be absent";
    }
  }
  return {};
}

}  // namespace

std::string differenceOf(const json::object& recorded, const json::object& expected, const Outcome& outcome,
                         Mode mode) {
  const bool engine = isEngineMessage(recorded);
  const auto function = textOf(recorded, "fn");
  const bool isServer = function == "fastify" || function == "quickstart";
  for (const auto& [name, value] : expected) {
    const std::string_view part = name;
    if (part == "bapi" || part == "console" || part == "sleepsMs" || part == "steps") continue;
    const auto* found = outcome.if_contains(name);
    if (!found) return std::string(part) + " is missing: expected " + shown(value) + ", got " + shown(outcome);
    std::string difference;
    if (part == "throws") {
      difference = differOfError("throws", value.as_object(), found->as_object(), engine);
    } else if (part == "auth") {
      difference = differOfAuth(value, *found);
    } else if (isServer && part == "headers") {
      difference = differ("headers", answerHeaders(value), answerHeaders(*found));
    } else if (isServer && part == "body") {
      difference = engine ? differ("body", withoutMessages(value), withoutMessages(*found))
                          : differ("body", answerBody(value), answerBody(*found));
    } else if (isServer && part == "text") {
      difference = differ("text", json::value(answerText(value)), json::value(answerText(*found)));
    } else {
      difference = differ(std::string(part), value, *found);
    }
    if (!difference.empty()) return difference;
  }
  for (auto part : {"ok", "throws", "uncaught"}) {
    if (outcome.contains(part) && !expected.contains(part))
      return std::string(part) + " is too much: " + shown(outcome.at(part));
  }
  auto listOf = [](const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value ? value->as_array() : json::array();
  };
  std::size_t repetitions = 0;
  if (auto difference =
          differOfRequests(recorded, listOf(expected, "bapi"), listOf(outcome, "bapi"), mode, repetitions);
      !difference.empty())
    return difference;
  auto sleeps = listOf(outcome, "sleepsMs");
  const auto expectedSleeps = listOf(expected, "sleepsMs");
  if (sleeps.size() == expectedSleeps.size() + repetitions) sleeps.resize(expectedSleeps.size());
  if (auto difference = differ("sleepsMs", expectedSleeps, sleeps); !difference.empty()) return difference;
  return differOfConsole(listOf(expected, "console"), listOf(outcome, "console"));
}

}  // namespace conformance
