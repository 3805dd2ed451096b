import { type RawBuilder, sql } from 'kysely';
import { endAccessOf, endSessionsOf } from '../authorization/end-access.ts';
import { lockObject } from '../database/advisory-lock.ts';
import { asRecord, type Recorded } from '../database/record.ts';
import type { InSql, Param } from '../database/statement.ts';
import {
  authorshipIn,
  type ComparedProperty,
  changesOf,
  comparedColumn,
  recordEvents,
  unrelated,
} from '../events/record-events.ts';
import { begunColumns, defineFollowedStatements, followedEvents } from '../followers/followed-statement.ts';
import type { Followers } from '../followers/follower.ts';
import { shareDefinitions } from '../holds/definitions-lock.ts';
import type { Authorship } from '../model/event.ts';
import { listAttributes, textAttributes, trackedProperties } from '../model/user-attributes.ts';
import { activeAdminsIfAmong, newestAdmins } from '../users/last-admin.ts';
import {
  externalIdOf,
  managerDisplayName,
  newestTeamsOf,
  recordColumns,
  recordWith,
  teamsOf,
  type UserRecord,
} from '../users/user-record.ts';
import { holdManager, type ManagerReference, managerAsJson, nobodyWaits, resolveManager } from './manager.ts';
import { passwordChange, powersBeyond, touchesSignIn } from './sign-in-change.ts';
import {
  type CustomUpdate,
  customChanges,
  customValuesAfter,
  lackingAttributes,
} from './update-custom-attributes.ts';

/** Which parts an update has: the text of its statement depends on nothing else. */
export interface UpdateShape {
  /** The columns that are set, besides the manager's. */
  readonly columns: readonly string[];
  readonly manager: boolean;
  /** Does it name custom attributes? */
  readonly custom: boolean;
  readonly externalId: 'stays' | 'goes' | 'comes';
  readonly deactivates: boolean;
  /** Must it be all that there is to do, with what follows: nobody waits for the new name, and the manager is there? */
  readonly isSingle: boolean;
  readonly withTeams: boolean;
  /** Does a connection ask? It sees only the teams that it pushed. */
  readonly connected: boolean;
}

/** Who somebody is, and whether they are there: whatever the account has chosen, something may follow from it. */
const personColumns: ReadonlySet<string> = new Set(['status', 'user_name', 'display_name']);

const plainAttributes = [...textAttributes, ...listAttributes];

/** The attributes that an update sets; undefined when it sets more than plain attributes of one person. */
export function attributesSet({
  manager,
  custom,
  columns,
}: Omit<UpdateShape, 'isSingle'>): readonly string[] | undefined {
  if (manager || custom || columns.some((column) => personColumns.has(column))) return undefined;
  return plainAttributes.filter(({ column }) => columns.includes(column)).map(({ field }) => field);
}

/** Does somebody arrive under a name that others may have named as manager? */
export const bringsName = ({ columns, externalId }: Pick<UpdateShape, 'columns' | 'externalId'>): boolean =>
  externalId === 'comes' || columns.includes('user_name');

/** What goes into the statement. */
export interface UpdateValues {
  readonly authorship: Authorship;
  readonly id: string;
  readonly ifVersion: number | null;
  readonly set: Readonly<Record<string, string | null>>;
  readonly manager: string | null;
  readonly managerUuid: string | null;
  readonly externalId: string | null;
  /** There for updates that name custom attributes. */
  readonly custom?: CustomUpdate | undefined;
  /** The session that a change of the password does not end. */
  readonly keptSessionId: string | null;
  /** What somebody may do at most whose sign-in is changed; the account's default roles say so when there is none. */
  readonly limits: readonly string[] | null;
  /** The person whom the token that asks acts for. */
  readonly actsFor: string | null;
}

export interface UpdatedRow extends Recorded<UserRecord> {
  readonly changed: boolean;
  readonly version_before: number;
  readonly is_last_admin?: boolean;
  /** A permission of the user beyond the limits, when the update would change what they sign in with. */
  readonly beyond?: string | null;
  /** Would a token change what its own person signs in with? */
  readonly is_own?: boolean;
  /** The required attributes that the user would be without. */
  readonly lacking?: readonly string[];
  /** Nobody reads it; that it is selected has PostgreSQL tell that access has ended. */
  readonly told?: number;
}

/** The statement for an update; its text is made once for each shape. */
export const updateUserStatement = defineFollowedStatements<UpdateShape, UpdateValues, UpdatedRow>(build);

type UpdateParam = Param<UpdateValues>;

/** A column and what it is set to; `held` where writing it takes a lock that comparing does not. */
interface Assignment {
  readonly column: string;
  readonly value: RawBuilder<unknown>;
  readonly held?: RawBuilder<unknown>;
}

