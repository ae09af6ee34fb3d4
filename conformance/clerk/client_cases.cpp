#include "recorded_case.hpp"
#include "typed_calls.hpp"

#include <ecmascript/date.hpp>
#include <ecmascript/json_text.hpp>

namespace conformance {
namespace {

/// Arguments as the client takes them: dates are ISO texts, files have bytes.
json::value argumentOf(const json::value& recorded) {
  if (const auto* list = recorded.if_array()) {
    json::array items;
    for (const auto& item : *list) items.push_back(argumentOf(item));
    return items;
  }
  const auto* object = recorded.if_object();
  if (!object) return recorded;
  if (const auto* date = object->if_contains("__date"))
    return json::value(ecmascript::toIsoString(date->to_number<std::int64_t>()));
  if (const auto* size = object->if_contains("__file"))
    return json::object{{"bytes", std::string(size->to_number<std::size_t>(), 'x')}};
  json::object members;
  for (const auto& [name, member] : *object) members[name] = argumentOf(member);
  return members;
}

clerk::ClerkOptions optionsOf(const json::object& recorded, World& world) {
  if (textOf(recorded, "fn") == "defaultClient") {
    auto options = clerk::optionsFromEnvironment(world.runtime);
    options.userAgent = "@clerk/fastify@3.1.79";
    return options;
  }
  const auto& given = recorded.at("clientOptions").as_object();
  clerk::ClerkOptions options;
  options.secretKey = textOf(given, "secretKey");
  options.machineSecretKey = textOf(given, "machineSecretKey");
  options.publishableKey = textOf(given, "publishableKey");
  options.jwtKey = textOf(given, "jwtKey");
  if (given.contains("apiUrl")) options.apiUrl = textOf(given, "apiUrl");
  options.apiVersion = textOf(given, "apiVersion", "v1");
  options.userAgent = textOf(given, "userAgent");
  options.runtime = world.runtime;
  return options;
}

/// The same call with C++'s types; absent when they do not let its arguments through.
std::optional<json::value> typedResult(const clerk::ClerkClient& client, const std::string& method,
                                       const json::array& arguments, const json::value& result) {
  try {
    auto typed = typedMethods().at(method)(client, arguments).value_or(nullptr);
    // A list without a count is a page all the same.
    if (result.is_array() && typed.is_object()) return typed.at("data");
    return typed;
  } catch (const NotTyped&) {
    return {};
  }
}

/// Only answers with a class of their own, as the API really gives it, have a struct to go through.
bool isTyped(const json::object& recorded, const json::value& result) {
  const auto id = textOf(recorded, "id");
  // Recorded with answers that these methods do not have.
  if (id == "cl-users-replaceUserPhoneNumber" || id == "cl-e-decode-users") return false;
  if (id == "cl-obj-user" || id == "cl-obj-userMinimal" || id == "cl-obj-userUnicode") return true;
  return !id.starts_with("cl-obj-") && !id.starts_with("cl-r-") && !result.is_string();
}

}  // namespace

Outcome runClientCase(const json::object& recorded, World& world) {
  Outcome outcome;
  try {
    auto options = optionsOf(recorded, world);
    options.strictness = world.strictness();
    if (world.mode == Mode::Parity) options.requestPolicy.retries = 0;
    const clerk::ClerkClient client(options);
    const auto method = textOf(recorded, "api") + "." + textOf(recorded, "method");
    const auto arguments = argumentOf(recorded.at("args")).as_array();
    auto task = client.call(method, arguments);
    if (!task.ready()) throw std::runtime_error("the call waits for something that this program does not give");
    const auto result = task.take();
    outcome["ok"] = result ? *result : json::value("<undefined>");
    if (result) outcome["text"] = ecmascript::stringify(*result);

    if (result && isTyped(recorded, *result)) {
      const auto requests = std::exchange(world.requests, {});
      const auto console = std::exchange(world.console, {});
      if (auto typed = typedResult(client, method, arguments, *result)) {
        outcome["ok"] = *typed;
        outcome["text"] = ecmascript::stringify(*typed);
        if (world.typedCalls) world.typedCalls->insert(method);
      } else {
        world.requests = requests;
      }
      world.console = console;
    }
  } catch (...) {
    outcome = {{"throws", describe(std::current_exception())}};
  }
  return outcome;
}

}  // namespace conformance
