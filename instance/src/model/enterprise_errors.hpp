#pragma once
// Errors of enterprise connections; more of model/errors.hpp.

#include "model/outcome.hpp"

#include <string_view>

namespace clerk::instance::errors {

Error enterpriseConnectionNotFound(std::string_view id);
Error enterpriseDomainTaken(std::string_view domain);
Error samlConnectionCantBeActivated(std::string_view fields);
Error enterpriseConnectionCantBeActivated(std::string_view fields);
Error samlConnectionActiveNotFound(std::string_view id);
Error samlMetadataNotParsed();
Error samlMetadataNotFetched();
Error samlCertificateInvalid();
Error enterpriseSignInConnectionMissing();
Error enterpriseAddressMismatch();
/// `attribute`: the provider's name for it; empty: not told.
Error samlAttributeMissing(std::string_view attribute);
Error samlAddressMismatch();
Error samlRelayStateMissing();
Error samlAssertionUsed();
/// `why`: a sentence.
Error samlResponseInvalid(std::string_view why);
/// A ticket or token of a test run that is over, was used, or never was.
Error testRunTicketInvalid();
Error testRunNotFound(std::string_view id);
/// Of somebody who tried to come in by another way.
Error signInMustUseEnterpriseConnection();
/// A new account with an address that is of a connection.
Error enterpriseAddressReserved();

}  // namespace clerk::instance::errors
