import type { AccountWorld, Actor } from '@rollcall/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createConnection,
  createRole,
  createUser,
  deleteRole,
  deprovisionUser,
  type InputMutation,
  issueToken,
  newUser,
  run,
  setAssignableRoles,
  updateRole,
  updateUser,
} from '../testing/directory.ts';
import { connectionIdOf } from '../testing/group-roles.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';

/** `npm run test:laws` has many more. */
const SEQUENCES = Math.ceil(Number(process.env.ROLLCALL_LAW_SEQUENCES ?? 200) / 20);
const WRITERS = 8;

const world = useWorld();

/** Few of each, so that changes meet. */
const person = fc.integer({ min: 0, max: 3 });
const provider = fc.integer({ min: 0, max: 1 });
const name = fc.constantFrom('Clerk', 'Auditor', 'Officer');
const said = fc.record({ value: fc.oneof(name, fc.constant('25')), display: name });
const change = fc.oneof(
  fc.record({ kind: fc.constant('say'), person, provider, roles: fc.array(said, { maxLength: 2 }) }),
  fc.record({ kind: fc.constant('assign'), provider, names: fc.uniqueArray(name) }),
  fc.record({ kind: fc.constant('make'), name, provider: fc.option(provider) }),
  fc.record({ kind: fc.constant('rename'), name, another: name }),
  fc.record({ kind: fc.constant('delete'), name }),
  fc.record({ kind: fc.constant('display'), person, provider }),
  fc.record({ kind: fc.constant('deprovision'), person, provider }),
  fc.record({ kind: fc.constant('revive'), person, provider, roles: fc.array(said, { maxLength: 1 }) }),
);
type Change = typeof change extends fc.Arbitrary<infer Each> ? Each : never;

interface Arena {
  readonly account: AccountWorld;
  readonly people: readonly { readonly id: string; readonly userName: string }[];
  readonly providers: readonly { readonly id: string; readonly actor: Actor }[];
}

async function arenaOf(): Promise<Arena> {
  const account = await world.account();
  const people = [];
  for (let n = 0; n < 4; n += 1)
    people.push(await newUser(account.idp, { directoryRoles: [{ value: 'Clerk', display: 'Auditor' }] }));
  await run(account.admin, createRole, { name: 'Clerk', assignableBy: await connectionIdOf(account) });
  const { connection } = await run<{ connection: { id: string } }>(account.admin, createConnection, {
    name: 'Another',
  });
  const token = { kind: 'SCIM', name: 'Another', connectionId: connection.id };
  const { secret } = await run<{ secret: string }>(account.admin, issueToken, token);
  const providers = [
    { id: await connectionIdOf(account), actor: account.idp },
    { id: connection.id, actor: world.actor(secret) },
  ];
  return { account, people, providers };
}

/** What a change may meet because another was faster, or came to nothing. */
const expected: ReadonlySet<unknown> = new Set(['NOT_FOUND', 'ALREADY_EXISTS']);

async function attempt(actor: Actor, mutation: InputMutation, input: object): Promise<void> {
  const { errors } = await actor.ask(mutation.document, { input });
  const unexpected = errors?.find(({ extensions }) => !expected.has(extensions.code));
  if (unexpected !== undefined)
    throw new Error(`${mutation.field} ${JSON.stringify(input)}: ${unexpected.message}`);
}

/** The ids of the roles of these names that there are at the moment; at least one of nothing. */
async function idsOf({ admin }: AccountWorld, names: readonly string[]): Promise<string[]> {
  const { roles } = await admin.query<{ roles: { nodes: { id: string; name: string }[] } }>(
    '{ roles { nodes { id name } } }',
  );
  return roles.nodes.filter((role) => names.includes(role.name)).map(({ id }) => id);
}

