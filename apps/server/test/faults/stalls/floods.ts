import { gzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import type { HttpRequest } from '../../clients/http-exchange.ts';
import { tokenOf } from '../../world.ts';
import { graphqlRequest, scimRequest } from './asking.ts';
import { dearestDocuments, refusedDocuments } from './documents.ts';
import { heavyReads } from './heavy-reads.ts';
import { NUMBER, type Requests } from './requests.ts';
import type { Attacker } from './stage.ts';
import { batch, bulk, rehearsals } from './writes.ts';

/** An attack of many requests. */
export interface Flood {
  requests(attacker: Attacker): HttpRequest[];
  readonly how?: Partial<Requests>;
  /** What is to come of some of them, or else nothing was tried. */
  readonly outcome: string;
}

const whole = getIntrospectionQuery();
const json = { 'content-type': 'application/json' };
const post = (path: string, body: string | Buffer, headers: object = {}): HttpRequest => ({
  method: 'POST',
  path,
  headers: { ...json, ...headers },
  body,
});

export const floods: Readonly<Record<string, Flood>> = {
  'heavy reads whose clients hang up': {
    requests: ({ tokens, idp }) => heavyReads(tokens, idp),
    how: { connections: 24, hangUpAfterMs: 50 },
    outcome: 'hung up',
  },
  'heavy reads, with several tokens': {
    requests: ({ tokens, idp }) => heavyReads(tokens, idp),
    how: { connections: 24, onAfter: 1 },
    outcome: '200',
  },
  'introspection without a credential': {
    requests: () => [graphqlRequest(undefined, whole)],
    outcome: '401',
  },
  'introspection with a credential, each document another one': {
    requests: ({ tokens }) => [graphqlRequest(tokens[0], `query Q${NUMBER} ${whole.replace(/^[^{]*/, '')}`)],
    outcome: '200',
  },
  'the dearest documents': {
    requests: ({ admin }) => dearestDocuments.map((query) => graphqlRequest(tokenOf(admin), query)),
    outcome: '200',
  },
  'documents beyond the limits': {
    requests: ({ admin }) => refusedDocuments.map((query) => graphqlRequest(tokenOf(admin), query)),
    outcome: '400',
  },
  'bodies as large as may be': {
    requests: ({ admin, idp }) => largeBodies(tokenOf(admin), idp),
    how: { connections: 4, onAfter: 6 },
    outcome: '200',
  },
  'rehearsals of what changes everybody': {
    requests: ({ admin, badgeId }) => rehearsals(tokenOf(admin), badgeId),
    how: { connections: 4, onAfter: 1 },
    outcome: '200',
  },
  // From here on the account grows by hundreds of thousands.
  'batches of 1,000': {
    requests: ({ admin }) => [batch(tokenOf(admin))],
    how: { onAfter: 2 },
    outcome: '200',
  },
  'bulk requests of 1,000': { requests: ({ idp }) => [bulk(idp)], how: { onAfter: 1 }, outcome: '200' },
  'guesses of passwords, from many addresses': {
    requests: ({ adminEmail }) =>
      [`person-${NUMBER}@attacker.example`, `nobody-${NUMBER}@attacker.example`, adminEmail].map((email) =>
        post('/auth/sign-in', JSON.stringify({ email, password: 'not the password' })),
      ),
    how: { addresses: 40, connections: 40 },
    outcome: '401',
  },
  // The last one, for from now on no token is heard that was not used before.
  'requests without a right, and malformed ones': {
    requests: ({ idp }) => [
      graphqlRequest(`${idp.token}x`, '{ users { totalCount } }'),
      scimRequest({ ...idp, token: 'nobody' }, 'GET', '/Users'),
      scimRequest(idp, 'GET', '/Users?filter=((('),
      post('/graphql', '{"query":'),
      post('/graphql', '[]'),
      graphqlRequest(undefined, '{{{'),
      { method: 'GET', path: '/nothing' },
      { method: 'TRACE', path: '/scim/v2' },
    ],
    outcome: '401',
  },
};

/** Long texts and long lists, sent as they are and compressed; some are valid. */
function largeBodies(token: string, idp: Attacker['idp']): HttpRequest[] {
  const look = '{ viewer { kind } }';
  const text = 'x'.repeat(4_000_000);
  const users = Array.from({ length: 1000 }, (_, n) => ({ userName: `big-${n}`, title: 'y'.repeat(4000) }));
  const create =
    'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { id } } } }';
  const zipped = gzipSync(JSON.stringify({ query: look, variables: { text } }));
  return [
    graphqlRequest(token, look, { text }),
    graphqlRequest(token, create, { input: { users } }),
    graphqlRequest(token, look, { lists: Array(1_000_000).fill([]) }),
    post('/graphql', zipped, { 'content-encoding': 'gzip' }),
    bulk(idp, 'z'.repeat(10_000)),
    { ...scimRequest(idp, 'POST', '/Bulk'), body: `{"schemas":[${'"a",'.repeat(2_500_000)}"a"]}` },
  ];
}