const listColumns: ReadonlySet<string> = new Set(listAttributes.map(({ column }) => column));

function assignmentsOf(shape: UpdateShape, param: UpdateParam): Assignment[] {
  const assignments: Assignment[] = shape.columns.flatMap((column) => {
    if (column === ROLES) return rolesSaid(shape, param);
    const type = listColumns.has(column) ? sql`jsonb` : sql`text`;
    return { column, value: sql`${param('set', column)}::${type}` };
  });
  if (shape.custom) assignments.push({ column: 'custom_attributes', value: sql`b.custom_after` });
  if (!shape.manager) return assignments;
  const authorship = authorshipIn(param);
  const reference = namedManager(param);
  return [
    ...assignments,
    { column: 'manager_value', value: reference.value },
    {
      column: 'manager_id',
      value: resolveManager(authorship, reference),
      held: holdManager(authorship, reference),
    },
  ];
}

/** The column whose values may be roles of the account. */
const ROLES = 'directory_roles';

/**
 * The roles in the words of whoever asks, and whose words they are. A connection sees only its own, so with none of them it
 * leaves alone what another says; and what stays as it is stays the word of whoever said it.
 */
function rolesSaid({ connected }: UpdateShape, param: UpdateParam): Assignment[] {
  const said = sql`${param('set', ROLES)}::jsonb`;
  const connection = sql`${param('authorship', 'connectionId')}::uuid`;
  const column = 'directory_roles_by';
  if (!connected)
    return [
      { column: ROLES, value: said },
      {
        column,
        value: sql`CASE WHEN b.directory_roles IS NOT DISTINCT FROM ${said} THEN b.directory_roles_by END`,
      },
    ];
  const isAnothers = sql`(${said} IS NULL AND b.directory_roles_by IS DISTINCT FROM ${connection})`;
  return [
    { column: ROLES, value: sql`CASE WHEN ${isAnothers} THEN b.directory_roles ELSE ${said} END` },
    {
      column,
      value: sql`CASE WHEN ${isAnothers} THEN b.directory_roles_by WHEN ${said} IS NOT NULL THEN ${connection} END`,
    },
  ];
}

const namedManager = (param: UpdateParam): ManagerReference => ({
  value: sql`${param('manager')}::text`,
  uuid: sql`${param('managerUuid')}::uuid`,
});

