import { describe, expect, test } from 'vitest';
import { adapterServer } from '../testing/adapter-server.ts';
import { adaId, bobId, cyId, teamId } from '../testing/results.ts';
import { refusal, scriptedClient } from '../testing/scripted-client.ts';
import { teamResult } from './testing/team-result.ts';

const path = `/Groups/${teamId}`;
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const patch = (...Operations: object[]) => ({ schemas: [PATCH], Operations });
const updated = { updateTeam: { team: teamResult({ version: 8 }) } };

describe('POST', () => {
  test('asks for each of its members once, and answers them as a GET would', async () => {
    const memberReferences = [adaId, bobId].map((id) => ({ id, displayName: id, type: 'USER' as const }));
    const client = scriptedClient({ createTeam: { team: teamResult({ memberReferences }) } });
    const answer = await adapterServer(client).send({
      method: 'POST',
      path: '/Groups',
      body: {
        schemas: [
          'urn:ietf:params:scim:schemas:core:2.0:Group',
          'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
        ],
        displayName: 'Mathematicians',
        members: [{ value: adaId, display: 'Ada' }, { value: adaId }, { $ref: null, value: bobId }],
      },
    });
    expect(answer.status).toBe(201);
    expect(answer.body.members).toEqual(
      [adaId, bobId].map((id) => ({
        value: id,
        $ref: `https://rollcall.example/scim/v2/Users/${id}`,
        display: id,
        type: 'User',
      })),
    );
    expect(client.sent[0]?.variables).toEqual({
      input: { displayName: 'Mathematicians', externalId: null, memberIds: [adaId, bobId] },
    });
  });

  test('does not read members who are not to be shown', async () => {
    const client = scriptedClient({ createTeam: { team: teamResult() } });
    const body = { displayName: 'M', members: [{ value: adaId }] };
    const path = '/Groups?excludedAttributes=members';
    const answer = await adapterServer(client).send({ method: 'POST', path, body });
    expect(answer.status).toBe(201);
    expect(answer.body).not.toHaveProperty('members');
    expect(client.sent).toMatchObject([{ operation: 'ScimCreateGroupWithoutMembers' }]);
  });

  test('a displayName is required', async () => {
    const answer = await adapterServer(scriptedClient()).send({ method: 'POST', path: '/Groups', body: {} });
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' });
  });

  test.each([
    ['no id', []],
    [adaId, [refusal('UNKNOWN_MEMBER')]],
  ])('the unknown member %s is invalidValue', async (value, answers) => {
    const body = { displayName: 'M', members: [{ value }] };
    const answer = await adapterServer(scriptedClient(...answers)).send({
      method: 'POST',
      path: '/Groups',
      body,
    });
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' });
  });
});

describe('PUT', () => {
  test('replaces all members, and answers with them', async () => {
    const memberReferences = [{ id: bobId, displayName: 'Bob' }];
    const client = scriptedClient({ updateTeam: { team: { ...teamResult(), memberReferences } } });
    const body = { displayName: 'M', members: [{ value: bobId }] };
    const answer = await adapterServer(client).send({ method: 'PUT', path, body });
    expect(answer).toMatchObject({ status: 200, body: { members: [{ value: bobId, display: 'Bob' }] } });
    expect(client.sent).toEqual([
      expect.objectContaining({
        operation: 'ScimUpdateGroup',
        variables: { input: { id: teamId, displayName: 'M', externalId: null, setMemberIds: [bobId] } },
      }),
    ]);
  });

  test('without members empties the group', async () => {
    const client = scriptedClient({ updateTeam: { team: { ...teamResult(), memberReferences: [] } } });
    const answer = await adapterServer(client).send({ method: 'PUT', path, body: { displayName: 'M' } });
    expect(answer.body.members).toEqual([]);
    expect(client.sent[0]?.variables).toMatchObject({ input: { setMemberIds: [] } });
  });
});

