#include "frontend_api/operation.hpp"

#include "api/upload.hpp"
#include "settings/settings.hpp"

#include <algorithm>

namespace clerk::instance::frontend_api {

api::TextFields Call::form() const {
  static const boost::json::object none;
  const auto& body = request.body();
  const auto* fields = body.isJson() ? body.json().if_object() : nullptr;
  return api::TextFields(fields ? *fields : none);
}

api::TextFields Call::query() const { return api::TextFields(request.query()); }

std::optional<std::string> Call::queryText(std::string_view name) const {
  const auto values = query().list(name);
  if (values.empty()) return std::nullopt;
  return values.front();
}

std::string Call::param(std::string_view name) const { return std::string(request.param(name).value_or("")); }

Outcome<std::string> Call::upload() const { return api::uploadOf(request); }

bool Call::secure() const {
  // Behind something that ends TLS the connection is plain, yet people come by https.
  return request.protocol() == "https" || core.settings().portalUrl.starts_with("https://");
}

void Operations::add(std::string_view path, Operation operation) {
  auto found = std::ranges::find(paths_, path, &Path::first);
  if (found == paths_.end()) found = paths_.insert(paths_.end(), {std::string(path), {}});
  found->second.push_back(operation);
}

}  // namespace clerk::instance::frontend_api