/** `before` is read and locked first, so that what is compared is the newest and events keep their order. */
function build(shape: UpdateShape, followers: Followers, param: UpdateParam): RawBuilder<UpdatedRow> {
  const authorship = authorshipIn(param);
  const { accountId, connectionId } = authorship;
  const [id, ifVersion, externalId] = [param('id'), param('ifVersion'), param('externalId')];
  const { custom, deactivates } = shape;
  const mayTakeAdmin = deactivates || shape.columns.includes(ROLES);
  const changesSignIn = touchesSignIn(shape.columns);
  const assignments = assignmentsOf(shape, param);
  const differs = assignments.map(
    ({ column, value }) => sql`${sql.ref(`b.${column}`)} IS DISTINCT FROM ${value}`,
  );
  if (shape.externalId !== 'stays') differs.push(sql`b.external_id IS DISTINCT FROM ${externalId}::text`);
  const set = assignments.map(({ column, value, held = value }) => sql`${sql.ref(column)} = ${held}, `);
  const refused = sql`AND NOT ${isLastAdmin}`;
  const record = recordWith('r', {
    externalId: externalIdAfter(shape, externalId),
    seenBy: shape.connected ? connectionId : null,
    managerName: managerNameAfter,
    teams: shape.withTeams ? teamsAfter(shape, connectionId) : undefined,
  });
  return sql`
    WITH locks AS MATERIALIZED (${shape.isSingle ? allLocks(shape, followers, param) : lockObject(accountId, id)}),
    ${mayTakeAdmin ? sql`admins AS MATERIALIZED (${holdAdmins(param)}),` : sql``}
    ${shape.manager ? sql`pair AS MATERIALIZED (${holdPair(param)}),` : sql``}
    before AS MATERIALIZED (
      SELECT u.*, ${externalIdBefore(shape, connectionId)} AS external_id
        ${custom ? sql`, ${customValuesAfter(param)} AS custom_after` : sql``} FROM users u
      WHERE u.account_id = ${accountId}::uuid AND u.id = ${id}::uuid AND u.status <> 'DEPROVISIONED'
        AND (SELECT count(*) FROM locks) = 1 AND keeps_order(u.xmin) ${shape.isSingle ? nobodyIsMissing(shape, param) : sql``}
        ${mayTakeAdmin ? sql`AND (SELECT count(*) FROM admins) >= 0` : sql``}
        ${shape.manager ? sql`AND (SELECT count(*) FROM pair) >= 0` : sql``} FOR NO KEY UPDATE OF u),
    ${mayTakeAdmin ? sql`newest AS MATERIALIZED (${adminsOnceHeld(param)}),` : sql``}
    ${changesSignIn ? powersBeyond(shape.columns, param) : sql``}
    after AS (
      UPDATE users u SET ${sql.join(set, sql``)} version = b.version + 1, updated_at = now() FROM before b
      WHERE u.account_id = b.account_id AND u.id = b.id AND (${differs.length === 0 ? sql`false` : sql.join(differs, sql` OR `)})
        AND (${ifVersion}::int IS NULL OR b.version = ${ifVersion}::int) ${deactivates ? refused : sql``}
        ${custom ? sql`AND ${lackingAttributes('b', param)} = '{}'` : sql``}
        ${changesSignIn ? sql`AND (SELECT p.beyond IS NULL AND NOT p.is_own FROM powers p)` : sql``}
      RETURNING u.*),
    ${externalIdChange(shape, connectionId, externalId)}
    ${accessEnding(shape, param)}
    ${shape.isSingle ? sql`followed AS MATERIALIZED (${followedEvents(followers, authorship, 'after')}),` : sql``}
    logged AS (${recordEvents(
      authorship,
      sql`SELECT CASE WHEN a.status = b.status THEN 'USER_UPDATED' WHEN a.status = 'ACTIVE' THEN 'USER_ACTIVATED'
          ELSE 'USER_DEACTIVATED' END,
        'USER', a.id, coalesce(a.display_name, a.user_name), ${unrelated},
        ${changesOf(comparisons(shape, externalId))} ${custom ? sql`|| ${customChanges('b', 'a', param)}` : sql``}
        ${shape.columns.includes('password_digest') ? sql`|| ${passwordChange}` : sql``}
        FROM after a JOIN before b ON b.id = a.id
        ${shape.isSingle ? sql`UNION ALL SELECT * FROM followed` : sql``}`,
    )} RETURNING seq),
    result AS (SELECT ${recordColumns('a')} FROM after a
      UNION ALL SELECT ${recordColumns('b')} FROM before b WHERE NOT EXISTS (SELECT FROM after))
    SELECT ${asRecord(record)}, r.version > b.version AS changed, b.version AS version_before
      ${deactivates ? sql`, ${isLastAdmin} AS is_last_admin` : sql``}
      ${custom ? sql`, ${lackingAttributes('b', param)} AS lacking` : sql``}
      ${changesSignIn ? sql`, (SELECT p.beyond FROM powers p) AS beyond, (SELECT p.is_own FROM powers p) AS is_own` : sql``}
      ${endsSessions(shape) ? sql`, (SELECT count(*) FROM told) AS told` : sql``}
    FROM result r JOIN before b ON b.id = r.id`;
}

/** Whoever is an admin is held with the others, before anybody else. */
function holdAdmins(param: UpdateParam): RawBuilder<unknown> {
  const accountId = param('authorship', 'accountId');
  return sql`SELECT u.id FROM users u WHERE u.account_id = ${accountId}::uuid
    AND u.id = ANY(ARRAY(${activeAdminsIfAmong(accountId, sql`ARRAY[${param('id')}::uuid]`)}))
    AND (SELECT count(*) FROM locks) = 1 ORDER BY u.id FOR NO KEY UPDATE OF u`;
}

/**
 * The person and whoever is named as their manager, in the order of everybody else: whoever deprovisions the manager holds
 * both as well. Who it was is found out anew once they are held.
 */
function holdPair(param: UpdateParam): RawBuilder<unknown> {
  const named = resolveManager(authorshipIn(param), namedManager(param));
  return sql`SELECT u.id FROM users u WHERE u.account_id = ${param('authorship', 'accountId')}::uuid
    AND u.id = ANY(ARRAY[${param('id')}::uuid, ${named}]) AND (SELECT count(*) FROM locks) = 1 ORDER BY u.id FOR KEY SHARE OF u`;
}

function adminsOnceHeld(param: UpdateParam): RawBuilder<unknown> {
  const leaving = sql`ARRAY[${param('id')}::uuid]`;
  return sql`SELECT ${newestAdmins(param('authorship', 'accountId'), leaving, 'admins')} AS ids FROM before`;
}

const isLastAdmin = sql`EXISTS (SELECT FROM newest n WHERE n.ids = ARRAY[b.id])`;

