#pragma once
// One operation of the Backend API.

#include "api/text_fields.hpp"
#include "backend_api/json_fields.hpp"
#include "flows/core.hpp"
#include "model/page.hpp"
#include "model/registry_entry.hpp"
#include "wire/json.hpp"

#include <fastify/instance.hpp>
#include <fastify/request.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace clerk::instance::backend_api {

/// One request, while its operation runs.
struct Call {
  Core& core;
  fastify::Request& request;
  /// The machine whose secret key was presented, where that is taken; absent: the backend itself asks.
  std::optional<RegistryEntry> machine{};
  /// Of the answer, when all goes well; 204 sends no body.
  int status = 200;
  /// The answer as JSON text, where that is cheaper; else it is the value that the operation gives.
  std::string text{};

  api::TextFields query() const;
  /// The members of the body; none when there was no body.
  JsonFields body() const;
  /// The bytes of an uploaded file. Errors: `request_body_invalid`.
  Outcome<std::string> upload() const;
  /// The members of each item of a body that is a list.
  std::vector<JsonFields> bodies() const;
  std::string param(std::string_view name) const;
  /// Of now: flows may take a while.
  wire::View view() const;
};

using Endpoint = async::Task<Outcome<wire::Json>> (*)(Call& call);

/// Declares `method path` (below `/v1`) in the Backend API's scope.
using AddOperation = std::function<void(std::string_view method, std::string_view path, Endpoint endpoint)>;

/// `limit` (1 to 500, 10 unless given) and `offset`; what is wrong with them goes to `query`.
PageRequest readPage(api::TextFields& query);
/// The list alone, or `{"data": …, "total_count": …}` when the query says `paginated=true`.
wire::Json listOrPage(api::TextFields& query, wire::JsonArray list, std::int64_t totalCount);

}  // namespace clerk::instance::backend_api
