import { expect, test } from 'vitest';
import { adapterServer } from '../testing/adapter-server.ts';
import { adaId } from '../testing/results.ts';
import { refusal, scriptedClient } from '../testing/scripted-client.ts';
import { userResult } from '../users/testing/user-result.ts';

const ada = { viewer: { kind: 'TOKEN', user: { id: adaId } } };
const nobody = { viewer: { kind: 'TOKEN', user: null } };
const location = `https://rollcall.example/scim/v2/acme/Users/${adaId}`;

test('is the person whom the credential belongs to (RFC 7644 §3.11)', async () => {
  const client = scriptedClient(ada, { user: userResult() });
  const answer = await adapterServer(client).send({ path: '/acme/Me?excludedAttributes=groups' });
  expect(answer).toMatchObject({
    status: 200,
    body: { id: adaId, meta: { location } },
    headers: { location },
  });
  expect(client.sent).toMatchObject([
    { operation: 'ScimViewer' },
    { operation: 'ScimUserWithoutGroups', variables: { id: adaId } },
  ]);
});

test('says where that person is when something fails, too', async () => {
  const client = scriptedClient(ada, refusal('FORBIDDEN'));
  const answer = await adapterServer(client).send({ method: 'DELETE', path: '/acme/Me' });
  expect(answer).toMatchObject({ status: 403, headers: { location } });
});

test('is 501 for a credential of nobody', async () => {
  const answer = await adapterServer(scriptedClient(nobody)).send({ path: '/Me' });
  expect(answer.body).toMatchObject({ status: '501', detail: expect.stringContaining('/Users/{id}') });
});
