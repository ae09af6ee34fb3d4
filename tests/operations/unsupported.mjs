// Operations of priority P0 or P1 that do not work, each with the reason. The suite fails when one of them begins to.
const SATELLITES = 'apps on domains of their own need an instance on several hosts';
const OWN_SSO = 'self-serve SSO is not there: backends prove domains and set connections up';
const all = (reason, keys) => Object.fromEntries(keys.map(key => [key, reason]));

export const UNSUPPORTED = {
  ...all(SATELLITES, ['frontend GET /v1/client/sync', 'frontend GET /v1/client/link']),
  ...all(OWN_SSO, [
    'frontend POST /v1/organizations/{organization_id}/domains/bulk',
    'frontend POST /v1/organizations/{organization_id}/domains/prepare_ownership_verification/bulk',
    'frontend POST /v1/organizations/{organization_id}/domains/attempt_ownership_verification/bulk',
    'frontend POST /v1/organizations/{organization_id}/domains/{domain_id}/prepare_ownership_verification',
    'frontend POST /v1/organizations/{organization_id}/domains/{domain_id}/attempt_ownership_verification',
  ]),
};
