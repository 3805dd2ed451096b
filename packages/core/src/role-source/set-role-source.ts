import { sql } from 'kysely';
import { assertHasAll } from '../authorization/effective-permissions.ts';
import { accountPermissions } from '../authorization/permissions.ts';
import { personOf, type SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import { accountSubject } from '../events/account-subject.ts';
import { recordEvent } from '../events/record-events.ts';
import { activeAdmins } from '../holds/concerned.ts';
import { hold } from '../holds/hold.ts';
import { holdRoleSourceAlone, readRoleSource } from '../holds/role-source-lock.ts';
import type { RoleSourceName } from '../model/account.entity.ts';
import type { Authorship } from '../model/event.ts';
import { assertKeepsAccess } from '../roles/own-access.ts';
import { eraseStatement, findErasure, holdErased } from './erasure.ts';

/** Where roles come from, and the confirmation of what that erases. */
export interface RoleSourceChange {
  readonly roleSource: RoleSourceName;
  /** How many grants are erased, as whoever asks has typed it. */
  readonly erasedGrants?: number | null;
  /** The mark of what was shown to them. */
  readonly ifVersion?: string | null;
  readonly evenIfILoseAccess?: boolean | null;
}

export interface RoleSourceSet {
  readonly roleSource: RoleSourceName;
  readonly changed: boolean;
  readonly erasedGrants: number;
}

/**
 * Decides where the roles of the account come from. From SCIM alone means that what was given by hand and by sign-ins is erased
 * for good; back again erases nothing and brings nothing back. It concerns everybody, so it takes every permission.
 *
 * @throws DomainError FORBIDDEN, INVALID_INPUT, VERSION_MISMATCH, LAST_ADMIN
 */
export function setRoleSource(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { roleSource, evenIfILoseAccess, ...confirmed }: RoleSourceChange,
): Promise<RoleSourceSet> {
  const { accountId } = authorship;
  return work.transaction(async (scope) => {
    const { sql: db } = scope;
    // Nobody gives roles by hand or by a sign-in from here on, so nobody else is concerned once all are held.
    await holdRoleSourceAlone(accountId).execute(db);
    const before = await readRoleSource(db, accountId);
    const erases = roleSource === 'SCIM' && before !== 'SCIM';
    if (erases) await holdErased(accountId, personOf(viewer)).execute(db);
    const { own } = await hold(scope, accountId, { viewer });
    assertHasAll(own, accountPermissions, {
      field: 'roleSource',
      act: 'decide where the roles of everybody come from',
    });
    if (before === roleSource) return { roleSource, changed: false, erasedGrants: 0 };
    const erasedGrants = erases ? await erase(db, authorship, confirmed) : 0;
    await sql`UPDATE accounts SET role_source = ${roleSource} WHERE id = ${accountId}::uuid`.execute(db);
    await recordEvent(authorship, {
      type: 'ROLE_SOURCE_CHANGED',
      subject: await accountSubject(db, accountId),
      changes: [
        { field: 'roleSource', before, after: roleSource },
        ...(erases ? [{ field: 'erasedGrants', before: null, after: erasedGrants }] : []),
      ],
    }).execute(db);
    await assertKeepsAccess(db, { accountId, viewer, own, evenIfILoseAccess });
    return { roleSource, changed: true, erasedGrants };
  });
}

/** Erases what was shown and confirmed, and nothing else; how many grants. */
async function erase(
  db: Sql,
  authorship: Authorship,
  { erasedGrants, ifVersion }: Pick<RoleSourceChange, 'erasedGrants' | 'ifVersion'>,
): Promise<number> {
  const { accountId } = authorship;
  if (erasedGrants == null)
    throw invalidInput(
      'erasedGrants',
      'is required for SCIM: say how many grants are erased for good. See `roleSourcePreview`.',
    );
  if (ifVersion == null)
    throw invalidInput(
      'ifVersion',
      'is required for SCIM: send the version of the `roleSourcePreview` that was shown.',
    );
  const { grants, version, admins } = await findErasure(db, accountId);
  if (grants !== erasedGrants)
    throw mismatch('erasedGrants', `${grants} grants would be erased by now, and not ${erasedGrants}.`);
  if (version !== ifVersion) throw mismatch('ifVersion', 'other grants would be erased than were shown.');
  if (admins === 0) throw await noAdminByScim(db, accountId);
  await eraseStatement(authorship).execute(db);
  return grants;
}

const mismatch = (field: string, what: string): DomainError =>
  new DomainError('VERSION_MISMATCH', `${field}: ${what} Read \`roleSourcePreview\` again.`, { field });

async function noAdminByScim(db: Sql, accountId: string): Promise<DomainError> {
  const ids = await activeAdmins(db, accountId);
  return new DomainError(
    'LAST_ADMIN',
    'Nobody would be an active admin any more: all who are have the role by hand or by a sign-in. Have your identity provider push a group of the admins, map it to the role admin with setGroupRoles, and switch then.',
    { field: 'roleSource', ids: ids.slice(0, MAX_NAMED) },
  );
}

const MAX_NAMED = 10;
