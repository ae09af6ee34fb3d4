#include "backend_api/acting.hpp"

#include <algorithm>

namespace clerk::instance::backend_api {
namespace {

/// A request names itself as it likes: no more of that than is of use.
constexpr std::size_t longestRequestId = 100;

std::vector<std::string> paramsOf(std::string_view path) {
  std::vector<std::string> names;
  for (auto colon = path.find(':'); colon != std::string_view::npos; colon = path.find(':', colon + 1)) {
    const auto end = std::min(path.find('/', colon), path.size());
    names.emplace_back(path.substr(colon + 1, end - colon - 1));
  }
  return names;
}

}  // namespace

OperationName::OperationName(std::string_view method, std::string_view path)
    : text_(std::string(method) + " " + std::string(path)), changes_(method != "GET"), params_(paramsOf(path)) {}

Actor actorOf(Actor who, const OperationName& name, fastify::Request& request) {
  who.operation = name.text();
  who.requestId = request.id().substr(0, longestRequestId);
  who.ipAddress = request.ip();
  for (const auto& param : name.params()) {
    if (const auto value = request.param(param)) who.objects.emplace_back(*value);
  }
  return who;
}

}  // namespace clerk::instance::backend_api
