import type { EntityManager } from '@mikro-orm/postgresql';
import type { PermissionId } from '../authorization/permissions.ts';
import { personOf, type SignedInViewer } from '../authorization/viewer.ts';
import { lockObject, staysWithin } from '../database/advisory-lock.ts';
import { locking } from '../database/locking.ts';
import type { TransactionScope } from '../database/work.ts';
import { SerializationConflict } from '../errors/constraint-errors.ts';
import { toldInOrder } from '../events/told-in-order.ts';
import { Connection } from '../model/connection.entity.ts';
import { CustomAttribute } from '../model/custom-attribute.entity.ts';
import { Role } from '../model/role.entity.ts';
import { SignInConnection } from '../model/sign-in-connection.entity.ts';
import { Token } from '../model/token.entity.ts';
import { User } from '../model/user.entity.ts';
import {
  activeAdmins,
  grantsOfPeople,
  holdersOf,
  idsOfDefaults,
  peopleIn,
  peopleSignedInBy,
  rolesBySignIn,
} from './concerned.ts';
import { holdDefinitionsAlone } from './definitions-lock.ts';
import { Held } from './held.ts';
import { idsAmong, lockRows } from './lock-rows.ts';
import { shareRoleSource } from './role-source-lock.ts';
import { permissionsNow } from './viewer-now.ts';

/** What a change decides on. What is not there is refused when it is asked for. */
export interface Wanted {
  /** The definitions of custom attributes, all of them: nobody writes values meanwhile. */
  readonly definitions?: boolean;
  /** Whoever asks: they still have their access, and `own` is what they may do now. */
  readonly viewer?: SignedInViewer;
  /** Also where roles come from: it stays so. */
  readonly roleSource?: boolean;
  readonly people?: readonly string[];
  /** Also all active admins, of whom one has to stay. */
  readonly admins?: boolean;
  /** Roles as they are. */
  readonly roles?: readonly string[];
  /** The role to change. */
  readonly changedRole?: string;
  /** Also those that are the account's default roles, all of them to change. */
  readonly changedDefaults?: readonly string[];
  /** Also everybody who was granted the changed role. */
  readonly holders?: boolean;
  /** Also everybody in this team, whose lock the transaction has. */
  readonly membersOf?: string | undefined;
  /** Tokens, and the connections that they belong to. */
  readonly tokens?: readonly string[];
  readonly connections?: readonly string[];
  /** The sign-in connection to change. */
  readonly signInConnection?: string;
  /** Also everybody who is signed in by this sign-in connection. */
  readonly signedInBy?: string | undefined;
  /** The sign-in connection by which somebody is signed in, as it is; also the roles that it adds, and where roles come from. */
  readonly usedSignInConnection?: string;
}

const passed = new WeakSet<EntityManager>();

/**
 * The gate of all changes that are made with entities: holds what a change decides on until the transaction ends; once,
 * and before anything is written. Everybody holds in one order, so that nobody waits for one who waits for them:
 * role source, definitions → **people → teams → roles → tokens → connections → sign-in connections**, each by id. Transactions read such rows nowhere else.
 */
export async function hold(scope: TransactionScope, accountId: string, wanted: Wanted): Promise<Held> {
  const em = scope[locking];
  if (passed.has(em)) throw new Error('A transaction passes the gate once, with all that it decides on.');
  passed.add(em);
  // They may be everybody: nobody else's events are to wait for what is done with them.
  if (wanted.holders || wanted.changedDefaults !== undefined || wanted.signedInBy !== undefined)
    await staysWithin(accountId).execute(scope.sql);
  const givesRoles = wanted.roleSource === true || wanted.usedSignInConnection !== undefined;
  const roleSource = givesRoles
    ? await shareRoleSource(scope.sql, accountId, wanted.usedSignInConnection)
    : undefined;
  // Who signs in by it meanwhile shares it, and is told of before or after the change as it was for them.
  if (wanted.signInConnection !== undefined)
    await lockObject(accountId, wanted.signInConnection).execute(scope.sql);
  const definitions = wanted.definitions ? await holdDefinitions(scope, accountId) : [];
  const rows = await holdRows(scope, accountId, wanted, await alsoConcerned(scope, accountId, wanted));
  const { admins, holders, members, signedIn, defaults, added } = await alsoConcerned(
    scope,
    accountId,
    wanted,
  );
  if (![...admins, ...holders, ...members, ...signedIn].every((id) => rows.people.has(id)))
    throw new SerializationConflict('Somebody was granted the role just before it was held.');
  if (!defaults.every((id) => rows.roles.has(id)))
    throw new SerializationConflict('Another role became a default just before they were held.');
  if (!added.every((id) => rows.roles.has(id)))
    throw new SerializationConflict('A group was mapped to the role just before it was held.');
  const { viewer } = wanted;
  const own = viewer === undefined ? nothing : await permissionsNow(scope.sql, accountId, viewer, rows);
  return new Held(rows, { definitions, roleSource, admins, holders, defaults, own });
}

