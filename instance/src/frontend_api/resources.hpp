#pragma once
// The Frontend API's resources: a file each.

#include "frontend_api/operation.hpp"

namespace clerk::instance::frontend_api {

void addEnvironment(Operations& operations);
void addDevBrowser(Operations& operations);
void addClient(Operations& operations);
void addHandshake(Operations& operations);
void addSignUps(Operations& operations);
void addSignIns(Operations& operations);
void addSessions(Operations& operations);
void addReverification(Operations& operations);
void addPasskeys(Operations& operations);
void addOauth(Operations& operations);
void addDetours(Operations& operations);
void addMe(Operations& operations);
void addMyIdentifiers(Operations& operations);
void addMySecondFactors(Operations& operations);
void addMySessions(Operations& operations);
void addMyOrganizations(Operations& operations);
void addOrganizations(Operations& operations);
void addOrganizationMembers(Operations& operations);
void addOrganizationInvitations(Operations& operations);
void addOrganizationDomains(Operations& operations);
void addMyApiKeys(Operations& operations);
void addOAuthConsent(Operations& operations);
void addEnterpriseConnections(Operations& operations);
void addPlaces(Operations& operations);
void addSatellites(Operations& operations);

}  // namespace clerk::instance::frontend_api
