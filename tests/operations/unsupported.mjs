// Operations of priority P0 or P1 that do not work, each with the reason. The suite fails when one of them begins to.
const all = (reason, keys) => Object.fromEntries(keys.map(key => [key, reason]));

export const UNSUPPORTED = {
  ...all('not there yet: a session is renewed by the browser alone', ['backend POST /sessions/{session_id}/refresh']),
  ...all('not there yet: a backend marks addresses and numbers as proved instead', [
    'backend POST /email_addresses/{email_address_id}/prepare_verification',
    'backend POST /email_addresses/{email_address_id}/attempt_verification',
    'backend POST /phone_numbers/{phone_number_id}/prepare_verification',
    'backend POST /phone_numbers/{phone_number_id}/attempt_verification',
    'backend PUT /users/{user_id}/email_address',
    'backend PUT /users/{user_id}/phone_number',
  ]),
  ...all('not there yet: passwords are checked against known ones when they are chosen', [
    'backend POST /users/{user_id}/password/set_compromised',
    'backend POST /users/{user_id}/password/unset_compromised',
  ]),
  ...all('not there yet: tokens of other providers are not kept', [
    'backend GET /users/{user_id}/oauth_access_tokens/{provider}',
    'frontend DELETE /v1/me/external_accounts/{external_account_id}/tokens',
  ]),
  ...all('not there yet', [
    'backend PUT /oauth_applications/{oauth_application_id}/logo',
    'frontend GET /v1/account_portal',
    'frontend GET /v1/health',
    'frontend GET /v1/proxy-health',
    'frontend GET /v1/clear-site-data',
    'frontend GET /v1/redirect',
    'frontend GET /v1/dev_browser/init',
    'frontend POST /v1/dev_browser/set_first_party_cookie',
  ]),
  ...all('apps on domains of their own are not served yet', ['frontend GET /v1/client/sync', 'frontend GET /v1/client/link']),
  ...all('enterprise connections are not there yet', [
    ...['GET /saml_connections', 'POST /saml_connections', 'GET /saml_connections/{saml_connection_id}', 'PATCH /saml_connections/{saml_connection_id}',
      'DELETE /saml_connections/{saml_connection_id}', 'GET /enterprise_connections', 'POST /enterprise_connections',
      'GET /enterprise_connections/{enterprise_connection_id}', 'PATCH /enterprise_connections/{enterprise_connection_id}',
      'DELETE /enterprise_connections/{enterprise_connection_id}', 'GET /enterprise_connections/{enterprise_connection_id}/test_runs',
      'POST /enterprise_connections/{enterprise_connection_id}/test_runs'].map(key => `backend ${key}`),
    ...['GET /v1/saml/metadata/{saml_connection_id}.xml', 'POST /v1/saml/acs/{saml_connection_id}',
      'GET /v1/organizations/{organizationID}/enterprise_connections', 'POST /v1/organizations/{organizationID}/enterprise_connections',
      'PATCH /v1/organizations/{organizationID}/enterprise_connections/{enterprise_connection_id}',
      'DELETE /v1/organizations/{organizationID}/enterprise_connections/{enterprise_connection_id}',
      'GET /v1/organizations/{organizationID}/enterprise_connections/{enterprise_connection_id}/test_runs',
      'POST /v1/organizations/{organizationID}/enterprise_connections/{enterprise_connection_id}/test_runs',
      'GET /v1/enterprise_connections/{enterpriseConnectionID}/init_test_run',
      'GET /v1/enterprise_connections/{enterpriseConnectionID}/test_runs/{testRunID}'].map(key => `frontend ${key}`),
  ]),
  ...all('self-serve SSO is not there: backends prove domains', [
    'frontend POST /v1/organizations/{organization_id}/domains/bulk',
    'frontend POST /v1/organizations/{organization_id}/domains/prepare_ownership_verification/bulk',
    'frontend POST /v1/organizations/{organization_id}/domains/attempt_ownership_verification/bulk',
    'frontend POST /v1/organizations/{organization_id}/domains/{domain_id}/prepare_ownership_verification',
    'frontend POST /v1/organizations/{organization_id}/domains/{domain_id}/attempt_ownership_verification',
  ]),
};