async function make({ account, people, providers }: Arena, made: Change): Promise<void> {
  const by = (n: number) => providers[n] ?? { id: '', actor: account.admin };
  const idOf = (n: number) => people[n]?.id;
  const roleOf = async (each: string) => (await idsOf(account, [each]))[0] ?? crypto.randomUUID();
  switch (made.kind) {
    case 'say':
      return attempt(by(made.provider).actor, updateUser, {
        id: idOf(made.person),
        directoryRoles: made.roles,
      });
    case 'assign':
      return attempt(account.admin, setAssignableRoles, {
        connectionId: by(made.provider).id,
        roleIds: await idsOf(account, made.names),
      });
    case 'make':
      return attempt(account.admin, createRole, {
        name: made.name,
        assignableBy: made.provider === null ? null : by(made.provider).id,
      });
    case 'rename':
      return attempt(account.admin, updateRole, { id: await roleOf(made.name), name: made.another });
    case 'delete':
      return attempt(account.admin, deleteRole, { id: await roleOf(made.name) });
    case 'display':
      return attempt(by(made.provider).actor, updateUser, {
        id: idOf(made.person),
        displayName: crypto.randomUUID(),
      });
    case 'deprovision':
      return attempt(by(made.provider).actor, deprovisionUser, { id: idOf(made.person) });
    case 'revive':
      return attempt(by(made.provider).actor, createUser, {
        userName: people[made.person]?.userName,
        directoryRoles: made.roles,
      });
  }
}

interface Rows {
  readonly people: { id: string; roles: { value: string; display: string }[] | null; by: string | null }[];
  readonly roles: { id: string; name: string }[];
  readonly assignable: { connection_id: string; role_id: string }[];
  readonly grants: { user_id: string; role_id: string; said_by: string }[];
  readonly told: { type: string; subject_id: string; related_id: string }[];
}

const queries: Record<keyof Rows, string> = {
  people: `SELECT id, directory_roles AS roles, directory_roles_by AS by FROM users WHERE account_id = $1 AND status <> 'DEPROVISIONED'`,
  roles: 'SELECT id, name FROM roles WHERE account_id = $1',
  assignable: 'SELECT connection_id, role_id FROM assignable_roles WHERE account_id = $1',
  grants: `SELECT user_id, role_id, said_by FROM role_grants WHERE account_id = $1 AND source = 'SCIM_ROLES'`,
  told: `SELECT type, subject_id, related_id FROM events WHERE account_id = $1
    AND type IN ('ROLE_GRANTED', 'ROLE_REVOKED') AND related_id IS NOT NULL ORDER BY epoch, xid, seq`,
};

const read = (accountId: string): Promise<Rows> =>
  withClient(world.databaseUrl, async (client) => {
    const rows: Record<string, unknown[]> = {};
    for (const [name, text] of Object.entries(queries))
      rows[name] = (await client.query<object>(text, [accountId])).rows;
    return rows as unknown as Rows;
  });

/** The definition: of each element the first of its names that is a role which its speaker may assign. */
function due({ people, roles, assignable }: Rows): Set<string> {
  const grants = new Set<string>();
  for (const { id, roles: elements, by } of people)
    for (const { value, display } of elements ?? []) {
      const named = [value, display].flatMap((each) => roles.filter((role) => role.name === each));
      const role = named.find((each) =>
        assignable.some(({ connection_id, role_id }) => connection_id === by && role_id === each.id),
      );
      if (role !== undefined) grants.add(`${id} ${role.id} ${by}`);
    }
  return grants;
}

/** The log tells of each role when it came and went, and ends where the grants are. */
function expectTold({ told, grants }: Rows, adminId: string): void {
  const present = new Set<string>();
  for (const { type, subject_id, related_id } of told.filter((each) => each.subject_id !== adminId)) {
    const grant = `${subject_id} ${related_id}`;
    expect(present.has(grant), `${type} ${grant}`).toBe(type === 'ROLE_REVOKED');
    if (type === 'ROLE_REVOKED') present.delete(grant);
    else present.add(grant);
  }
  expect(present).toEqual(new Set(grants.map(({ user_id, role_id }) => `${user_id} ${role_id}`)));
}

test('whatever 8 writers do at once, people have the roles that what is said of them comes to', {
  timeout: 600_000,
}, async () => {
  const writers = fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), {
    minLength: WRITERS,
    maxLength: WRITERS,
  });
  await fc.assert(
    fc.asyncProperty(writers, async (all) => {
      const arena = await arenaOf();
      await Promise.all(
        all.map(async (changes) => {
          for (const each of changes) await make(arena, each);
        }),
      );
      const rows = await read(arena.account.id);
      const grants = rows.grants.map(({ user_id, role_id, said_by }) => `${user_id} ${role_id} ${said_by}`);
      expect(new Set(grants)).toEqual(due(rows));
      expectTold(rows, arena.account.adminId);
    }),
    { numRuns: SEQUENCES, endOnFailure: true },
  );
});
