import { readRequest } from '../../scim/scim-request.ts';
import type { Dialect } from '../dialect.ts';
import { oktaGroups } from './group.ts';
import { oktaUsers } from './user.ts';

/** Okta with an application of the Okta Integration Network. */
export const okta: Dialect = {
  idp: 'okta',
  headers: { 'user-agent': 'Okta SCIM Client 1.0.0' },
  /** Sent with these very parameters whenever the credentials are saved. */
  connectionChecks: () => [
    { request: readRequest('/Users?startIndex=1&count=2'), wantsEmptyList: false },
    { request: readRequest('/Groups?startIndex=1&count=100'), wantsEmptyList: false },
  ],
  ...oktaUsers,
  ...oktaGroups,
};