/** Waited for in the order of `followPeople`, and then of the statement in a transaction. */
function allLocks(shape: UpdateShape, followers: Followers, param: UpdateParam): RawBuilder<unknown> {
  const accountId = param('authorship', 'accountId');
  const names = [sql`fold(${param('set', 'user_name')}::text)`, sql`fold(${param('externalId')}::text)`];
  const free = bringsName(shape) ? nobodyWaits(accountId, names) : sql`true`;
  const begun = begunColumns(followers, accountId, attributesSet(shape));
  const values = shape.custom ? sql`, (${shareDefinitions(accountId)})` : sql``;
  return sql`SELECT ${begun}${values}, ${free} AS nobody_waits, (${lockObject(accountId, param('id'))})`;
}

/** Nobody waits for the new name, and whoever is named as manager is there. */
function nobodyIsMissing(shape: UpdateShape, param: UpdateParam): RawBuilder<unknown> {
  const free = sql`AND (SELECT t.nobody_waits FROM locks t)`;
  if (!shape.manager) return free;
  const reference = namedManager(param);
  const known = resolveManager(authorshipIn(param), reference);
  return sql`${free} AND (${reference.value} IS NULL OR ${known} IS NOT NULL)`;
}

const endsSessions = ({ deactivates, columns }: UpdateShape): boolean =>
  deactivates || columns.includes('password_digest');

/** Whoever is switched off loses all access; whoever gets another password, the sessions that the one before began. */
function accessEnding(shape: UpdateShape, param: UpdateParam): RawBuilder<unknown> {
  if (!endsSessions(shape)) return sql``;
  const accountId = param('authorship', 'accountId');
  const changed = sql`SELECT id FROM after`;
  return shape.deactivates
    ? sql`${endAccessOf(accountId, changed)},`
    : sql`${endSessionsOf(accountId, changed, param('keptSessionId'))},`;
}

// The statement sees everybody as they were before it, also somebody who is their own manager.
const managerNameAfter = sql`CASE WHEN r.manager_id = r.id THEN coalesce(r.display_name, r.user_name)
  ELSE ${managerDisplayName('r')} END`;

const teamsAfter = (
  { isSingle, connected }: UpdateShape,
  connectionId: InSql<string | null>,
): RawBuilder<unknown> =>
  isSingle && !connected
    ? sql`CASE WHEN (SELECT count(*) FROM logged) >= 0 THEN ${newestTeamsOf('r')} END`
    : teamsOf('r', connected ? connectionId : null);

const externalIdBefore = (shape: UpdateShape, connectionId: InSql<string | null>): RawBuilder<unknown> =>
  shape.externalId === 'stays'
    ? externalIdOf('u', connectionId)
    : sql`newest_external_id(u.account_id, u.id, ${connectionId}::uuid)`;

const externalIdAfter = (shape: UpdateShape, externalId: InSql<string | null>): RawBuilder<unknown> =>
  shape.externalId === 'stays'
    ? sql`b.external_id`
    : sql`CASE WHEN EXISTS (SELECT FROM after) THEN ${externalId}::text ELSE b.external_id END`;

/** Sets or clears what the connection calls the user, when the update went through. */
function externalIdChange(
  shape: UpdateShape,
  connectionId: InSql<string | null>,
  externalId: InSql<string | null>,
): RawBuilder<unknown> {
  if (shape.externalId === 'stays') return sql``;
  return shape.externalId === 'goes'
    ? sql`unlinked AS (DELETE FROM user_external_ids x USING after a
        WHERE x.account_id = a.account_id AND x.user_id = a.id AND x.connection_id = ${connectionId}::uuid),`
    : sql`linked AS (INSERT INTO user_external_ids (account_id, connection_id, user_id, external_id)
        SELECT a.account_id, ${connectionId}::uuid, a.id, ${externalId}::text FROM after a JOIN before b ON b.id = a.id
        WHERE b.external_id IS DISTINCT FROM ${externalId}::text
        ON CONFLICT (account_id, user_id, connection_id) DO UPDATE SET external_id = excluded.external_id),`;
}

/** What the event compares: the properties that the update names. */
function comparisons(shape: UpdateShape, externalId: InSql<string | null>): ComparedProperty[] {
  const compared = trackedProperties
    .filter(({ column }) => shape.columns.includes(column))
    .map((property) => comparedColumn('b', 'a', property));
  if (shape.manager)
    compared.push({ field: 'manager', before: managerAsJson('b'), after: managerAsJson('a') });
  if (shape.externalId !== 'stays') {
    const after = sql`to_jsonb(${externalId}::text)`;
    compared.push({ field: 'externalId', before: sql`to_jsonb(b.external_id)`, after });
  }
  return compared;
}
