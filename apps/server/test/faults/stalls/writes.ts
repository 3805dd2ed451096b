import type { HttpRequest } from '../../clients/http-exchange.ts';
import { USER } from '../../conformance/samples.ts';
import { graphqlRequest, type IdentityProvider, scimRequest } from './asking.ts';
import { NUMBER } from './requests.ts';

const MOST = 1000;

/** Creates one person, another one each time. */
export const newcomer = (idp: IdentityProvider): HttpRequest =>
  scimRequest(idp, 'POST', '/Users', { schemas: [USER], userName: `newcomer-${NUMBER}` });

const times = <Item>(make: (n: number) => Item): Item[] => Array.from({ length: MOST }, (_, n) => make(n));

/** Creates as many people as one mutation may, others each time. */
export const batch = (token: string): HttpRequest =>
  graphqlRequest(
    token,
    'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { id userName } } } }',
    {
      input: {
        users: times((n) => ({ userName: `batch-${NUMBER}-${n}`, department: `Department ${n % 30}` })),
      },
    },
  );

/** Creates as many people as one bulk request may, others each time. */
export const bulk = (idp: IdentityProvider, padding = ''): HttpRequest =>
  scimRequest(idp, 'POST', '/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: times((n) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `b${n}`,
      data: {
        schemas: [USER],
        userName: `bulk-${NUMBER}-${n}`,
        ...(padding === '' ? {} : { 'urn:unknown': padding }),
      },
    })),
  });

/** What would become of everybody's values, and of everybody's teams. */
export const rehearsals = (token: string, attributeId: string): HttpRequest[] =>
  [
    graphqlRequest(
      token,
      'mutation ($input: DeleteCustomAttributeInput!) { deleteCustomAttribute(input: $input) { __typename } }',
      { input: { id: attributeId } },
    ),
    graphqlRequest(
      token,
      'mutation ($input: UpdateOrgStructureInput!) { updateOrgStructure(input: $input) { plan { personMoves } } }',
      { input: { createTeams: 'DEPARTMENT' } },
    ),
  ].map((request) => ({ ...request, headers: { ...request.headers, 'rollcall-dry-run': 'true' } }));
