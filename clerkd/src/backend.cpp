#include "backend.hpp"

#include "server.hpp"

#include <fastify/fastify.hpp>
#include <fastify/inject.hpp>

#include <chrono>

namespace clerkd {
namespace {

using fastify::Json;

std::string problemOf(const fastify::InjectResponse& response) {
  const auto body = response.json();
  const auto* errors = body.is_object() ? body.get_object().if_contains("errors") : nullptr;
  if (!errors || !errors->is_array() || errors->get_array().empty()) {
    return "the Backend API answered " + std::to_string(response.statusCode);
  }
  const auto& error = errors->get_array().front();
  auto text = textOf(error, "long_message");
  if (text.empty()) text = textOf(error, "message");
  return text + " (" + textOf(error, "code") + ")";
}

}  // namespace

Backend::Backend(const DatabaseOptions& options)
    : instance_(managingOptionsFor(options)), app_(std::make_unique<fastify::Fastify>()) {
  app_->registerPlugin(instance_);
  app_->ready();
}

Json Backend::get(const std::string& path, const Query& query) { return ask("GET", path, query); }
Json Backend::post(const std::string& path, const Json& body) { return ask("POST", path, {}, &body); }
Json Backend::erase(const std::string& path) { return ask("DELETE", path, {}); }

Json Backend::ask(const std::string& method, const std::string& path, const Query& query, const Json* body) {
  fastify::InjectRequest request{.method = method, .url = "/__bapi/v1" + path};
  request.headers.push_back({"authorization", "Bearer " + instance_.secretKey()});
  for (const auto& [name, value] : query) request.query[name] = value;
  if (body) request.payload = *body;
  const auto response = app_->inject(std::move(request));
  if (response.statusCode >= 400) throw BackendError(problemOf(response));
  return response.json();
}

Json Backend::findUser(const std::string& who) {
  if (who.starts_with("user_") && who.find_first_of("/?#%") == std::string::npos) return get("/users/" + who);
  const auto* kind = who.find('@') != std::string::npos ? "email_address"
                     : who.starts_with('+')             ? "phone_number"
                                                        : "username";
  const auto found = get("/users", {{kind, who}, {"limit", "1"}});
  if (!found.is_array() || found.get_array().empty()) throw BackendError("there is no user " + who);
  return found.get_array().front();
}

std::string textOf(const Json& object, std::string_view member) {
  const auto* value = object.is_object() ? object.get_object().if_contains(member) : nullptr;
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string timeOf(const Json& object, std::string_view member) {
  const auto* value = object.is_object() ? object.get_object().if_contains(member) : nullptr;
  if (!value || !value->is_int64()) return {};
  const std::chrono::sys_time<std::chrono::milliseconds> time(std::chrono::milliseconds(value->get_int64()));
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::minutes>(time - day));
  const auto two = [](long number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::to_string(static_cast<int>(date.year())) + "-" + two(static_cast<unsigned>(date.month())) + "-" +
         two(static_cast<unsigned>(date.day())) + " " + two(clock.hours().count()) + ":" + two(clock.minutes().count());
}

bool truthOf(const Json& object, std::string_view member) {
  const auto* value = object.is_object() ? object.get_object().if_contains(member) : nullptr;
  return value && value->is_bool() && value->get_bool();
}

int failWith(const std::exception& error) { return fail(error.what()); }

}  // namespace clerkd
