#pragma once
// The metadata document of a SAML identity provider, given as it is or by its address.

#include "model/outcome.hpp"

#include <async/task.hpp>

#include <boost/json/object.hpp>

namespace clerk::instance {

/// Puts what `idp_metadata` or the document at `idp_metadata_url` says in the place of `idp_entity_id`, `idp_sso_url`
/// and `idp_certificate`; what is given beside it stays. Errors: `saml_failed_to_fetch_idp_metadata`,
/// `saml_failed_to_parse_idp_metadata`.
async::Task<Outcome<>> readMetadataInto(boost::json::object& saml);

}  // namespace clerk::instance
