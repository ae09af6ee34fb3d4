#include "model/enterprise_errors.hpp"

#include "model/error_text.hpp"

namespace clerk::instance::errors {

using enum Trouble;

Error enterpriseConnectionNotFound(std::string_view id) {
  return make(NotFound, "resource_not_found", "Enterprise connection not found",
              text({"No enterprise connection was found with id ", id.substr(0, 64)}));
}
Error enterpriseDomainTaken(std::string_view domain) {
  return make(Unprocessable, "form_identifier_exists", "already exists",
              text({"The domain ", domain, " belongs to another enterprise connection."}), "domains");
}
Error samlConnectionCantBeActivated(std::string_view fields) {
  return make(Unprocessable, "saml_connection_cant_be_activated", "SAML Connection can't be activated",
              text({"The connection lacks ", fields, ", without which it cannot be active."}));
}
Error enterpriseConnectionCantBeActivated(std::string_view fields) {
  return make(Unprocessable, "enterprise_connection_cant_be_activated", "Enterprise connection can't be activated",
              text({"The connection lacks ", fields, ", without which it cannot be active."}));
}
Error samlConnectionActiveNotFound(std::string_view id) {
  return make(NotFound, "saml_connection_active_not_found", "not found",
              text({"There is no active SAML connection with id ", id.substr(0, 64), "."}));
}
Error samlMetadataNotParsed() {
  return make(Unprocessable, "saml_failed_to_parse_idp_metadata", "Failed to parse IdP metadata",
              "It must be the document of one identity provider, with an address for HTTP-Redirect and a certificate "
              "for signing.");
}
Error samlMetadataNotFetched() {
  return make(Unprocessable, "saml_failed_to_fetch_idp_metadata", "Failed to fetch IdP metadata",
              "There was no document at the address of the metadata.", "idp_metadata_url");
}
Error samlCertificateInvalid() {
  return make(
      Unprocessable, "form_param_format_invalid", "is invalid",
      "idp_certificate must be X.509 certificates in PEM or one in base64, with RSA keys of 2,048 bits or more, "
      "or keys on P-256, P-384 or P-521.",
      "idp_certificate");
}

Error enterpriseSignInConnectionMissing() {
  return make(Unprocessable, "enterprise_sso_sign_in_connection_missing", "No Enterprise Connection for this sign-in",
              "There is no enterprise connection for this address. Please check its domain.");
}
Error enterpriseAddressMismatch() {
  return make(BadRequest, "enterprise_sso_email_address_domain_mismatch",
              "Enterprise Connection email address domain mismatch",
              "The address that the provider told is at none of the connection's domains.");
}
Error signInMustUseEnterpriseConnection() {
  return make(Unprocessable, "sign_in_must_use_enterprise_connection_identifier",
              "Sign in with your organization's address",
              "Your organization signs its people in itself. Sign in with your email address there.");
}
Error enterpriseAddressReserved() {
  return make(Unprocessable, "saml_email_address_domain_reserved", "This address is your organization's",
              "The organization of this address signs its people in itself. Sign in with the address instead.",
              "email_address");
}

Error samlAttributeMissing(std::string_view attribute) {
  return make(Unprocessable, "saml_user_attribute_missing", "Missing SAML attribute",
              attribute.empty() ? std::string("The identity provider did not send an attribute that is needed.")
                                : text({"The identity provider did not send the attribute ", beginning(attribute, 200),
                                        ", which is needed."}));
}
Error samlAddressMismatch() {
  return make(Unprocessable, "saml_email_address_domain_mismatch", "Email address domain mismatch",
              "The address that the identity provider told is at none of the connection's domains.");
}
Error samlRelayStateMissing() {
  return make(BadRequest, "saml_response_relaystate_missing", "Missing RelayState",
              "The SAML response answers nothing that was asked here, or too late, and the connection does not take "
              "sign-ins that begin at the identity provider.");
}
Error samlAssertionUsed() {
  return make(BadRequest, "saml_response_invalid", "Invalid SAML response",
              "The assertion was used before. Please sign in again.");
}
Error samlResponseInvalid(std::string_view why) {
  return make(BadRequest, "saml_response_invalid", "Invalid SAML response",
              text({"The identity provider's response was not accepted. ", why}));
}
Error testRunTicketInvalid() {
  return make(BadRequest, "enterprise_connection_test_run_ticket_invalid", "Invalid test run ticket",
              "The address of this test run is no longer good. Please start a new test run.");
}
Error testRunNotFound(std::string_view id) {
  return make(NotFound, "resource_not_found", "Test run not found",
              text({"No test run was found with id ", id.substr(0, 64)}));
}

}  // namespace clerk::instance::errors
