#include "scenario.hpp"

#include <boost/json/parse.hpp>

#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace conformance {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr milliseconds defaultTimeout{900};
constexpr milliseconds defaultAfterControl{40};

std::string textOr(const json::object& object, std::string_view member, std::string fallback) {
  const auto* value = object.if_contains(member);
  return value ? std::string(std::string_view(value->as_string())) : fallback;
}

milliseconds millisecondsOr(const json::object& object, std::string_view member, milliseconds fallback) {
  const auto* value = object.if_contains(member);
  return value ? milliseconds(value->to_number<std::int64_t>()) : fallback;
}

bool flag(const json::object& object, std::string_view member) {
  const auto* value = object.if_contains(member);
  return value && value->is_bool() && value->get_bool();
}

std::string fromHex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    unsigned byte = 0;
    std::from_chars(text.data() + i, text.data() + i + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

/// A text, `{hex}`, `{repeat, times}`, or a list of them.
std::string bytesOf(const json::value& part) {
  std::string bytes;
  if (const auto* text = part.if_string()) return std::string(std::string_view(*text));
  if (const auto* list = part.if_array()) {
    for (const auto& one : *list) bytes += bytesOf(one);
    return bytes;
  }
  const auto& object = part.as_object();
  if (const auto* hex = object.if_contains("hex")) return fromHex(hex->as_string());
  for (auto times = object.at("times").to_number<std::size_t>(); times > 0; --times)
    bytes += std::string_view(object.at("repeat").as_string());
  return bytes;
}

std::set<std::size_t> positions(const json::object& object, std::set<std::size_t> fallback) {
  const auto* list = object.if_contains("heads");
  if (!list) return fallback;
  std::set<std::size_t> found;
  for (const auto& position : list->as_array()) found.insert(position.to_number<std::size_t>());
  return found;
}

Exchange exchangeOf(const json::object& step, const std::set<std::size_t>& heads) {
  Exchange exchange{
      .connection = textOr(step, "conn", "A"),
      .end = flag(step, "end"),
      .destroy = flag(step, "destroy"),
      .timeout = millisecondsOr(step, "timeout", defaultTimeout),
      .heads = positions(step, heads),
  };
  if (const auto* send = step.if_contains("send")) exchange.bytes = bytesOf(*send);
  if (const auto* count = step.if_contains("responses")) exchange.answers = count->to_number<std::size_t>();
  if (const auto* read = step.if_contains("read")) {
    if (read->is_string()) exchange.read = Exchange::Read::Close;
    if (read->is_number() && read->to_number<int>() == 0) exchange.read = Exchange::Read::Nothing;
  }
  return exchange;
}

Step stepOf(const json::object& step, const std::set<std::size_t>& heads) {
  if (const auto* sleep = step.if_contains("sleep")) return Pause{milliseconds(sleep->to_number<std::int64_t>())};
  if (step.contains("control"))
    return Control{textOr(step, "control", ""), millisecondsOr(step, "after", defaultAfterControl)};
  return exchangeOf(step, heads);
}

Http2Request http2RequestOf(const json::object& request) {
  Http2Request wanted;
  for (const auto& [name, value] : request.at("headers").as_object()) {
    auto add = [&](const json::value& one) {
      wanted.headers.emplace_back(name, std::string(std::string_view(one.as_string())));
    };
    if (const auto* several = value.if_array()) {
      for (const auto& one : *several) add(one);
    } else {
      add(value);
    }
  }
  if (const auto* body = request.if_contains("body")) wanted.body = bytesOf(*body);
  return wanted;
}

Scenario::Kind kindOf(std::string_view name) {
  if (name == "startup") return Scenario::Kind::Startup;
  return name == "h2c" ? Scenario::Kind::Http2 : Scenario::Kind::Wire;
}

Scenario scenarioOf(const json::object& entry) {
  Scenario scenario{
      .id = textOr(entry, "id", ""),
      .area = textOr(entry, "area", ""),
      .priority = textOr(entry, "priority", ""),
      .kind = kindOf(textOr(entry, "kind", "")),
      .app = textOr(entry, "app", ""),
      .variant = textOr(entry, "variant", "default"),
      .startupCase = textOr(entry, "case", ""),
      .fresh = flag(entry, "fresh"),
      .observed = entry.at("observed").as_object(),
  };
  if (entry.contains("settle")) scenario.settle = millisecondsOr(entry, "settle", {});
  if (const auto* request = entry.if_contains("request"); request && scenario.kind == Scenario::Kind::Http2)
    scenario.http2 = http2RequestOf(request->as_object());
  const auto heads = positions(entry, {});
  if (const auto* steps = entry.if_contains("steps")) {
    for (const auto& step : steps->as_array()) scenario.steps.push_back(stepOf(step.as_object(), heads));
  }
  return scenario;
}

}  // namespace

std::vector<Scenario> readScenarios(const std::filesystem::path& file) {
  try {
    std::ifstream input(file);
    std::ostringstream text;
    if (!(text << input.rdbuf())) throw std::runtime_error("it cannot be read");
    std::vector<Scenario> scenarios;
    const auto document = json::parse(text.str());
    for (const auto& entry : document.at("scenarios").as_array()) scenarios.push_back(scenarioOf(entry.as_object()));
    return scenarios;
  } catch (const std::exception& error) {
    throw std::runtime_error("scenarios of " + file.string() + ": " + error.what());
  }
}

}  // namespace conformance
