// Operations of priority P0 or P1 that do not work, each with the reason. The suite fails when one of them begins to.
const all = (reason, keys) => Object.fromEntries(keys.map(key => [key, reason]));

export const UNSUPPORTED = {
  ...all('a person tries a connection out at an identity provider: the tests of the instance have one', [
    ...['GET', 'POST'].map(method => `frontend ${method} /v1/organizations/{organizationID}/enterprise_connections/{enterprise_connection_id}/test_runs`),
    'frontend GET /v1/enterprise_connections/{enterpriseConnectionID}/init_test_run',
    'frontend GET /v1/enterprise_connections/{enterpriseConnectionID}/test_runs/{testRunID}',
  ]),
  ...all('SAML is not spoken', ['frontend GET /v1/saml/metadata/{saml_connection_id}.xml', 'frontend POST /v1/saml/acs/{saml_connection_id}']),
  ...all('organizations do not set up their own connections', ['GET', 'POST'].map(method => `frontend ${method} /v1/organizations/{organizationID}/enterprise_connections`)
    .concat(['PATCH', 'DELETE'].map(method => `frontend ${method} /v1/organizations/{organizationID}/enterprise_connections/{enterprise_connection_id}`))),
  ...all('self-serve SSO is not there: backends prove domains', [
    'frontend POST /v1/organizations/{organization_id}/domains/bulk',
    'frontend POST /v1/organizations/{organization_id}/domains/prepare_ownership_verification/bulk',
    'frontend POST /v1/organizations/{organization_id}/domains/attempt_ownership_verification/bulk',
    'frontend POST /v1/organizations/{organization_id}/domains/{domain_id}/prepare_ownership_verification',
    'frontend POST /v1/organizations/{organization_id}/domains/{domain_id}/attempt_ownership_verification',
  ]),
};
