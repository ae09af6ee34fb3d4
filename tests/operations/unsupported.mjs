// Operations of priority P0 or P1 that do not work, each with the reason. The suite fails when one of them begins to.
const all = (reason, keys) => Object.fromEntries(keys.map(key => [key, reason]));

export const UNSUPPORTED = {
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
