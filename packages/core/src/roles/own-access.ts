import { effectivePermissions } from '../authorization/effective-permissions.ts';
import type { PermissionId } from '../authorization/permissions.ts';
import { personOf, type SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import { invalidInput } from '../errors/domain-error.ts';

interface OwnAccess {
  readonly accountId: string;
  readonly viewer: SignedInViewer;
  /** What whoever asks could do before the change. */
  readonly own: ReadonlySet<PermissionId>;
  readonly evenIfILoseAccess?: boolean | null | undefined;
}

/** Throws INVALID_INPUT when a change of roles, which is written by now, takes from whoever makes it the permission to undo it. */
export async function assertKeepsAccess(
  db: Sql,
  { accountId, viewer, own, evenIfILoseAccess }: OwnAccess,
): Promise<void> {
  const person = personOf(viewer);
  if (person === null || evenIfILoseAccess === true || !own.has('roles:write')) return;
  if ((await effectivePermissions(db, accountId, person)).includes('roles:write')) return;
  throw invalidInput(
    'evenIfILoseAccess',
    'this takes roles:write from you, so that you could not undo it. Have somebody give you a role that allows it first, or send true if you mean it. Nothing was changed.',
  );
}
