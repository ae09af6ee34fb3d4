#include "flows/enterprise/provider_metadata.hpp"

#include "model/enterprise_errors.hpp"
#include "saml/document_size.hpp"
#include "saml/metadata.hpp"

#include <fetch/fetch.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace clerk::instance {
namespace {

constexpr std::chrono::milliseconds patience{10'000};

std::string textIn(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

async::Task<std::optional<std::string>> fetchDocument(std::string url) {
  try {
    auto response = co_await fetch::fetch({.url = std::move(url),
                                           .headers = {{"accept", "application/samlmetadata+xml, application/xml"}},
                                           .timeout = patience,
                                           .connectTimeout = patience,
                                           .maxResponseSize = saml::largestDocument});
    if (response.status != 200) co_return std::nullopt;
    co_return std::move(response.body);
  } catch (const fetch::Error&) {
    co_return std::nullopt;
  }
}

}  // namespace

async::Task<Outcome<>> readMetadataInto(boost::json::object& saml) {
  auto document = textIn(saml, "idp_metadata");
  const auto url = textIn(saml, "idp_metadata_url");
  if (document.empty() && !url.empty()) {
    auto fetched = co_await fetchDocument(url);
    if (!fetched) co_return Failure(errors::samlMetadataNotFetched());
    document = *std::move(fetched);
  }
  if (document.empty()) co_return Outcome<>();
  const auto read = saml::readProviderMetadata(document);
  if (!read) co_return Failure(errors::samlMetadataNotParsed());
  const std::pair<std::string_view, const std::string&> members[] = {
      {"idp_entity_id", read->entityId}, {"idp_sso_url", read->signInUrl}, {"idp_certificate", read->certificates}};
  for (const auto& [name, value] : members) {
    if (!saml.contains(name)) saml[name] = value;
  }
  co_return Outcome<>();
}

}  // namespace clerk::instance
