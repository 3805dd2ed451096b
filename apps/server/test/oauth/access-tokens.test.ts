import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchange, type HttpAnswer } from '../clients/http-exchange.ts';
import { scimClient } from '../clients/scim-client.ts';
import { type Company, openServerWorld, type ServerWorld } from '../world.ts';

const ISSUER = 'http://rollcall.test';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const right = await generateKeyPair('RS256');
const other = await generateKeyPair('RS256');
const padded = await generateKeyPair('PS256');
const elliptic = await generateKeyPair('ES256');

let server: ServerWorld;
let company: Company;
let clientId: string;
beforeAll(async () => {
  server = await openServerWorld(undefined, { encryptionKeys: [randomBytes(32)] });
  company = await server.company();
  clientId = await createClient(company);
});
afterAll(() => server.close());

const jwks = async () =>
  JSON.stringify({
    keys: [
      { ...(await exportJWK(right.publicKey)), kid: 'right' },
      { ...(await exportJWK(padded.publicKey)), kid: 'padded' },
      { ...(await exportJWK(elliptic.publicKey)), kid: 'elliptic' },
    ],
  });

async function connectionOf({ admin }: Company): Promise<string> {
  const { connections } = await admin.query<{ connections: { nodes: { id: string }[] } }>(
    '{ connections(first: 1) { nodes { id } } }',
  );
  return connections.nodes[0]?.id ?? '';
}

async function createClient(of: Company, keys?: object): Promise<string> {
  const { createOAuthClient } = await of.admin.query<{ createOAuthClient: { client: { id: string } } }>(
    'mutation ($input: CreateOAuthClientInput!) { createOAuthClient(input: $input) { client { id } } }',
    {
      input: {
        connectionId: await connectionOf(of),
        name: 'Provisioner',
        ...(keys ?? { jwks: await jwks() }),
      },
    },
  );
  return createOAuthClient.client.id;
}

const later = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

interface Signing {
  readonly key?: typeof right.privateKey;
  readonly header?: object;
}

/** An assertion of the client, with other claims where a test says so. */
function assertion(claims: object = {}, { key = right.privateKey, header }: Signing = {}): Promise<string> {
  const said = {
    iss: clientId,
    sub: clientId,
    aud: `${ISSUER}/oauth/token`,
    exp: later(60),
    iat: later(0),
    jti: randomUUID(),
    ...claims,
  };
  return new SignJWT(JSON.parse(JSON.stringify(said)))
    .setProtectedHeader({ alg: 'RS256', kid: 'right', ...header })
    .sign(key);
}

const ask = (
  form: Record<string, string> | string,
  headers: Record<string, string> = {},
): Promise<HttpAnswer> =>
  exchange(server.origin, {
    method: 'POST',
    path: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  });

const formOf = (client_assertion: string, more: Record<string, string> = {}) => ({
  grant_type: 'client_credentials',
  client_assertion_type: ASSERTION_TYPE,
  client_assertion,
  ...more,
});

async function tokenBy(client_assertion: string): Promise<string> {
  const { status, text } = await ask(formOf(client_assertion));
  expect(status, text).toBe(200);
  return JSON.parse(text).access_token;
}

const usersBy = (token: string, accountId = company.id) =>
  scimClient(server.origin, `/scim/v2/${accountId}`, token).send({ path: '/Users?count=1' });

test('metadata says where tokens are and how a client proves who it is', async () => {
  const answer = await exchange(server.origin, {
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
  });
  expect(JSON.parse(answer.text)).toMatchObject({
    issuer: ISSUER,
    token_endpoint: `${ISSUER}/oauth/token`,
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    scopes_supported: ['scim'],
  });
});

test.each<[string, () => Promise<string>]>([
  ['RS256', () => assertion()],
  [
    'PS256, with the issuer as aud',
    () => assertion({ aud: ISSUER }, { key: padded.privateKey, header: { alg: 'PS256', kid: 'padded' } }),
  ],
  [
    'ES256, without iat',
    () =>
      assertion({ iat: undefined }, { key: elliptic.privateKey, header: { alg: 'ES256', kid: 'elliptic' } }),
  ],
])('a client has a SCIM token for an hour by an assertion signed with %s', async (_, sign) => {
  const answer = await ask(formOf(await sign(), { scope: 'scim' }));
  expect(answer.headers['cache-control']).toBe('no-store');
  const { access_token, ...rest } = JSON.parse(answer.text);
  expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3600, scope: 'scim' });
  expect(access_token).toMatch(/^rc_scim_/);
  expect((await usersBy(access_token)).status).toBe(200);
  const elsewhere = await server.company();
  expect((await usersBy(access_token, elsewhere.id)).status).toBe(401);
  const { connections } = await company.admin.query<{ connections: { nodes: { tokens: unknown[] }[] } }>(
    '{ connections(first: 1) { nodes { tokens { id } oauthClients { id name } } } }',
  );
  expect(connections.nodes[0]?.tokens).toHaveLength(1);
});