describe('PATCH', () => {
  test.each([
    [
      [{ op: 'Add', path: 'members', value: [{ value: adaId }, { value: bobId }] }],
      { addMemberIds: [adaId, bobId] },
    ],
    [[{ op: 'Remove', path: 'members', value: [{ value: adaId }] }], { removeMemberIds: [adaId] }],
    [[{ op: 'remove', path: `members[value eq "${adaId}"]` }], { removeMemberIds: [adaId] }],
    [[{ op: 'remove', path: 'members[value eq "nobody"]' }], {}],
    [[{ op: 'remove', path: 'members' }], { setMemberIds: [] }],
    [[{ op: 'replace', path: 'members', value: [{ value: cyId }] }], { setMemberIds: [cyId] }],
    [[{ op: 'replace', value: { id: teamId, displayName: 'New' } }], { displayName: 'New' }],
    [[{ op: 'replace', value: { externalId: 'e' } }], { externalId: 'e' }],
    [[{ op: 'remove', path: 'externalId' }], { externalId: null }],
    [
      [
        { op: 'remove', path: `members[value eq "${adaId}"]` },
        { op: 'add', path: 'members', value: [{ value: bobId }] },
      ],
      { removeMemberIds: [adaId], addMemberIds: [bobId] },
    ],
  ])('%j is one mutation without reading, answered 204', async (operations, change) => {
    const client = scriptedClient(updated);
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body: patch(...operations) });
    expect(answer).toMatchObject({ status: 204, text: '' });
    // The names of members are in the tag of a group, and were not read.
    expect(answer.headers).not.toHaveProperty('etag');
    expect(client.sent).toEqual([
      expect.objectContaining({
        operation: 'ScimUpdateGroupWithoutMembers',
        variables: { input: { id: teamId, ...change } },
      }),
    ]);
  });

  test.each([
    ['displayName', 'ScimUpdateGroupWithoutMembers', updated],
    ['members', 'ScimUpdateGroup', { updateTeam: { team: { ...teamResult(), memberReferences: [] } } }],
  ])('with attributes=%s is answered 200', async (attributes, operation, answered) => {
    const client = scriptedClient(answered);
    const body = patch({ op: 'replace', path: 'displayName', value: 'New' });
    const answer = await adapterServer(client).send({
      method: 'PATCH',
      path: `${path}?attributes=${attributes}`,
      body,
    });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).sort()).toEqual(['id', 'schemas', attributes].sort());
    expect(client.sent[0]?.operation).toBe(operation);
  });

  test.each([
    ['return=representation', 200, 'ScimUpdateGroup', 'return=representation'],
    ['respond-async, return="Representation"; foo=1', 200, 'ScimUpdateGroup', 'return=representation'],
    ['return=minimal', 204, 'ScimUpdateGroupWithoutMembers', 'return=minimal'],
    ['return=minimal, return=representation', 204, 'ScimUpdateGroupWithoutMembers', 'return=minimal'],
    ['return=everything', 204, 'ScimUpdateGroupWithoutMembers', undefined],
  ])('with Prefer: %s is answered %i (RFC 7240)', async (prefer, status, operation, applied) => {
    const client = scriptedClient({ updateTeam: { team: teamResult({ version: 8, memberReferences: [] }) } });
    const body = patch({ op: 'replace', path: 'displayName', value: 'New' });
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body, headers: { prefer } });
    expect([answer.status, answer.headers['preference-applied']]).toEqual([status, applied]);
    expect(client.sent[0]?.operation).toBe(operation);
    if (status === 200) expect(answer.body.members).toEqual([]);
  });

  test('with Prefer reads no members who are excluded, and `attributes` wins', async () => {
    const body = patch({ op: 'replace', path: 'displayName', value: 'New' });
    for (const [query, prefer, applied] of [
      ['excludedAttributes=members', 'return=representation', 'return=representation'],
      ['attributes=displayName', 'return=minimal', undefined],
    ] as const) {
      const client = scriptedClient(updated);
      const sent = { method: 'PATCH', path: `${path}?${query}`, body, headers: { prefer } } as const;
      const answer = await adapterServer(client).send(sent);
      expect([answer.status, answer.headers['preference-applied']]).toEqual([200, applied]);
      expect(client.sent[0]?.operation).toBe('ScimUpdateGroupWithoutMembers');
    }
  });

  test('that only the members themselves can answer reads them', async () => {
    const references = [adaId, bobId].map((id) => ({ id, displayName: null }));
    const client = scriptedClient({ team: { ...teamResult(), memberReferences: references } }, updated);
    const body = patch({ op: 'remove', path: `members[type eq "User" and value eq "${adaId}"]` });
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body });
    expect(answer.status).toBe(204);
    expect(client.sent[1]?.variables).toEqual({
      input: { id: teamId, ifVersion: 7, removeMemberIds: [adaId] },
    });
  });

  test('of a member that can not be is invalidValue and changes nothing', async () => {
    const client = scriptedClient();
    const body = patch({ op: 'add', path: 'members', value: [{ value: adaId }, { value: 'x' }] });
    const answer = await adapterServer(client).send({ method: 'PATCH', path, body });
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' });
    expect(client.sent).toEqual([]);
  });
});

test('DELETE deletes under the condition of If-Match', async () => {
  const client = scriptedClient({ deleteTeam: { deletedTeamId: teamId } });
  const answer = await adapterServer(client).send({
    method: 'DELETE',
    path,
    headers: { 'if-match': 'W/"7"' },
  });
  expect(answer).toMatchObject({ status: 204, text: '' });
  expect(client.sent[0]?.variables).toEqual({ input: { id: teamId, ifVersion: 7 } });
});
