import { describe, expect, test } from 'vitest';
import { adapterServer } from '../testing/adapter-server.ts';
import { adaId, bobId, teamId } from '../testing/results.ts';
import { refusal, scriptedClient } from '../testing/scripted-client.ts';
import { teamResult } from './testing/team-result.ts';

const path = `/Groups/${teamId}`;
const base = 'https://rollcall.example/scim/v2';
const innerId = '01950000-0000-7000-8000-0000000000ab';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const patch = (...Operations: object[]) => ({ schemas: [PATCH], Operations });
const updated = { updateTeam: { team: teamResult({ version: 8 }) } };
const members = [
  { id: adaId, displayName: 'Ada', type: 'USER' as const },
  { id: innerId, displayName: 'Inner', type: 'TEAM' as const },
];
const shown = [
  { value: adaId, $ref: `${base}/Users/${adaId}`, display: 'Ada', type: 'User' },
  { value: innerId, $ref: `${base}/Groups/${innerId}`, display: 'Inner', type: 'Group' },
];

test('a group in a group is shown as one (RFC 7643 §4.2)', async () => {
  const client = scriptedClient({ team: teamResult({ memberReferences: members }) });
  const answer = await adapterServer(client).send({ path });
  expect(answer.body.members).toEqual(shown);
});

describe('POST', () => {
  test.each([
    ['with their types', 'User', 'Group'],
    ['without', undefined, undefined],
    ['with none but $ref', undefined, null],
  ])('takes groups as members, %s, and answers what they are', async (_, user, group) => {
    const client = scriptedClient({ createTeam: { team: teamResult({ memberReferences: members }) } });
    const answer = await adapterServer(client).send({
      method: 'POST',
      path: '/Groups',
      body: {
        displayName: 'Outer',
        members: [
          { value: adaId, type: user },
          { value: innerId, type: group, $ref: `${base}/Groups/${innerId}` },
        ],
      },
    });
    expect(answer.status).toBe(201);
    expect(client.sent[0]?.variables).toMatchObject({ input: { memberIds: [adaId, innerId] } });
    expect(answer.body.members).toEqual(shown);
  });
});

describe('PATCH', () => {
  test.each([
    [{ op: 'add', path: 'members', value: [{ value: innerId, type: 'Group' }] }, { addMemberIds: [innerId] }],
    [{ op: 'remove', path: `members[value eq "${innerId}"]` }, { removeMemberIds: [innerId] }],
    [
      { op: 'replace', path: 'members', value: [{ value: innerId, type: 'Group' }, { value: bobId }] },
      { setMemberIds: [innerId, bobId] },
    ],
  ])('%j is one mutation without reading', async (operation, change) => {
    const client = scriptedClient(updated);
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body: patch(operation) });
    expect(answer.status).toBe(204);
    expect(client.sent.map(({ variables }) => variables)).toEqual([{ input: { id: teamId, ...change } }]);
  });

  test.each([
    ['members[type eq "Group"]', [innerId]],
    ['members[type eq "User"]', [adaId]],
    [`members[type eq "Group" and value eq "${adaId}"]`, undefined],
  ])('remove of %s takes out those', async (target, removeMemberIds) => {
    const client = scriptedClient({ team: teamResult({ memberReferences: members }) }, updated);
    await adapterServer(client).send({ method: 'PATCH', path, body: patch({ op: 'remove', path: target }) });
    const expected =
      removeMemberIds === undefined ? [] : [{ input: { id: teamId, ifVersion: 7, removeMemberIds } }];
    expect(client.sent.slice(1).map(({ variables }) => variables)).toEqual(expected);
  });

  test('a group that shall be in itself is invalidValue', async () => {
    const client = scriptedClient(refusal('INVALID_INPUT', { field: 'memberIds' }));
    const body = patch({ op: 'add', path: 'members', value: [{ value: teamId, type: 'Group' }] });
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body });
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' });
  });
});
