#include "frontend_api/test_run_page.hpp"

#include "api/html_text.hpp"
#include "wire/json.hpp"

#include <fmt/format.h>

#include <utility>

namespace clerk::instance::frontend_api {
namespace {

/// One line of a table; nothing for what the provider did not tell.
std::string row(std::string_view name, const wire::Json& value) {
  if (!value.is_string() || value.get_string().empty()) return {};
  return fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", name, api::escapeHtml(value.get_string()));
}

std::string rows(const wire::Json& object) {
  if (!object.is_object()) return {};
  static constexpr std::pair<std::string_view, std::string_view> names[] = {{"email_address", "Email address"},
                                                                            {"first_name", "First name"},
                                                                            {"last_name", "Last name"},
                                                                            {"user_id", "User ID"},
                                                                            {"short_message", "What failed"},
                                                                            {"message", "Details"},
                                                                            {"code", "Code"}};
  std::string text;
  for (const auto& [name, label] : names) {
    if (const auto* value = object.get_object().if_contains(name)) text += row(label, *value);
  }
  return text;
}

std::string_view headline(TestRunStatus status) {
  switch (status) {
    case TestRunStatus::Success: return "The connection works";
    case TestRunStatus::Failed: return "The connection does not work yet";
    default: return "The test run is not over";
  }
}

}  // namespace

std::string testRunPage(const TestRun& run) {
  std::string lines = rows(run.entry.json("parsed_user_info"));
  const auto logs = run.entry.json("logs");
  if (logs.is_array()) {
    for (const auto& log : logs.get_array()) lines += rows(log);
  }
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{0}</title>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>\n"
      "body {{ font-family: system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; "
      "color: #1f2030; }}\n"
      "th, td {{ text-align: left; vertical-align: top; padding: .4rem 1rem .4rem 0; overflow-wrap: anywhere; }}\n"
      "</style>\n</head>\n<body data-status=\"{1}\">\n<h1>{0}</h1>\n<table>\n{2}</table>\n"
      "<p>Nobody was signed in by this test. You can close this page.</p>\n</body>\n</html>\n",
      headline(run.status()), nameOf(run.status()), lines);
}

}  // namespace clerk::instance::frontend_api
