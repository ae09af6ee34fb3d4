#pragma once
// Clerk's error answers, and the errors that a request runs into before it reaches a flow.

#include "model/outcome.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

/// The status that the first error decides.
int statusOf(const Failure& failure) noexcept;

/// `{"errors": […], "clerk_trace_id": …}`, with `"meta": {"client": …}` unless `client` is null.
JsonObject errorBody(const Failure& failure, std::string_view traceId, Json client = nullptr);

/// What is wrong with a request itself, in Clerk's words, before it reaches a flow (whose errors are in
/// model/errors.hpp): one table for both APIs.
namespace wrong {
Failure paramMissing(std::string_view name);
Failure paramEmpty(std::string_view name);
Failure paramDuplicate(std::string_view name);
Failure paramUnknown(std::string_view name);
/// `type` as people say it: `string`, `boolean`, `integer`, …
Failure paramType(std::string_view name, std::string_view type);
/// `allowed` is a list in words, or empty.
Failure paramValue(std::string_view name, std::string_view allowed = {});
Failure paramTooLarge(std::string_view name, std::int64_t greatest);
Failure paramArraySize(std::string_view name, std::size_t greatest);
/// Not RFC 3339.
Failure paramTime(std::string_view name);
Failure paramTooSmall(std::string_view name, std::int64_t least);
Failure queryMissing(std::string_view name);
Failure notFound();
Failure bodyMalformed();
Failure bodyTooLarge(std::size_t limit);
Failure contentTypeUnsupported(std::string_view actual, std::string_view expected);
Failure originAndAuthorization();
Failure authorizationFormat();
Failure secretKey();
Failure developmentOnly();
Failure redirectUrl();
Failure handshake(std::string_view reason);
Failure redirectUrlNotOurs(std::string_view host);
Failure internal();
}  // namespace wrong

}  // namespace clerk::instance::wire