const nothing: ReadonlySet<PermissionId> = new Set();

/** An advisory lock, and like all of them waited for before rows: whoever writes values shares it. */
async function holdDefinitions(scope: TransactionScope, accountId: string): Promise<CustomAttribute[]> {
  await holdDefinitionsAlone(accountId).execute(scope.sql);
  return scope[locking].find(CustomAttribute, { accountId }, { refresh: true });
}

/** Those who are concerned without being named. They are looked up before they are held, and once more afterwards. */
async function alsoConcerned(
  { sql: db }: TransactionScope,
  accountId: string,
  {
    admins,
    holders,
    changedRole,
    membersOf,
    signedInBy,
    changedDefaults,
    usedSignInConnection: used,
  }: Wanted,
) {
  return {
    admins: admins ? await activeAdmins(db, accountId) : [],
    holders: holders && changedRole !== undefined ? await holdersOf(db, accountId, changedRole) : [],
    members: membersOf === undefined ? [] : await peopleIn(db, accountId, membersOf),
    signedIn: signedInBy === undefined ? [] : await peopleSignedInBy(db, accountId, signedInBy),
    defaults: changedDefaults === undefined ? [] : await idsOfDefaults(db, accountId),
    added: used === undefined ? [] : await rolesBySignIn(db, accountId, used),
  };
}

type Concerned = Awaited<ReturnType<typeof alsoConcerned>>;

async function holdRows(
  scope: TransactionScope,
  accountId: string,
  { viewer, people: named = [], roles: relied = [], changedRole, changedDefaults = [], ...wanted }: Wanted,
  { admins, holders, members, signedIn, defaults, added }: Concerned,
) {
  const em = scope[locking];
  const personId = viewer === undefined ? null : personOf(viewer);
  const tokenId = viewer?.kind === 'TOKEN' ? viewer.tokenId : null;
  const concerned = [...named, ...admins, ...holders, ...members, ...signedIn];
  // Whoever asks may be the manager of many: to hold them alone would be to wait until nobody brings their reports.
  const people = await lockRows(
    accountId,
    { exclusive: concerned, shared: [personId] },
    ({ where, options }) => em.find(User, where, options),
  );
  await toldInOrder(accountId, [...people.keys()]).execute(scope.sql);
  // Whoever gives or takes roles holds the person, so the roles of those who are held alone stay as they are; and of those who
  // are shared nobody takes any.
  const meant = idsAmong([...named, personId]);
  const grants = await grantsOfPeople(scope.sql, accountId, meant);
  const reliedRoles = [...relied, ...added, ...grants.map(({ roleId }) => roleId)];
  const roles = await lockRows(
    accountId,
    { exclusive: [changedRole, ...changedDefaults, ...defaults], shared: reliedRoles },
    ({ where, options }) => em.find(Role, where, options),
  );
  const tokens = await lockRows(
    accountId,
    { exclusive: wanted.tokens, shared: [tokenId] },
    ({ where, options }) => em.find(Token, where, options),
  );
  const ofTokens = [...tokens.values()].map(({ connectionId }) => connectionId);
  const connections = await lockRows(
    accountId,
    { exclusive: wanted.connections, shared: ofTokens },
    ({ where, options }) => em.find(Connection, where, options),
  );
  const signInConnections = await lockRows(
    accountId,
    { exclusive: [wanted.signInConnection], shared: [wanted.usedSignInConnection] },
    ({ where, options }) => em.find(SignInConnection, where, options),
  );
  return { people, grants, roles, tokens, connections, signInConnections };
}