test('an assertion that can not be trusted gives nothing, and the log says why', async () => {
  const spki = await exportSPKI(right.publicKey);
  const unsigned = async () => {
    const [, body] = (await assertion()).split('.');
    return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
  };
  const byPublicKey = async () => {
    const [, body] = (await assertion()).split('.');
    const signed = `${Buffer.from('{"alg":"HS256","kid":"right"}').toString('base64url')}.${body}`;
    return `${signed}.${createHmac('sha256', spki).update(signed).digest('base64url')}`;
  };
  const used = await assertion();
  await tokenBy(used);
  const cases: readonly (readonly [Promise<string> | string, string, RegExp])[] = [
    [unsigned(), 'FORM', /alg is 'none'/],
    [byPublicKey(), 'FORM', /alg is 'HS256'/],
    [assertion({}, { key: other.privateKey }), 'SIGNATURE', /signature verification failed/],
    [assertion({}, { header: { kid: 'unknown' } }), 'SIGNATURE', /no applicable key/],
    [assertion({}, { header: { typ: 'secevent+jwt' } }), 'FORM', /typ is/],
    [assertion({ sub: randomUUID() }), 'ISSUER', /sub is not iss/],
    [assertion({ aud: 'https://elsewhere.example/token' }), 'AUDIENCE', /aud is/],
    [assertion({ exp: later(3600) }), 'TIME', /exp is more than 300/],
    [assertion({ exp: later(-120) }), 'TIME', /expired/],
    [assertion({ exp: undefined }), 'TIME', /exp is not a number/],
    [assertion({ iat: later(-3600) }), 'TIME', /issued more than/],
    [assertion({ jti: undefined }), 'FORM', /jti/],
    [used, 'REPLAYED', /this jti was taken before/],
  ];
  for (const [signed, reason, detail] of cases) {
    const answer = await ask(formOf(await signed));
    expect(answer.status, answer.text).toBe(401);
    expect(JSON.parse(answer.text)).toEqual({
      error: 'invalid_client',
      error_description: expect.stringMatching(detail),
    });
    const { events } = await company.admin.query<{
      events: { nodes: { requestId: string; changes: object[] }[] };
    }>(
      '{ events(first: 1, filter: { types: [OAUTH_CLIENT_REFUSED] }) { nodes { requestId changes { field after } } } }',
    );
    expect(events.nodes[0]?.requestId).toBe(answer.headers['x-request-id']);
    expect(events.nodes[0]?.changes).toContainEqual({ field: 'reason', after: reason });
  }
  const stranger = await ask(formOf(await assertion({ iss: randomUUID() })));
  expect(JSON.parse(stranger.text).error).toBe('invalid_client');
});

test('what is no such request is refused in the words of the standard', async () => {
  const signed = await assertion();
  const cases: readonly (readonly [Record<string, string> | string, string, Record<string, string>?])[] = [
    [{}, 'invalid_request'],
    [`${new URLSearchParams(formOf(signed))}&grant_type=client_credentials`, 'invalid_request'],
    [formOf(signed, { grant_type: 'password' }), 'unsupported_grant_type'],
    [formOf(signed, { client_secret: 'x' }), 'invalid_client'],
    [formOf(signed), 'invalid_client', { authorization: 'Basic eDp5' }],
    [formOf(signed, { client_assertion_type: 'x' }), 'invalid_client'],
    [formOf(signed, { scope: 'scim admin' }), 'invalid_scope'],
    [formOf('hello'), 'invalid_client'],
  ];
  for (const [form, error, headers] of cases) {
    const answer = await ask(form, headers);
    expect(JSON.parse(answer.text).error, answer.text).toBe(error);
    expect(answer.status).toBe(error === 'invalid_client' ? 401 : 400);
  }
  expect((await ask(formOf(signed))).status).toBe(200);
});

test('access tokens end with the keys that they were given for, and with the client', async () => {
  const mine = await createClient(company);
  const claims = { iss: mine, sub: mine };
  const first = await tokenBy(await assertion(claims));
  const mutate = (field: string, input: object) =>
    company.admin.query(
      `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { __typename } }`,
      { input: { id: mine, ...input } },
    );
  const newKey = { keys: [{ ...(await exportJWK(other.publicKey)), kid: 'other' }] };
  await mutate('rotateOAuthClientKeys', { jwks: JSON.stringify(newKey) });
  await expect.poll(async () => (await usersBy(first)).status).toBe(401);
  expect((await ask(formOf(await assertion(claims)))).status).toBe(401);
  const second = await tokenBy(await assertion(claims, { key: other.privateKey, header: { kid: 'other' } }));
  expect((await usersBy(second)).status).toBe(200);
  await mutate('deleteOAuthClient', {});
  await expect.poll(async () => (await usersBy(second)).status).toBe(401);
});

test.each<[string, () => Promise<object>, RegExp]>([
  ['none', async () => ({}), /jwks: or jwksUri is required/],
  ['both', async () => ({ jwks: await jwks(), jwksUri: 'https://keys.example.com' }), /one of the two/],
  ['no JSON', async () => ({ jwks: 'hello' }), /is no JSON/],
  ['a secret', async () => ({ jwks: '{"keys":[{"kty":"oct","k":"AAAA"}]}' }), /no RSA or EC key/],
  [
    'a private key',
    async () => {
      const { privateKey } = await generateKeyPair('ES256', { extractable: true });
      return { jwks: JSON.stringify({ keys: [await exportJWK(privateKey)] }) };
    },
    /is a private key/,
  ],
  [
    'a short key',
    async () => ({ jwks: '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}' }),
    /fewer than 2048/,
  ],
  ['an address inside', async () => ({ jwksUri: 'https://10.0.0.1/keys' }), /jwksUri/],
])('a client is not made with %s for keys', async (_, keys, message) => {
  await expect(createClient(company, await keys())).rejects.toThrow(message);
});
