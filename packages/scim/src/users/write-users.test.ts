import { describe, expect, test } from 'vitest';
import { adapterServer } from '../testing/adapter-server.ts';
import { adaId, teamId } from '../testing/results.ts';
import { refusal, scriptedClient } from '../testing/scripted-client.ts';
import { userResult } from './testing/user-result.ts';

const path = `/Users/${adaId}`;
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const patch = (...Operations: object[]) => ({ schemas: [PATCH], Operations });
const newTitle = patch({ op: 'replace', path: 'title', value: 'Countess' });
const newWorkMail = patch({ op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@x' });
const withMail = (version: number) =>
  userResult({ version, emails: [{ value: 'old@x', type: 'work', display: null, primary: true }] });

describe('POST', () => {
  test('answers 201 with the resource, its address and its version', async () => {
    const client = scriptedClient({ createUser: { user: userResult() } });
    const answer = await adapterServer(client).send({
      method: 'POST',
      path: '/acme/Users',
      body: { userName: 'ada@example.com', active: 'True', groups: [], id: teamId, title: null },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`https://rollcall.example/scim/v2/acme/Users/${adaId}`);
    expect(answer.headers.etag).toBe('W/"3"');
    expect(answer.body.id).toBe(adaId);
    expect(client.sent).toMatchObject([
      {
        operation: 'ScimCreateUser',
        variables: { input: { userName: 'ada@example.com', active: true, title: null } },
      },
    ]);
    expect(client.sent[0]?.variables).not.toHaveProperty('input.id');
    expect(client.sent[0]?.variables).not.toHaveProperty('input.password');
  });

  test('a taken userName is 409 uniqueness', async () => {
    const client = scriptedClient(refusal('ALREADY_EXISTS', { field: 'userName', conflictingId: teamId }));
    const answer = await adapterServer(client).send({
      method: 'POST',
      path: '/Users',
      body: { userName: 'ada' },
    });
    expect(answer.body).toMatchObject({
      status: '409',
      scimType: 'uniqueness',
      detail: expect.stringContaining('userName'),
    });
  });

  test('a password may be refused without refusing the user (zitadel issue 10009)', async () => {
    const client = scriptedClient(
      { createUser: { user: userResult() } },
      { createUser: { user: userResult() } },
    );
    const create = (body: object) => adapterServer(client).send({ method: 'POST', path: '/Users', body });
    expect(await create({ userName: 'ada', password: 'x' })).toMatchObject({ status: 201 });
    expect(await create({ userName: 'ada' })).toMatchObject({ status: 201 });
    expect(client.sent.map(({ variables }) => Object(variables).input.passwordOptional)).toEqual([
      true,
      undefined,
    ]);
  });

  test('another value that a rule refuses is invalidValue, with a password or without', async () => {
    const client = scriptedClient(refusal('INVALID_INPUT', { field: 'title' }));
    const body = { userName: 'ada', password: 'long enough' };
    const answer = await adapterServer(client).send({ method: 'POST', path: '/Users', body });
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' });
    expect(client.sent).toHaveLength(1);
  });

  test('a missing userName is invalidValue and asks nobody', async () => {
    const client = scriptedClient();
    const answer = await adapterServer(client).send({ method: 'POST', path: '/Users', body: { title: 'x' } });
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' });
    expect(client.sent).toEqual([]);
  });
});

describe('PUT', () => {
  test('clears what is missing, but keeps the password and whether they are active', async () => {
    const client = scriptedClient({ updateUser: { user: userResult({ version: 4 }) } });
    const answer = await adapterServer(client).send({
      method: 'PUT',
      path,
      body: { userName: 'ada', displayName: 'Ada' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ etag: 'W/"4"', location: expect.stringContaining(path) });
    const { input } = Object(client.sent[0]?.variables);
    expect(input).toMatchObject({ id: adaId, userName: 'ada', displayName: 'Ada', name: null });
    expect(input).toMatchObject({ externalId: null, emails: null, manager: null, department: null });
    expect(input).not.toHaveProperty('password');
    expect(input).not.toHaveProperty('active');
    expect(input).not.toHaveProperty('ifVersion');
  });

  test('If-Match is the condition of the write', async () => {
    const client = scriptedClient(refusal('VERSION_MISMATCH'));
    const answer = await adapterServer(client).send({
      method: 'PUT',
      path,
      body: { userName: 'ada' },
      headers: { 'if-match': 'W/"2"' },
    });
    expect(answer.status).toBe(412);
    expect(client.sent[0]?.variables).toMatchObject({ input: { ifVersion: 2 } });
  });

  test('an If-Match that no version ever had is 412 and asks nobody', async () => {
    const client = scriptedClient();
    const headers = { 'if-match': '"somebody-elses"' };
    const answer = await adapterServer(client).send({
      method: 'PUT',
      path,
      body: { userName: 'a' },
      headers,
    });
    expect(answer.status).toBe(412);
    expect(client.sent).toEqual([]);
  });
});

describe('PATCH', () => {
  test('of simple attributes is one mutation and no reading', async () => {
    const client = scriptedClient({ updateUser: { user: userResult({ title: 'Countess', teams: [] }) } });
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body: newTitle });
    expect(answer.status).toBe(200);
    expect(answer.body.title).toBe('Countess');
    expect(client.sent).toMatchObject([
      { operation: 'ScimUpdateUser', variables: { input: { id: adaId, title: 'Countess' } } },
    ]);
  });

  test('that depends on the current value reads it and writes at the version it read', async () => {
    const client = scriptedClient({ user: withMail(5) }, { updateUser: { user: withMail(6) } });
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body: newWorkMail });
    expect(answer.headers.etag).toBe('W/"6"');
    expect(client.sent[1]?.variables).toEqual({
      input: {
        id: adaId,
        ifVersion: 5,
        emails: [{ value: 'new@x', type: 'work', display: null, primary: true }],
      },
    });
  });

  test('that meets a conflict is retried', async () => {
    const client = scriptedClient(
      { user: withMail(5) },
      refusal('VERSION_MISMATCH'),
      { user: withMail(6) },
      { updateUser: { user: withMail(7) } },
    );
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body: newWorkMail });
    expect(answer.status).toBe(200);
    expect(client.sent.map(({ operation }) => operation)).toEqual([
      'ScimUser',
      'ScimUpdateUser',
      'ScimUser',
      'ScimUpdateUser',
    ]);
    expect(client.sent[3]?.variables).toMatchObject({ input: { ifVersion: 6 } });
  });

  test('that meets a conflict every time gives up with 409', async () => {
    const conflict = [{ user: withMail(5) }, refusal('VERSION_MISMATCH')];
    const client = scriptedClient(...conflict, ...conflict, ...conflict);
    const answer = await adapterServer(client, { maxPatchAttempts: 3 }).send({
      method: 'PATCH',
      path,
      body: newWorkMail,
    });
    expect(answer.status).toBe(409);
    expect(client.sent).toHaveLength(6);
  });

  test.each([
    ['is not the current version', 4, [{ user: withMail(5) }]],
    ['met a conflict', 5, [{ user: withMail(5) }, refusal('VERSION_MISMATCH')]],
  ])('with If-Match that %s is 412 and not tried again', async (_case, version, answers) => {
    const client = scriptedClient(...answers);
    const headers = { 'if-match': `W/"${version}"` };
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body: newWorkMail, headers });
    expect(answer.status).toBe(412);
    expect(client.sent).toHaveLength(answers.length);
  });

  test('that changes nothing writes nothing', async () => {
    const client = scriptedClient({ user: withMail(5) });
    const body = patch({ op: 'replace', path: 'emails[type eq "work"].value', value: 'old@x' });
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body });
    expect(answer).toMatchObject({ status: 200, headers: { etag: 'W/"5"' } });
  });

  test('never shows the password it set', async () => {
    const client = scriptedClient({ updateUser: { user: userResult() } });
    const body = patch({ op: 'replace', value: { password: 'Kv7J2LEa!x9#' } });
    const answer = await adapterServer(client).send({
      method: 'PATCH',
      path: `${path}?attributes=password`,
      body,
    });
    expect(answer.text).not.toContain('Kv7J2LEa');
    expect(client.sent[0]).toMatchObject({
      operation: 'ScimUpdateUserWithoutGroups',
      variables: { input: { password: 'Kv7J2LEa!x9#' } },
    });
  });

  test('of a password that a rule refuses is invalidValue: who sets one means it', async () => {
    const client = scriptedClient(refusal('INVALID_INPUT', { field: 'password' }));
    const body = patch({ op: 'replace', value: { password: 'x' } });
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body });
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' });
    expect(client.sent).toHaveLength(1);
  });

  test('of a user who is gone is 404', async () => {
    const client = scriptedClient({ user: userResult({ status: 'DEPROVISIONED' }) });
    expect((await adapterServer(client).send({ method: 'PATCH', path, body: newWorkMail })).status).toBe(404);
  });

  test('the last admin stays, and it is the value that is wrong, not the token', async () => {
    const client = scriptedClient(refusal('LAST_ADMIN'));
    const body = patch({ op: 'replace', path: 'active', value: false });
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body });
    expect(answer.body).toMatchObject({ status: '400', scimType: 'mutability' });
  });
});

describe('DELETE', () => {
  test('deprovisions and answers nothing', async () => {
    const client = scriptedClient({ deprovisionUser: { changed: true } });
    const answer = await adapterServer(client).send({ method: 'DELETE', path, headers: { 'if-match': '*' } });
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(client.sent).toMatchObject([
      { operation: 'ScimDeprovisionUser', variables: { input: { id: adaId } } },
    ]);
    expect(client.sent[0]?.variables).not.toHaveProperty('input.ifVersion');
  });

  test.each(['/Users/unknown', '/Users/1', "/Users/'%20or%201=1", `/Users/${'x'.repeat(90)}`])(
    '%s can be nobody and is 404 without asking',
    async (strange) => {
      const client = scriptedClient();
      const answer = await adapterServer(client).send({ method: 'DELETE', path: strange });
      expect(answer.body).toMatchObject({ status: '404' });
      expect(client.sent).toEqual([]);
    },
  );

  test('a user whom nobody knows is 404', async () => {
    const client = scriptedClient(refusal('NOT_FOUND'));
    expect((await adapterServer(client).send({ method: 'DELETE', path })).status).toBe(404);
  });
});
